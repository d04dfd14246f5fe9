import { Fragment } from 'preact';
import { importedPage } from '../core/counters/imported-page.ts';

const longest = 80;
const ending = 24;

interface Props {
  url: string;
  /** The host to leave out, or empty. */
  prefix: string;
}

/** Returns a page's URL in readable letters, without `prefix`. A long URL loses its middle. */
export function pageLabel({ url, prefix }: Props): string {
  if (url === importedPage) return 'Without a page';
  const shown = readable(url).replace(/^https?:\/\//, '');
  return shortened(shown.startsWith(`${prefix}/`) ? shown.slice(prefix.length) : shown);
}

/** Renders the label of a page. It can break after each folder. */
export function PageName(page: Props) {
  return (
    <bdi>
      {pageLabel(page)
        .split(/(?<=[^/]\/)/)
        .map((part, i) => (
          <Fragment key={i}>
            {i > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
    </bdi>
  );
}

/** Renders a link to the page itself, only if its URL is http or https: preact lets `javascript:` pass. */
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

/** Decodes a URL, unless that shows spaces, control characters or changes of direction. */
function readable(url: string): string {
  try {
    const text = decodeURI(url);
    return invisible.test(text) ? encoded(url) : text;
  } catch {
    return encoded(url);
  }
}

const invisible = /[\p{C}\p{Z}]/u;
const encoded = (url: string) => url.toWellFormed().replace(/[\p{C}\p{Z}]/gu, encodeURIComponent);
