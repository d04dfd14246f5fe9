import { type DimensionName, dimensions, unboundedDimensions } from './dimensions.ts';

/** Numbers by counter: `{ views: 1, views_twitter: 1 }`. */
export type Counters = Record<string, number>;

/** The counters that have no dimension, except those of the hours. */
export const plainCounters: ReadonlySet<string> = new Set([
  'views',
  'visitors',
  'site_visitors',
  'visits',
  'unlinked',
  'engaged',
  'seconds',
]);

/** The numbers that only enforce caps: an item's unbounded names, their bytes, and the pages of a day. */
export const capCounters: ReadonlySet<string> = new Set(['names', 'bytes', 'pages']);

const otherAttributes: ReadonlySet<string> = new Set(['day', 'url', 'expires', 'last']);

/** Returns whether an attribute of an item is a counter: not its key, its expiry or the name of its last write. */
export const isCounter = (attribute: string): boolean => attribute !== '' && !otherAttributes.has(attribute);

/** The prefix of counters of views by `utm_source`. */
export const sourcePrefix = 'views_';

/** The `url` of the item that counts a day's refused hits by reason. No page's URL begins with a bracket. */
export const notCounted = '(not counted)';

/** The `url` of the item for a day's pages past the cap, and the name for an item's names past the cap. */
export const other = '(other)';

/** The referrer of a visit without a known one. */
export const direct = '(direct)';

const unbounded = new RegExp(`^(views|${unboundedDimensions.join('|')})_`);

/** Returns `source_(other)` for `source_twitter`, and `(other)` for a counter without an unbounded name. */
export const otherName = (counter: string) => (unbounded.exec(counter)?.[0] ?? '') + other;

/** Returns whether strangers choose the name of a counter. `(other)` is not such a name. */
export const isUnbounded = (counter: string) => unbounded.test(counter) && counter !== otherName(counter);

/** Returns the dimension and the name in a counter: `country` and `FR` of `country_FR`. */
export function splitCounter(counter: string): [dimension: DimensionName, name: string] | undefined {
  const end = counter.indexOf('_');
  const dimension = counter.slice(0, Math.max(0, end));
  return Object.hasOwn(dimensions, dimension) ? [dimension as DimensionName, counter.slice(end + 1)] : undefined;
}
