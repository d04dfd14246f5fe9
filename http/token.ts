import { timingSafeEqual } from 'node:crypto';
import type { Day } from '../core/calendar/day.ts';

/** What a token says. */
export interface Claim {
  /** What it is: a session, a read-only link, an API token, a feed's address, or a known browser. */
  kind: 'owner' | 'share' | 'api' | 'feed' | 'known';
  /** The last day that it is valid on. */
  until: Day;
  /** The one site that it is for. Empty for all. */
  site: string;
  /** The link, the known browser, or else the generation of its kind. */
  id: string;
}

/** Returns 32 bytes that nobody else can make of a text. */
export type Sign = (text: string) => Buffer;

/** Returns a token: a claim and its signature, in base64url. */
export function signToken({ kind, until, site, id }: Claim, sign: Sign): string {
  return signText([kind, until, site, id].join(' '), sign);
}

/** Returns a text and its signature, in base64url. */
export const signText = (text: string, sign: Sign): string =>
  [Buffer.from(text), sign(text)].map((part) => part.toString('base64url')).join('.');

/** Returns what a token says, or undefined if its signature is wrong. */
export function parseToken(token: string, sign: Sign): Claim | undefined {
  const text = verifiedText(token, sign);
  if (text === undefined) return undefined;
  const [kind, until, site = '', id = ''] = text.split(' ');
  return { kind, until, site, id } as Claim;
}

/** Returns the text of a token, or undefined if its signature is wrong. */
export function verifiedText(token: string, sign: Sign): string | undefined {
  const [text, signature] = token.split('.').map((part) => Buffer.from(part, 'base64url'));
  return signature?.length === 32 && timingSafeEqual(signature, sign(String(text))) ? String(text) : undefined;
}
