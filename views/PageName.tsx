import { Fragment } from 'preact';

const longest = 80;
const ending = 24;

interface Props {
  url: string;
  /** What addresses begin with that need not be said: the one site. */
  prefix: string;
}

/** A page's address in readable letters, from `prefix` on; a long one without its middle. */
export function PageName({ url, prefix }: Props) {
  const shown = readable(url).replace(/^https?:\/\//, '');
  const text = shortened(shown.startsWith(`${prefix}/`) ? shown.slice(prefix.length) : shown);
  return (
    <bdi>
      {text.split(/(?<=[^/]\/)/).map((part, i) => (
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}

/** Opens the page itself: only if its address is http or https, whatever the table holds. */
export function PageLink({ url }: { url: string }) {
  if (!/^https?:\/\//.test(url)) return null;
  return (
    <a class="open" href={url} rel="noreferrer" title="Open this page" aria-label={`Open ${readable(url)}`}>
      ↗
    </a>
  );
}

function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  return `${letters.slice(0, longest - ending - 1).join('')}…${letters.slice(-ending).join('')}`;
}

/** Percent-encoding undone, but where that would show no visible letter: a space, a control, a change of direction. */
function readable(address: string): string {
  try {
    const text = decodeURI(address);
    return invisible.test(text) ? encoded(address) : text;
  } catch {
    return encoded(address);
  }
}

const invisible = /[\p{C}\p{Z}]/u;
const encoded = (address: string) => address.toWellFormed().replace(/[\p{C}\p{Z}]/gu, encodeURIComponent);
