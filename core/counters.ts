import type { PageView } from './hit.ts';

/** Increments by counter name: `{ views: 1, views_twitter: 1 }`. */
export type Counters = Record<string, number>;

/** What a page view with a source adds to, besides `views`. */
export const sourcePrefix = 'views_';

/** What one page view adds to its (day, url) item. */
export function countersOf({ source }: PageView): Counters {
  return source === '' ? { views: 1 } : { views: 1, [sourcePrefix + source]: 1 };
}
