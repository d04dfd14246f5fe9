import { type DimensionName, dimensionNames } from '../counters/dimensions.ts';
import { sourcePrefix } from '../counters/names.ts';

/** What a dashboard shows alone: a page, a name of one dimension, or that name on that page. */
export interface Filter {
  /** The page's URL, as stored. */
  page?: string;
  name?: { dimension: DimensionName; name: string };
}

/** What adds up over pages and days. A filter leaves only some of these known. */
export const metrics = ['views', 'visitors', 'visits', 'events', 'unlinked', 'engaged', 'seconds'] as const;
export type Metric = (typeof metrics)[number];

/** The counter of an item that holds each metric. A metric without a counter cannot be known. */
export type CounterOf = Partial<Record<Metric, string>>;

// As long as any that is counted: pages in bytes of UTF-8, names in characters.
const longestPage = 1000;
const longestName = 64;

/** The filter that an address asks for; where it asks for one that there is not, as much as there is, and why not all. */
export function parseFilter(query: Record<string, string | undefined>): { filter: Filter; problem?: string } {
  const { page } = query;
  const names = dimensionNames.flatMap((dimension) =>
    query[dimension] ? [{ dimension, name: query[dimension] }] : [],
  );
  if (page && new TextEncoder().encode(page).length > longestPage)
    return { filter: {}, problem: `No page has an address of over ${longestPage} bytes.` };
  const long = names.find(({ name }) => [...name].length > longestName);
  if (long) return { filter: {}, problem: `No ${long.dimension} has a name of over ${longestName} characters.` };
  const [first, second] = names;
  const filter = { ...(page && { page }), ...(first && { name: first }) };
  if (!first || !second) return { filter };
  const problem = `Counters do not tell what ${first.dimension} and ${second.dimension} have in common: choose one of them.`;
  return { filter, problem };
}

/** Where the sums of a whole dashboard are: who is new to the site today, sees it for the first time on one page only. */
const ofSite: CounterOf = {
  views: 'views',
  visitors: 'site_visitors',
  visits: 'visits',
  unlinked: 'unlinked',
  engaged: 'engaged',
  seconds: 'seconds',
};

/** Of a page alone. How the visits that begin there go on, is counted on other pages. */
const ofPage: CounterOf = { views: 'views', visitors: 'visitors', visits: 'visits' };

/** Where the sums are that a filter leaves known; the first is what bars and pages are measured by. */
export function countersOfTotals({ page, name }: Filter): CounterOf {
  if (name) return countersOfName(name);
  return page === undefined ? ofSite : ofPage;
}

/** The same for each page of a list. */
export function countersOfPages({ name }: Filter): CounterOf {
  return name ? countersOfName(name) : ofPage;
}

function countersOfName({ dimension, name }: NonNullable<Filter['name']>): CounterOf {
  const counter = `${dimension}_${name}`;
  if (dimension === 'event') return { events: counter };
  return dimension === 'source' ? { views: sourcePrefix + name, visits: counter } : { visits: counter };
}
