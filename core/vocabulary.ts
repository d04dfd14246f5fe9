/** Increments by counter name: `{ views: 1, views_twitter: 1 }`. */
export type Counters = Record<string, number>;

/** What a page view with a source adds to, besides `views`. */
export const sourcePrefix = 'views_';

/** The counters whose names are fixed, besides those of hours. All others hold a name, as `country_FR` does. */
export const ownCounters: ReadonlySet<string> = new Set([
  'views',
  'visitors',
  'site_visitors',
  'visits',
  'unlinked',
  'engaged',
  'seconds',
]);

/** The item of a day that says what was not counted: one counter for each reason. No page's URL begins with a bracket. */
export const notCounted = '(not counted)';

/** The item of a day for pages past the day's cap; in an item, the name of what went past its cap of names. */
export const other = '(other)';

/** The referrer of a visit that comes from nowhere known. */
export const direct = '(direct)';
