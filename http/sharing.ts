import { randomBytes } from 'node:crypto';
import { type Day, dayAfter, isDay, type Moment } from '../core/calendar/day.ts';
import { quoted } from '../core/report/quoted.ts';
import { type KeysStore, keyring, type Renewable, type ShareLink } from './keyring.ts';

/** Changes what tokens are valid. The methods throw the SDK's errors. */
export interface SharingStore extends KeysStore {
  /** Adds a link, which the table deletes some time after `expires` (seconds). */
  addLink(link: ShareLink, expires: number): Promise<void>;
  deleteLink(id: string): Promise<void>;
  /** Begins the next generation of a kind. */
  renew(kind: Renewable): Promise<void>;
}

/** What the owner can share: their links, newest first, and the tokens of one site or all. */
export interface Shared {
  links: (ShareLink & { token: string })[];
  api: string;
  feed: string;
}

/** How many read-only links there may be. Each request reads them all. */
export const mostLinks = 50;

/** The forms of the share page, by their buttons, that begin a new generation. */
const renewals: Record<string, Renewable> = { 'sign-out-everywhere': 'owner', 'new-token': 'api', 'new-feed': 'feed' };

/** Lists, creates and revokes links and tokens, for the owner. */
export function createSharing(passwordHash: string, store: SharingStore) {
  const readKeys = async () => (await store.readKeys()) ?? (await store.makeKeys());

  async function createLink(until: string, site: string, { day }: Moment, epoch: number): Promise<string> {
    if (!isDay(until) || until < day) return `${quoted(until)} is not a day to come: write it like ${day}.`;
    const { links } = await readKeys();
    if (links.length >= mostLinks) return `There are ${mostLinks} links already. Revoke one that you no longer need.`;
    const link = { id: randomBytes(9).toString('base64url'), site, until, created: epoch };
    await store.addLink(link, endOf(until));
    return '';
  }

  return {
    /** Returns the links of all sites, and the tokens of one site or all. */
    async list(site: string): Promise<Shared> {
      const keys = await readKeys();
      const { linkToken, renewableToken } = keyring(keys, passwordHash);
      return {
        links: keys.links
          .toSorted((a, b) => b.created - a.created)
          .map((link) => ({ ...link, token: linkToken(link) })),
        api: renewableToken('api', site),
        feed: renewableToken('feed', site),
      };
    },

    /** Does what a form of the share page asks for. Returns what is wrong, or an empty text. */
    async change(form: URLSearchParams, site: string, now: Moment, epoch: number): Promise<string> {
      if (form.has('create-link')) return createLink(form.get('until') ?? '', site, now, epoch);
      const revoked = form.get('revoke');
      const { links } = revoked ? await readKeys() : { links: [] };
      for (const { id } of links) if (id === revoked) await store.deleteLink(id);
      for (const [button, kind] of Object.entries(renewals)) if (form.has(button)) await store.renew(kind);
      return '';
    },
  };
}

/** Returns when a day is over in every time zone, in seconds. */
const endOf = (day: Day) => Date.parse(dayAfter(day, 2)) / 1000;
