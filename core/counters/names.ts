import { type DimensionName, dimensions, unboundedDimensions } from './dimensions.ts';

/** Increments by counter name: `{ views: 1, views_twitter: 1 }`. */
export type Counters = Record<string, number>;

/** The counters whose names are fixed, besides those of the hours. */
export const ownCounters: ReadonlySet<string> = new Set([
  'views',
  'visitors',
  'site_visitors',
  'visits',
  'unlinked',
  'engaged',
  'seconds',
]);

/** Numbers of an item that only enforce the caps of its day: its unbounded names, their bytes, the pages of the day. */
export const capCounters: ReadonlySet<string> = new Set(['names', 'bytes', 'pages']);

const otherAttributes: ReadonlySet<string> = new Set(['day', 'url', 'expires', 'last']);

/** Whether an attribute of an item is a counter: not its key, its expiry or the mark of its last write. */
export const isCounter = (attribute: string): boolean => attribute !== '' && !otherAttributes.has(attribute);

/** A page view whose link has a source counts under this prefix besides `views`. */
export const sourcePrefix = 'views_';

/** The item of a day that counts refused hits by reason. No page's URL begins with a bracket. */
export const notCounted = '(not counted)';

/** The item of a day for pages past the cap. In an item, the name for what is past its cap of names. */
export const other = '(other)';

/** The referrer of a visit that comes from nowhere known. */
export const direct = '(direct)';

const unbounded = new RegExp(`^(views|${unboundedDimensions.join('|')})_`);

/** Returns `source_(other)` for `source_twitter`, and `(other)` for a counter without an unbounded name. */
export const otherName = (counter: string) => (unbounded.exec(counter)?.[0] ?? '') + other;

/** Whether a counter has a name that strangers may choose. */
export const isUnbounded = (counter: string) => unbounded.test(counter) && counter !== otherName(counter);

/** Returns the dimension and the name of a counter: `country` and `FR` of `country_FR`. */
export function splitCounter(counter: string): [dimension: DimensionName, name: string] | undefined {
  const end = counter.indexOf('_');
  const dimension = counter.slice(0, Math.max(0, end));
  return Object.hasOwn(dimensions, dimension) ? [dimension as DimensionName, counter.slice(end + 1)] : undefined;
}
