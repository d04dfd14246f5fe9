import type { PageView, Refusal } from './hit.ts';

/** Increments by counter name: `{ views: 1, views_twitter: 1 }`. */
export type Counters = Record<string, number>;

/** What a page view with a source adds to, besides `views`. */
export const sourcePrefix = 'views_';

/** The item of a day that says what was not counted: one counter for each reason. No page's URL begins with a bracket. */
export const notCounted = '(not counted)';

/** What a hit that is not counted adds to the day's item `notCounted`. */
export const countersOfRefusal = (refusal: Refusal): Counters => ({ [refusal]: 1 });

/** What one page view adds to its (day, url) item. */
export function countersOf({ source }: PageView): Counters {
  return source === '' ? { views: 1 } : { views: 1, [sourcePrefix + source]: 1 };
}
