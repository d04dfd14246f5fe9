import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Day, dayAfter } from '../core/day.ts';
import type { AccessStore } from '../store/access.ts';
import type { Request } from './http.ts';
import { isPassword, parsePasswordHash } from './password.ts';
import type { Environment } from './settings.ts';

/** Who may see the dashboard: who knows the password, or everybody. */
export interface AccessSettings {
  /** As `npm run password` prints it; empty where the dashboard is public. */
  passwordHash: string;
  isPublic: boolean;
}

/** Who may look: everybody, where the dashboard is public; the owner; who has a link, a token or the feed's address. */
export type Role = 'public' | 'owner' | 'share' | 'api' | 'feed';

/** What a request may see. */
export interface Access {
  role: Role;
  /** The one site that it may see, or all. */
  site?: string | undefined;
}

/** How long a sign-in lasts, in days. */
export const sessionDays = 30;
const cookieName = '__Host-footfall';
const forever = '9999-12-31';

// Attempts to sign in within so many seconds: from one address, and from all.
const window = 15 * 60;
const mostFromOne = 10;
const mostFromAll = 200;

/** What came of an attempt to sign in. */
export type Attempt = { cookie: string } | { problem: string; statusCode: number };

/** Reads who may see the dashboard; throws an Error that says, in a sentence, what to set. */
export function parseAccess({ PUBLIC_DASHBOARD, DASHBOARD_PASSWORD_HASH }: Environment): AccessSettings {
  const isPublic = PUBLIC_DASHBOARD === 'true';
  if (!isPublic && (PUBLIC_DASHBOARD || 'false') !== 'false')
    throw new Error(`PUBLIC_DASHBOARD is "${PUBLIC_DASHBOARD}": it takes true or false.`);
  const passwordHash = DASHBOARD_PASSWORD_HASH || '';
  if (passwordHash && !parsePasswordHash(passwordHash))
    throw new Error('DASHBOARD_PASSWORD_HASH is not what npm run password prints: copy the whole line.');
  if (isPublic || passwordHash) return { passwordHash, isPublic };
  throw new Error(
    'The dashboard has no password: run npm run password and set what it prints, or let everybody read it with PUBLIC_DASHBOARD=true.',
  );
}

export type Doorkeeper = ReturnType<typeof doorkeeper>;

/**
 * Decides who may look. What lets one in, be it a cookie, a link or a token, is signed with a key made of the
 * installation's own and of the password's hash: a new password ends them all.
 */
export function doorkeeper({ passwordHash, isPublic }: AccessSettings, store: AccessStore, sites: string[]) {
  const signed = async (text: string) =>
    createHmac('sha256', await store.installationKey())
      .update(`${passwordHash}\n${text}`)
      .digest();

  /** A text that lets its bearer in through the last of a day: `share.blog.example.com.2026-12-24.signature`, in base64url. */
  async function tokenFor(role: Role, until: Day = forever, site = ''): Promise<string> {
    const claim = Buffer.from(`${role} ${until} ${site}`);
    return [claim, await signed(String(claim))].map((part) => part.toString('base64url')).join('.');
  }

  async function accessBy(token: string | undefined, role: Role, today: Day): Promise<Access | undefined> {
    const [claim = '', signature = ''] = (token ?? '').split('.').map((part) => Buffer.from(part, 'base64url'));
    if (signature.length !== 32 || !timingSafeEqual(Buffer.from(signature), await signed(String(claim))))
      return undefined;
    const [its, until = '', site = ''] = String(claim).split(' ');
    if (its !== role || until < today || (site && !sites.includes(site))) return undefined;
    return { role, ...(site && { site }) };
  }

  return {
    tokenFor,

    /**
     * What a request may see, by a link, a token or a cookie; undefined where it has to sign in. A link shows what the
     * link is for, to owners, too. A feed's address opens the feed only.
     */
    async accessOf({ queryStringParameters, headers, cookies = [], rawPath }: Request, today: Day) {
      if (isPublic) return { role: 'public' } satisfies Access;
      const { share, feed } = queryStringParameters ?? {};
      if (share !== undefined) return accessBy(share, 'share', today);
      if (feed !== undefined) return rawPath.endsWith('/feed.xml') ? accessBy(feed, 'feed', today) : undefined;
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return accessBy(bearer, 'api', today);
      const cookie = cookies.find((each) => each.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
      return accessBy(cookie, 'owner', today);
    },

    /** Checks a password. Every attempt counts, right or wrong; past too many none is looked at for a while. */
    async signIn(password: string, address: string, epoch: number, today: Day): Promise<Attempt> {
      const begin = Math.floor(epoch / 1000 / window) * window;
      const expires = begin + window;
      const who = (await signed(`address ${begin} ${networkOf(address)}`)).subarray(0, 16).toString('base64url');
      const mayTry =
        (await store.attempt(`${begin}/${who}`, mostFromOne, expires)) &&
        (await store.attempt(`${begin}/all`, mostFromAll, expires));
      if (!mayTry) return { statusCode: 429, problem: 'Too many attempts. Wait a quarter of an hour.' };
      const hash = parsePasswordHash(passwordHash);
      if (!hash || !(await isPassword(password, hash)))
        return { statusCode: 403, problem: 'That is not the password.' };
      const token = await tokenFor('owner', dayAfter(today, sessionDays));
      return { cookie: cookieOf(token, sessionDays * 86_400) };
    },

    /** The cookie that ends a session. */
    signOut: () => cookieOf('', 0),
  };
}

const cookieOf = (value: string, maxAge: number) =>
  `${cookieName}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Lax`;

/** Whose address it is: of IPv6 the half that a household has. */
const networkOf = (address: string) => (address.includes(':') ? address.split(':').slice(0, 4).join(':') : address);

/** Whether a form was sent from this very origin: no other page can sign anybody in or out. */
export function isFromHere({ headers }: Request): boolean {
  const { origin = '', host, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === host;
}
