import type { Response } from '../../http/response.ts';
import type { EventParts } from '../../local/event.ts';
import { quickHash, startFunctions } from './footfall.ts';

export const host = 'stats.example.com';

type Handler = (parts: EventParts) => Promise<Response>;
type Fields = Record<string, string>;

/** Returns the text of a body that is not compressed. */
export const text = (body = ''): string => body;

/** Returns the parts of a request for an address. */
export function to(address: string, headers: Fields = {}): EventParts {
  const { host, pathname, searchParams } = new URL(address);
  return { path: pathname, query: Object.fromEntries(searchParams), headers: { host, ...headers } };
}

/** Loads the functions with these settings, behind a password. `signIn` signs the owner in at an instant in milliseconds. */
export async function startBehindPassword(settings: Record<string, string>) {
  const password = 'correct horse battery';
  const passwordHash = await quickHash(password);
  const functions = await startFunctions({
    ...{ PUBLIC_DASHBOARD: '', DASHBOARD_PASSWORD_HASH: passwordHash },
    ...settings,
  });
  const signIn = (epoch: number) => signInOwner(functions.dashboard, password, epoch);
  return { ...functions, passwordHash, signIn };
}

/** Signs in at a dashboard at `epoch`, as a browser does. Returns what this browser can do from then on. */
export async function signInOwner(dashboard: Handler, password: string, epoch: number) {
  const origin = { host, origin: `https://${host}`, 'content-type': 'application/x-www-form-urlencoded' };
  const send = (path: string, fields: Fields, { headers, ...parts }: EventParts) =>
    dashboard({
      method: 'POST',
      path,
      epoch,
      headers: { ...origin, ...headers },
      body: new URLSearchParams(fields).toString(),
      ...parts,
    });
  const { cookies = [] } = await send('/dashboard', { password }, {});
  const cookie = cookies.map((each) => each.replace(/;.*/, '')).join('; ');
  const look = (path: string, query: Fields = {}): Promise<Response> =>
    dashboard({ path, query, epoch, headers: { host, cookie } });
  /** Sends a form of the share page. */
  const submit = (fields: Fields, { headers, ...parts }: EventParts = {}): Promise<Response> =>
    send('/share', fields, { headers: { cookie, ...headers }, ...parts });

  /** Returns the texts to copy on the share page: the links, the API token and the feed's URL. */
  async function pastes(query: Fields = {}) {
    const html = text((await look('/share', query)).body);
    const all = [...html.matchAll(/<pre class="paste"><code>(.*?)<\/code>/g)].map(([, paste = '']) =>
      paste.replaceAll('&amp;', '&').replaceAll('&quot;', '"'),
    );
    const [curl = '', feed = ''] = all.slice(-2);
    return { links: all.slice(0, -2), token: /Bearer ([\w.-]+)/.exec(curl)?.[1] ?? '', feed };
  }

  /** Creates a link through a day, a second after the last one. Returns its URL. */
  async function createLink(until: string, query: Fields = {}): Promise<string> {
    const { links: before } = await pastes();
    await submit({ 'create-link': '1', until }, { query, epoch: epoch + 1000 * before.length });
    return (await pastes()).links.find((link) => !before.includes(link)) ?? '';
  }

  return { cookie, look, submit, pastes, createLink };
}
