import { maxNameBytes } from '../collect/name.ts';
import { maxUrlBytes } from '../collect/page-url.ts';
import { type DimensionName, dimensionNames } from '../counters/dimensions.ts';
import { sourcePrefix } from '../counters/names.ts';
import { isFollowed, type Outcome, outcomes } from '../counters/outcomes.ts';
import { type Rate, rates } from './rates.ts';

/** The part of all visits that a dashboard shows: one page or folder, names of dimensions, or these names on that page. */
export interface Filter {
  /** The page's URL, as stored. With `/*` at its end, all pages of a folder. */
  page?: string;
  name?: FilterName;
  /** Names of other dimensions. Counters cannot tell what they have in common with the first: only the lake can. */
  also?: FilterName[];
}

/** One name of a dimension, such as the country DE. */
export interface FilterName {
  dimension: DimensionName;
  name: string;
}

/** Returns all names of a filter. */
export const namesOfFilter = ({ name, also = [] }: Filter): FilterName[] => (name ? [name, ...also] : []);

/** The numbers that add up over pages and days. Under a filter, only some of them are known. */
export const metrics = ['views', 'visitors', 'visits', 'events', 'unlinked', 'linked', 'engaged', 'seconds'] as const;
export type Metric = (typeof metrics)[number];

/** What a dashboard can be asked to chart. A rate is charted, and tables are then by visits. */
export const chartable = ['views', 'visitors', 'visits', 'events', ...rates] as const satisfies (Metric | Rate)[];
export type Chartable = (typeof chartable)[number];

/** The counter of each metric in an item. A metric without a counter is unknown. */
export type CounterOf = Partial<Record<Metric, string>>;

/** Returns the filter of a query. Leaves out a part that cannot be counted, and says why in `problem`. */
export function parseFilter(query: Record<string, string | undefined>): { filter: Filter; problem?: string } {
  const { page } = query;
  const names = dimensionNames.flatMap((dimension) =>
    query[dimension] ? [{ dimension, name: query[dimension] }] : [],
  );
  if (page && bytesOf(page) > maxUrlBytes)
    return { filter: {}, problem: `The page of the filter is too long: a URL has at most ${maxUrlBytes} bytes.` };
  const long = names.find(({ name }) => bytesOf(name) > maxNameBytes);
  if (long)
    return {
      filter: {},
      problem: `The ${long.dimension} is too long: a name has at most ${maxNameBytes} bytes.`,
    };
  const [first, ...also] = names;
  return { filter: { ...(page && { page }), ...(first && { name: first }), ...(also.length > 0 && { also }) } };
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The counters of a whole site. A visitor of several pages counts in `site_visitors` once a day. */
const ofSite: CounterOf = {
  views: 'views',
  visitors: 'site_visitors',
  visits: 'visits',
  unlinked: 'unlinked',
  engaged: 'engaged',
  seconds: 'seconds',
};

/** The counters of one page or folder. How its visits continue is counted on other pages. */
const ofPage: CounterOf = { views: 'views', visitors: 'visitors', visits: 'visits' };

/** Returns the counters of the totals that are known under a filter. The first is the metric of the series. */
export function countersOfTotals({ page, name }: Filter): CounterOf {
  if (name) return { ...countersOfName(name), ...outcomesOf(name, page === undefined ? outcomes : ofPageOutcomes) };
  return page === undefined ? ofSite : ofPage;
}

/** Returns the counters of the totals of each page that are known under a filter. */
export function countersOfPages({ name }: Filter): CounterOf {
  return name ? { ...countersOfName(name), ...outcomesOf(name, ofPageOutcomes) } : ofPage;
}

/** Returns the metric that a report counts by, and its counter. It is the first one if the chosen one is unknown. */
export function metricOf(filter: Filter, chosen: Chartable | undefined): [Metric, counter: string] {
  const known = Object.entries(countersOfTotals(filter)) as [Metric, string][];
  const metric = rates.some((rate) => rate === chosen) ? 'visits' : chosen;
  return known.find(([each]) => each === metric) ?? known[0] ?? ['views', 'views'];
}

function countersOfName({ dimension, name }: FilterName): CounterOf {
  const counter = `${dimension}_${name}`;
  if (dimension === 'event') return { events: counter };
  return dimension === 'source' ? { views: sourcePrefix + name, visits: counter } : { visits: counter };
}

/** The outcomes that are known of one page. A visit reads on elsewhere. */
const ofPageOutcomes: readonly Outcome[] = ['events'];

function outcomesOf({ dimension, name }: FilterName, known: readonly Outcome[]): CounterOf {
  if (!isFollowed(dimension)) return {};
  return Object.fromEntries(known.map((outcome) => [outcome, `${outcome}_${dimension}_${name}`]));
}

type Sums = Partial<Record<Metric, number>>;

/** Returns totals without the outcomes of visits, if none was followed: those days are from before outcomes were counted. */
export function withoutUncounted(totals: Sums, { name }: Filter): Sums {
  if (!name || !isFollowed(name.dimension) || (totals.linked ?? totals.events)) return totals;
  const { linked: _, engaged: __, events: ___, ...known } = totals;
  return known;
}
