/** A page's address in readable letters, without the origin that is clear anyway; a link only if it is http or https. */
export function PageLink({ url, origin }: { url: string; origin: string }) {
  const text = <bdi>{readable(url.slice(origin.length))}</bdi>;
  if (!/^https?:\/\//.test(url)) return text;
  return (
    <a href={url} rel="noreferrer">
      {text}
    </a>
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
