const trackingParameter =
  /^(utm_.*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_eid|mc_cid|igshid|twclid|ttclid|li_fat_id|yclid|_hsenc|_hsmi|_ga|_gl)$/i;

/** The host and the URL that a page is counted under. */
export interface Page {
  host: string;
  url: string;
}

/**
 * The page that an address names, or undefined where it names none: credentials, fragment, default port and tracking
 * parameters are gone and percent-encoding is uniform, so that one page has one name. The result is plain ASCII. An
 * address that begins with "/" is one of the page's own `origin`.
 */
export function parsePageUrl(address: string, origin?: string): Page | undefined {
  const base = address.startsWith('/') ? origin : undefined;
  const url = URL.parse(address, base);
  if (!url) return undefined;
  const { protocol, host, pathname, search } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  return { host, url: `${protocol}//${host}${uniformPath(pathname)}${uniformQuery(search)}` };
}

const uniformPath = (path: string) => uniform(path, /[\w.~!$&'()*+,;=:@-]/, /\//);

/** Without tracking parameters; a plus is a space there. */
function uniformQuery(search: string): string {
  const kept = uniform(search.slice(1).replaceAll('+', '%20'), /[\w.~!$'()*,;:@/?-]/, /[&=]/)
    .split('&')
    .filter((parameter) => parameter !== '' && !trackingParameter.test(parameter.replace(/=.*/, '')));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

/** One spelling for each byte: itself where it is `plain` or a bare delimiter, else percent and upper case. */
function uniform(text: string, plain: RegExp, delimiter: RegExp): string {
  if (/^[\w.~/-]*$/.test(text)) return text; // as most are
  return text.replace(/%([0-9a-f]{2})|./gi, (piece, hex: string | undefined) => {
    const character = hex === undefined ? piece : String.fromCharCode(Number.parseInt(hex, 16));
    if (plain.test(character) || delimiter.test(piece)) return character;
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
