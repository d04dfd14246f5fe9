import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AuthSettings } from '../config/function-settings.ts';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { type AttemptStore, type Limit, limitedAttempt } from './limited-attempt.ts';
import { networkOf } from './network.ts';
import { isPassword, parsePasswordHash } from './password-hash.ts';
import type { Request } from './request.ts';

/** Who a request comes from: anybody, the owner, or the bearer of a read-only link, an API token or the feed's URL. */
export type Role = 'public' | 'owner' | 'share' | 'api' | 'feed';

/** What a request may see. */
export interface Access {
  role: Role;
  /** The one site that it may see. Undefined if it may see all. */
  site?: string | undefined;
}

/** What the tables keep for signing in. The methods throw the SDK's errors. */
export interface AuthStore extends AttemptStore {
  /** Returns the installation's random key, 32 bytes. */
  installationKey(): Promise<Uint8Array>;
}

/** How long a session lasts, in days. */
export const sessionDays = 30;
const cookieName = '__Host-footfall';
const forever: Day = '9999-12-31';

/** Wrong passwords are limited for each window of so many seconds, from one network and from all. */
const window = 15 * 60;
const maxFromOne = 10;
const maxFromAll = 200;

/** The result of an attempt to sign in. */
export type Attempt = { cookie: string } | { problem: string; statusCode: number };

export type Auth = ReturnType<typeof createAuth>;

/**
 * Decides who may see the dashboard. Cookies, links and tokens are claims, signed by HMAC with the installation's key
 * and the password's hash. So a new password ends them all.
 */
export function createAuth({ passwordHash, isPublic }: AuthSettings, store: AuthStore, sites: string[]) {
  const sign = async (text: string) =>
    createHmac('sha256', await store.installationKey())
      .update(`${passwordHash}\n${text}`)
      .digest();

  /** Returns a token that is valid through the last of a day: a claim and its signature, in base64url. */
  async function signToken(role: Role, until: Day = forever, site = ''): Promise<string> {
    const claim = Buffer.from(`${role} ${until} ${site}`);
    return [claim, await sign(String(claim))].map((part) => part.toString('base64url')).join('.');
  }

  async function verifyToken(token: string | undefined, role: Role, today: Day): Promise<Access | undefined> {
    const [claim = '', signature = ''] = (token ?? '').split('.').map((part) => Buffer.from(part, 'base64url'));
    if (signature.length !== 32 || !timingSafeEqual(Buffer.from(signature), await sign(String(claim))))
      return undefined;
    const [claimed, until = '', site = ''] = String(claim).split(' ');
    // A token of a site that is no longer listed must not fall back to all sites.
    if (claimed !== role || until < today || (site && !sites.includes(site))) return undefined;
    return { role, ...(site && { site }) };
  }

  return {
    signToken,

    /**
     * Returns what a request may see by its link, token or cookie, or undefined if it has to sign in. A link shows the
     * owner, too, only what it is for. The feed's URL opens nothing but the feed.
     */
    async authorize({ queryStringParameters, headers, cookies = [], rawPath }: Request, today: Day) {
      if (isPublic) return { role: 'public' } satisfies Access;
      const { share, feed } = queryStringParameters ?? {};
      if (share !== undefined) return verifyToken(share, 'share', today);
      if (feed !== undefined) return rawPath.endsWith('/feed.xml') ? verifyToken(feed, 'feed', today) : undefined;
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return verifyToken(bearer, 'api', today);
      const cookie = cookies.find((each) => each.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
      return verifyToken(cookie, 'owner', today);
    },

    /** Checks a password, sent from an IP address at `epoch` (ms). Past the limits no password is checked for a while. */
    async signIn(password: string, ip: string, epoch: number, today: Day): Promise<Attempt> {
      const begin = Math.floor(epoch / 1000 / window) * window;
      const expires = begin + window;
      const network = (await sign(`address ${begin} ${networkOf(ip)}`)).subarray(0, 16).toString('base64url');
      const limits: Limit[] = [
        { name: `${begin}/${network}`, most: maxFromOne },
        { name: `${begin}/all`, most: maxFromAll },
      ];
      const hash = parsePasswordHash(passwordHash);
      const result = await limitedAttempt(
        store,
        limits,
        expires,
        async () => hash !== undefined && isPassword(password, hash),
      );
      if (result === 'limit reached')
        return { statusCode: 429, problem: 'Too many attempts. Try again in 15 minutes.' };
      if (result === 'failure') return { statusCode: 403, problem: 'Wrong password.' };
      const token = await signToken('owner', dayAfter(today, sessionDays));
      return { cookie: cookieOf(token, sessionDays * 86_400) };
    },

    /** Returns the cookie that ends a session. */
    signOut: () => cookieOf('', 0),
  };
}

const cookieOf = (value: string, maxAge: number) =>
  `${cookieName}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Lax`;
