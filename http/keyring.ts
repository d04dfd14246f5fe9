import { createHmac } from 'node:crypto';
import type { Day } from '../core/calendar/day.ts';
import { type Claim, parseToken, type Sign, signToken } from './token.ts';

/** A read-only link that the owner created and has not revoked. */
export interface ShareLink {
  id: string;
  /** The one site that it shows. Empty for all. */
  site: string;
  /** Its last day. */
  until: Day;
  /** The instant of its creation (ms). */
  created: number;
}

/** A kind of tokens that are revoked together: sessions, API tokens, feed URLs. */
export type Renewable = 'owner' | 'api' | 'feed';

/** What the tables keep to sign tokens and to revoke them. */
export interface Keys {
  /** The installation's random key, 32 bytes. */
  key: Uint8Array;
  /** How often the tokens of each kind were revoked. */
  generations: Record<Renewable, number>;
  links: ShareLink[];
}

/** Reads and makes the keys. The methods throw the SDK's errors. */
export interface KeysStore {
  /** Returns what is stored now, or undefined if there is no key yet. */
  readKeys(): Promise<Keys | undefined>;
  /** Makes the key of a new installation, and returns the keys. */
  makeKeys(): Promise<Keys>;
}

const forever: Day = '9999-12-31';

/**
 * Signs and verifies tokens by HMAC with the installation's key and the password's hash. So a new password ends them
 * all. A token names its link or its generation, and is revoked if that is not stored.
 */
export function keyring({ key, generations, links }: Keys, passwordHash: string) {
  const sign: Sign = (text) => createHmac('sha256', key).update(`${passwordHash}\n${text}`).digest();

  const isRevoked = ({ kind, id }: Claim) =>
    kind === 'share' ? !links.some((link) => link.id === id) : kind !== 'known' && id !== String(generations[kind]);

  return {
    sign,

    /** Returns a token that the next revocation of its kind ends, for one site or all. */
    renewableToken: (kind: Renewable, site = '', until = forever): string =>
      signToken({ kind, until, site, id: String(generations[kind]) }, sign),

    /** Returns the token of a read-only link. */
    linkToken: ({ until, site, id }: ShareLink): string => signToken({ kind: 'share', until, site, id }, sign),

    /** Returns what a token says, or undefined if it is of another kind, forged, over or revoked. */
    claimOf(token: string, kind: Claim['kind'], today: Day): Claim | undefined {
      const claim = parseToken(token, sign);
      return claim?.kind === kind && claim.until >= today && !isRevoked(claim) ? claim : undefined;
    },
  };
}
