import { type DimensionName, unboundedDimensions } from './dimensions.ts';
import { outcomePrefix } from './outcomes.ts';

/** Numbers by counter: `{ views: 1, views_twitter: 1 }`. */
export type Counters = Record<string, number>;

/** Returns whether a number only enforces a cap: of an item's names by quota, or of the pages of a day. */
export const isCapCounter = (name: string): boolean => capCounters.has(name);

const otherAttributes: ReadonlySet<string> = new Set(['day', 'url', 'expires', 'last']);

/** Returns whether an attribute of an item is a counter: not its key, its expiry or the name of its last write. */
export const isCounter = (attribute: string): boolean => attribute !== '' && !otherAttributes.has(attribute);

/** The prefix of counters of views by `utm_source`. */
export const sourcePrefix = 'views_';

/** The prefix of counters of refused hits of bots, by family. */
export const botPrefix = 'bot_';

/** A counter of an event is this and its name. */
export const eventPrefix = 'event_';

const notCounted = '(not counted)';

/**
 * Returns the `url` of the item that counts a day's refused hits of a site, or those that name no site. No page's URL
 * begins with a bracket. A host has the same item with and without `www.`.
 */
export const notCountedOf = (host?: string): string =>
  host === undefined ? notCounted : `${notCounted} ${siteOf(host)}`;

/** Returns the name of a host's site, which it has with and without `www.`. */
export const siteOf = (host: string): string => host.replace(/^www\./, '');

/** Returns whether a `url` is that of an item of refused hits. */
export const isNotCounted = (url: string): boolean => url === notCounted || url.startsWith(`${notCounted} `);

/** Returns the site of an item of refused hits, without `www.`. Returns undefined if they name no site. */
export const siteOfNotCounted = (url: string): string | undefined => url.slice(notCounted.length + 1) || undefined;

/** The `url` of the item for a day's pages past the cap, and the name for an item's names past the cap. */
export const other = '(other)';

/** The referrer of a visit without a known one. */
export const direct = '(direct)';

/** The name of what a client does not tell. */
export const unknown = '(unknown)';

/** The counters that share one limit of names: those of a dimension, the views by source, or the outcomes of visits. */
export type Quota = 'views' | 'outcomes' | DimensionName;

/** All quotas that strangers can use up. */
export const quotas: readonly Quota[] = ['views', 'outcomes', ...unboundedDimensions];

const unbounded: ReadonlySet<string> = new Set(quotas.filter((quota) => quota !== 'outcomes'));

const capCounters: ReadonlySet<string> = new Set(['pages', 'kept_pages', ...quotas.map((quota) => `names_${quota}`)]);

/**
 * Returns the quota that a counter's name takes a place of, if strangers choose the name: `source` for
 * `source_twitter`. `(other)` and `(direct)` take no place.
 */
export function quotaOf(counter: string): Quota | undefined {
  const end = counter.indexOf('_');
  const prefix = counter.slice(0, Math.max(0, end));
  const outcome = outcomePrefix(counter);
  const name = counter.slice(outcome?.length ?? end + 1);
  if (name === other || name === direct) return undefined;
  if (outcome) return 'outcomes';
  return unbounded.has(prefix) ? (prefix as Quota) : undefined;
}

/** Returns whether strangers choose the name of a counter. */
export const isUnbounded = (counter: string): boolean => quotaOf(counter) !== undefined;

/** Returns the counter that an unbounded one counts as past its quota: `source_(other)` for `source_twitter`. */
export const otherOf = (counter: string): string =>
  (outcomePrefix(counter) ?? counter.slice(0, counter.indexOf('_') + 1)) + other;
