import { Fragment } from 'preact';

/** A page's address in readable letters, from `prefix` on; a link only if it is http or https, whatever the table holds. */
export function PageLink({ url, prefix }: { url: string; prefix: string }) {
  const shown = readable(url).replace(/^https?:\/\//, '');
  const text = <Breakable text={shown.startsWith(`${prefix}/`) ? shown.slice(prefix.length) : shown} />;
  if (!/^https?:\/\//.test(url)) return text;
  return (
    <a href={url} rel="noreferrer">
      {text}
    </a>
  );
}

/** Lines may end behind a slash. */
function Breakable({ text }: { text: string }) {
  const parts = text.split(/(?<=\/)/);
  return (
    <bdi>
      {parts.map((part, i) => (
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}

/** Percent-encoding undone, but where that would show no visible letter: a space, a control, a change of direction. */
function readable(address: string): string {
  try {
    const text = decodeURI(address);
    return /[\p{C}\p{Z}]/u.test(text) ? address : text;
  } catch {
    return address;
  }
}
