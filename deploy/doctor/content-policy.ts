/** A Content-Security-Policy: the sources of each directive. */
export type ContentPolicy = Map<string, string[]>;

/** An inline script, as far as a policy looks at it. */
export interface InlineScript {
  text: string;
  nonce: string;
}

/** Parses the value of the header, which may hold several policies. All of them have to allow a thing. */
export const parsePolicies = (header: string): ContentPolicy[] =>
  header
    .split(',')
    .map(parsePolicy)
    .filter(({ size }) => size > 0);

function parsePolicy(text: string): ContentPolicy {
  const policy: ContentPolicy = new Map();
  for (const directive of text.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    // The first of two directives counts.
    if (name && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
  }
  return policy;
}

/** Returns the sources of the first directive that is there; undefined if nothing limits them. */
const sourcesOf = (policy: ContentPolicy, ...directives: string[]) =>
  directives.map((name) => policy.get(name)).find((sources) => sources !== undefined);

/** Returns whether a policy lets an inline script run. `hashOf` returns its hash in base64, by algorithm. */
export function allowsScript(
  policy: ContentPolicy,
  { text, nonce }: InlineScript,
  hashOf: (algorithm: string, text: string) => string,
): boolean {
  const sources = sourcesOf(policy, 'script-src-elem', 'script-src', 'default-src');
  if (!sources) return true;
  const isStrict = sources.some((source) => /^'(nonce-|sha\d+-|strict-dynamic')/i.test(source));
  return sources.some((source) => {
    if (/^'unsafe-inline'$/i.test(source)) return !isStrict;
    if (/^'nonce-/i.test(source)) return nonce !== '' && source.slice("'nonce-".length, -1) === nonce;
    const [, algorithm = '', hash = ''] = /^'(sha256|sha384|sha512)-(.+)'$/i.exec(source) ?? [];
    return algorithm !== '' && toBase64(hash) === hashOf(algorithm.toLowerCase(), text);
  });
}

/** Policies may also write hashes in base64url. */
const toBase64 = (hash: string) => hash.replaceAll('-', '+').replaceAll('_', '/');

/** Returns whether a policy lets a page send a request to an url. */
export function allowsRequest(policy: ContentPolicy, url: URL, page: URL): boolean {
  const sources = sourcesOf(policy, 'connect-src', 'default-src');
  return !sources || sources.some((source) => matches(source.toLowerCase(), url, page));
}

function matches(source: string, url: URL, page: URL): boolean {
  if (source === '*') return true;
  if (source === "'self'") return url.origin === page.origin || isUpgrade(url, page);
  const parts = /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/)?(?:(\*|(?:\*\.)?[\w.-]+)(?::(\d+|\*))?(\/.*)?)?$/.exec(source);
  const [, scheme, host, port, path] = parts ?? [];
  if (!parts || (!scheme && !host)) return false;
  if (!matchesScheme(scheme ?? page.protocol.slice(0, -1), url)) return false;
  if (!host) return true;
  return matchesHost(host, url.hostname) && matchesPort(port, url) && matchesPath(path, url.pathname);
}

/** The same host over HTTPS, each on its usual port, counts as the page's own. */
const isUpgrade = (url: URL, page: URL) =>
  url.protocol === 'https:' && url.hostname === page.hostname && !url.port && !page.port;

const matchesScheme = (scheme: string, { protocol }: URL) =>
  protocol === `${scheme}:` || (scheme === 'http' && protocol === 'https:');

const matchesHost = (host: string, name: string) =>
  host === '*' || (host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host);

const matchesPort = (port: string | undefined, { protocol, port: asked }: URL) =>
  port === '*' || (port ?? '') === asked || (asked === '' && port === (protocol === 'https:' ? '443' : '80'));

const matchesPath = (path: string | undefined, asked: string) =>
  !path || (path.endsWith('/') ? asked.startsWith(path) : asked === path);
