import { hash, randomBytes } from 'node:crypto';
import { momentAt } from '../../core/calendar/day.ts';
import { type Audience, audienceOf, type Client } from '../../core/collect/audience.ts';
import { bareHost } from '../../core/collect/bare-host.ts';
import { botFamilyOf } from '../../core/collect/bot.ts';
import { type PageUrls, parsePageUrl } from '../../core/collect/page-url.ts';
import { isSpam, linkingHost, referrerOf } from '../../core/collect/referrer.ts';
import { siteOf } from '../../core/counters/names.ts';
import { memoized } from './memoized.ts';

/** What decides how records are named. */
export interface NameOptions {
  /** The site's origin as in the address bar: `https://www.example.com`. */
  origin: string;
  timeZone: string;
  pageUrls: PageUrls;
}

/** Clocks change at quarters of an hour. */
const msOfQuarter = 15 * 60 * 1000;

/** Returns functions that name the parts of records as those of live hits. They remember their last results. */
export function recordNames({ origin, timeZone, pageUrls }: NameOptions) {
  const { host } = new URL(origin);
  const site = bareHost(host);
  // Nobody knows the key, not even the next run. It goes with the process.
  const key = randomBytes(16).toString('hex');
  const momentOfQuarter = memoized((quarter: number) => momentAt(quarter * msOfQuarter, timeZone));
  const audienceOfText = memoized((client: string): Audience => audienceOf(JSON.parse(client)));

  return {
    /** Hashes what tells a visitor or a visit. */
    hashed: memoized((text: string) => (text === '' ? '' : hash('sha256', key + text, 'base64url').slice(0, 12))),
    /** Returns the day and the hour. */
    momentOf: (time: number) => momentOfQuarter(Math.floor(time / msOfQuarter)),
    botOf: memoized((userAgent: string) => botFamilyOf(userAgent, false)),
    audienceOfClient: (client: Client) => audienceOfText(JSON.stringify(client)),

    referrer: memoized((text: string) => {
      const from = linkingHost(text === '' || text.includes('://') ? text : `https://${text}`);
      return { cameFromSite: from === site, isSpam: isSpam(from), name: from === site ? '' : referrerOf(from) };
    }),

    /** Returns a page's URL on the host of the site, where it meets the live one. Undefined if it is of another site. */
    pageOf: memoized((text: string) => {
      const url = URL.parse(/^https?:\/\//i.test(text) ? text : `${origin}${text.startsWith('/') ? '' : '/'}${text}`);
      if (!url || siteOf(url.host) !== siteOf(host)) return undefined;
      return parsePageUrl(origin + url.pathname + url.search, undefined, pageUrls)?.url;
    }),
  };
}
