import { randomBytes } from 'node:crypto';
import type { AuthSettings } from '../config/function-settings.ts';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { type KeysStore, keyring } from './keyring.ts';
import { type AttemptStore, limitedAttempt } from './limited-attempt.ts';
import { type LiveClaim, parseLiveToken, signLiveToken } from './live-token.ts';
import { isPassword, parsePasswordHash } from './password-hash.ts';
import type { Request } from './request.ts';
import { signInLimits } from './sign-in-limits.ts';
import { type Claim, signToken } from './token.ts';

/** Who a request comes from: anybody, the owner, or the bearer of a read-only link, an API token or the feed's URL. */
export type Role = 'public' | 'owner' | 'share' | 'api' | 'feed';

/** What a request may see. */
export interface Access {
  role: Role;
  /** The one site that it may see. Undefined if it may see all. */
  site?: string | undefined;
}

/** Returns who asks the lake. A question costs, so guests ask none: anybody at a public dashboard, or by a link. */
export const askerOf = ({ role }: Access): 'owner' | 'guest' =>
  role === 'owner' || role === 'api' ? 'owner' : 'guest';

/** What the tables keep for signing in. The methods throw the SDK's errors. */
export interface AuthStore extends AttemptStore, KeysStore {}

/** How long a session lasts, and how long a browser is known after it signed in. In days. */
export const sessionDays = 30;
const knownDays = 365;
/** In seconds. A page connects at once, and asks for another token before it connects again. */
const liveTokenLifetime = 60;
const sessionCookie = '__Host-footfall';
const knownCookie = '__Host-footfall-known';

/** The result of an attempt to sign in. */
export type Attempt = { cookies: string[] } | { problem: string; statusCode: number };

export type Auth = ReturnType<typeof createAuth>;

/**
 * Decides who may see the dashboard. Cookies, links and tokens are signed claims. Each request reads anew which are
 * revoked.
 */
export function createAuth({ passwordHash, isPublic }: AuthSettings, store: AuthStore, sites: string[]) {
  async function verifyToken(token: string | undefined, role: Exclude<Role, 'public'>, today: Day) {
    // Without a key, nothing has been signed. To make one, a GET would have to write.
    const keys = token ? await store.readKeys() : undefined;
    const claim = token && keys ? keyring(keys, passwordHash).claimOf(token, role, today) : undefined;
    // A token of a site that is no longer listed must not fall back to all sites.
    if (!claim || (claim.site && !sites.includes(claim.site))) return undefined;
    return { role, ...(claim.site && { site: claim.site }) } satisfies Access;
  }

  return {
    /**
     * Returns what a request may see by its link, token or cookie, or undefined if it has to sign in. A link shows the
     * owner, too, only what it is for. The feed's URL opens nothing but the feed.
     */
    async authorize({ queryStringParameters, headers, cookies, rawPath }: Request, today: Day) {
      if (isPublic) return { role: 'public' } satisfies Access;
      const { share, feed } = queryStringParameters ?? {};
      if (share !== undefined) return verifyToken(share, 'share', today);
      if (feed !== undefined) return rawPath.endsWith('/feed.xml') ? verifyToken(feed, 'feed', today) : undefined;
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return verifyToken(bearer, 'api', today);
      return verifyToken(cookieIn(cookies, sessionCookie), 'owner', today);
    },

    /** Returns a token with which a page of `origin` may open a WebSocket in the next minute after `now` (seconds). */
    async liveToken(site: string, origin: string, now: number): Promise<string> {
      const { sign } = keyring((await store.readKeys()) ?? (await store.makeKeys()), passwordHash);
      return signLiveToken({ expires: now + liveTokenLifetime, site, origin }, sign);
    },

    /** Returns what such a token says at `now` (seconds), or undefined if it opens nothing. */
    async verifyLiveToken(token: string | undefined, now: number): Promise<LiveClaim | undefined> {
      const keys = token ? await store.readKeys() : undefined;
      const claim = token && keys ? parseLiveToken(token, keyring(keys, passwordHash).sign, now) : undefined;
      return claim && (claim.site === '' || sites.includes(claim.site)) ? claim : undefined;
    },

    /** Checks the password of a request. Past the limits, no password is checked for a while. */
    async signIn(password: string, { cookies, requestContext }: Request, today: Day): Promise<Attempt> {
      const { sign, claimOf, renewableToken } = keyring(
        (await store.readKeys()) ?? (await store.makeKeys()),
        passwordHash,
      );
      const known = claimOf(cookieIn(cookies, knownCookie) ?? '', 'known', today);
      const { http, timeEpoch } = requestContext;
      const { limits, expires } = signInLimits(http.sourceIp, known?.id, timeEpoch, sign);
      const hash = parsePasswordHash(passwordHash);
      const check = async () => hash !== undefined && isPassword(password, hash);
      const result = await limitedAttempt(store, limits, expires, check);
      if (result === 'limit reached')
        return { statusCode: 429, problem: 'Too many attempts. Try again in 15 minutes.' };
      if (result === 'failure') return { statusCode: 403, problem: 'Wrong password.' };
      const browser = known?.id ?? randomBytes(16).toString('base64url');
      const knownBrowser: Claim = { kind: 'known', until: dayAfter(today, knownDays), site: '', id: browser };
      return {
        cookies: [
          cookieOf(sessionCookie, renewableToken('owner', '', dayAfter(today, sessionDays)), sessionDays),
          cookieOf(knownCookie, signToken(knownBrowser, sign), knownDays),
        ],
      };
    },

    /** Returns the cookie that ends a session. */
    signOut: () => cookieOf(sessionCookie, '', 0),
  };
}

const cookieOf = (name: string, value: string, days: number) =>
  `${name}=${value}; Path=/; Max-Age=${days * 86_400}; HttpOnly; Secure; SameSite=Lax`;

const cookieIn = (cookies: string[] | undefined, name: string) =>
  cookies?.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
