import { sourcePrefix } from './vocabulary.ts';

/** What is told of visits, each time as so many names that sum to the visits. */
export const dimensions = [
  'referrer',
  'source',
  'medium',
  'campaign',
  'term',
  'content',
  'country',
  'language',
  'device',
  'browser',
  'os',
] as const;

/** What a dashboard can be narrowed to by one name. */
export const kinds = [...dimensions, 'event'] as const;
export type Kind = (typeof kinds)[number];

/** What a dashboard shows alone: a page, a name of one kind, or that name on that page. */
export interface Filter {
  /** The page's URL, as stored. */
  page?: string;
  name?: { kind: Kind; name: string };
}

/** What can be summed over pages and days. A filter leaves only some of these known. */
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
  const names = kinds.flatMap((kind) => (query[kind] ? [{ kind, name: query[kind] }] : []));
  if (page && new TextEncoder().encode(page).length > longestPage)
    return { filter: {}, problem: `No page has an address of over ${longestPage} bytes.` };
  const long = names.find(({ name }) => [...name].length > longestName);
  if (long) return { filter: {}, problem: `No ${long.kind} has a name of over ${longestName} characters.` };
  const [first, second] = names;
  const filter = { ...(page && { page }), ...(first && { name: first }) };
  if (!first || !second) return { filter };
  const problem = `Counters do not tell what ${first.kind} and ${second.kind} have in common: choose one of them.`;
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

function countersOfName({ kind, name }: NonNullable<Filter['name']>): CounterOf {
  const counter = `${kind}_${name}`;
  if (kind === 'event') return { events: counter };
  return kind === 'source' ? { views: sourcePrefix + name, visits: counter } : { visits: counter };
}
