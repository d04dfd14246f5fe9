/** What a server answered. */
export interface FetchedText {
  /** Where the answer came from, after redirects. */
  url: URL;
  status: number;
  headers: Headers;
  /** The first part of the body, at most `maxBytes`. */
  text: string;
}

const maxBytes = 2_000_000;
const maxRedirects = 5;
const mostMs = 10_000;

/** Returns whether a URL names this machine. */
export const isLocal = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

/**
 * Asks a server over HTTPS, or over HTTP on this machine, and follows redirects of GET only. Throws an Error that ends the
 * sentence "… does not answer: ".
 */
export async function fetchText(url: URL, init: RequestInit = {}, ms = mostMs): Promise<FetchedText> {
  const signal = AbortSignal.timeout(ms);
  let asked = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    if (asked.protocol !== 'https:' && !(asked.protocol === 'http:' && isLocal(asked)))
      throw new Error(`${asked.protocol}//${asked.host} is not HTTPS`);
    try {
      const response = await fetch(asked, { ...init, redirect: 'manual', signal });
      const location = (init.method ?? 'GET') === 'GET' && response.headers.get('location');
      if (response.status < 300 || response.status > 399 || !location)
        return { url: asked, status: response.status, headers: response.headers, text: await textOf(response) };
      await response.body?.cancel();
      asked = new URL(location, asked);
    } catch (error) {
      throw new Error(reasonOf(error));
    }
  }
  throw new Error(`it redirects more than ${maxRedirects} times`);
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString();
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError') return 'it takes too long';
  const code = cause?.code ?? '';
  return reasons[code] ?? (cause?.message || code || message);
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'DNS does not know the host',
  ECONNREFUSED: 'nothing listens there',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};
