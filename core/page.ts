const trackingParameter =
  /^(utm_.*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_eid|mc_cid|igshid|twclid|ttclid|li_fat_id|yclid|_hsenc|_hsmi|_ga|_gl)$/i;

/** The host and the URL that a page is counted under. */
export interface Page {
  host: string;
  url: string;
}

/**
 * The page that an address names, or undefined where it names none: credentials, fragment, default port and tracking
 * parameters are gone and percent-encoding is uniform, so that one page has one name. The result is plain ASCII.
 */
export function parsePage(address: string): Page | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname, search } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  return { host, url: `${protocol}//${host}${uniform(pathname)}${withoutTracking(uniform(search))}` };
}

/** One spelling for each encoded byte: `%7e` is `~`, `%c3` is `%C3`, and a stray `%` is `%25`. */
function uniform(encoded: string): string {
  return encoded.replace(/%([0-9a-f]{2})?/gi, (_, hex: string | undefined) => {
    if (hex === undefined) return '%25';
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : `%${hex.toUpperCase()}`;
  });
}

function withoutTracking(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !trackingParameter.test(parameter.split('=', 1)[0] as string));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}
