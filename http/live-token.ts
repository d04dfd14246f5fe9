import { type Sign, signText, verifiedText } from './token.ts';

/** What opens a WebSocket of the live view. */
export interface LiveClaim {
  /** When it can no longer open one, in seconds since 1970. */
  expires: number;
  /** The one site that it shows. Empty for all. */
  site: string;
  /** The origin of the page that may open it. */
  origin: string;
}

const kind = 'live';

/** Returns a token for a claim. */
export const signLiveToken = ({ expires, site, origin }: LiveClaim, sign: Sign): string =>
  signText([kind, expires, site, origin].join(' '), sign);

/** Returns what a token says at `now` (seconds), or undefined if it is of another kind, forged or over. */
export function parseLiveToken(token: string, sign: Sign, now: number): LiveClaim | undefined {
  const [first, expires = '', site = '', origin = ''] = verifiedText(token, sign)?.split(' ') ?? [];
  return first === kind && Number(expires) > now ? { expires: Number(expires), site, origin } : undefined;
}
