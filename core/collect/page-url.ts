// A sort key of DynamoDB holds 1,024 bytes.
export const maxUrlBytes = 1000;

const trackingParameter =
  /^(utm_.*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_eid|mc_cid|igshid|twclid|ttclid|li_fat_id|yclid|_hsenc|_hsmi|_ga|_gl)$/i;

/** Whether `/about`, `/about/` and `/about/index.html` are one page. */
export type PageUrls = 'merged' | 'exact';

/** The URL under which a page is counted. */
export interface PageUrl {
  /** With the port, unless it is the default. */
  host: string;
  url: string;
}

/**
 * Returns one URL, in ASCII, for all URLs of a page. It has no credentials, fragment, default port or tracking parameters.
 * Merged URLs end without slash and `index.html`. A text that begins with "/" is a path of `origin`. Returns undefined if
 * the text is no URL for http or https.
 */
export function parsePageUrl(text: string, origin?: string, pageUrls: PageUrls = 'merged'): PageUrl | undefined {
  const base = text.startsWith('/') ? origin : undefined;
  const url = URL.parse(text, base);
  if (!url) return undefined;
  const { protocol, host, pathname, search } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  const exact = uniformPath(pathname);
  const path = pageUrls === 'exact' ? exact : mergedPath(exact);
  return { host, url: `${protocol}//${host}${path}${uniformQuery(search)}` };
}

function mergedPath(path: string): string {
  let merged = path;
  while (merged.endsWith('/') || merged.endsWith('/index.html')) merged = merged.slice(0, merged.lastIndexOf('/'));
  return merged || '/';
}

const uniformPath = (path: string) => uniform(path, /[\w.~!$&'()*+,;=:@-]/, /\//);

/** Returns a query without tracking parameters. A plus is a space in a query. */
function uniformQuery(search: string): string {
  const kept = uniform(search.slice(1).replaceAll('+', '%20'), /[\w.~!$'()*,;:@/?-]/, /[&=]/)
    .split('&')
    .filter((parameter) => parameter !== '' && !trackingParameter.test(parameter.replace(/=.*/, '')));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

/** Returns a text with one spelling for each byte: itself if it is plain or a delimiter, else percent and upper case. */
function uniform(text: string, plain: RegExp, delimiter: RegExp): string {
  if (/^[\w.~/-]*$/.test(text)) return text; // a fast path for most texts
  return text.replace(/%([0-9a-f]{2})|./gi, (piece, hex: string | undefined) => {
    const character = hex === undefined ? piece : String.fromCharCode(Number.parseInt(hex, 16));
    if (plain.test(character) || delimiter.test(piece)) return character;
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** Returns path and query of a page's URL: `/about`. */
export const pathOf = (url: string) => url.slice(url.indexOf('/', url.indexOf('//') + 2));
