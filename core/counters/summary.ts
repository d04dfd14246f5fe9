import { isChannelCounter } from './channels.ts';
import { isNotCounted, isUnbounded, other, siteOf, siteOfNotCounted } from './names.ts';

/** The counters of one site over a day, a month or a year. Of the hits without a site, too. */
export interface Summary {
  /** URLs, those with the most views first. */
  pages: string[];
  /** Counts of all pages, in their order, for each counter that is a number of the page itself: `views`, `visits` … */
  numbers: Map<string, number[]>;
  /** Counts of some pages, as `[page, count, page, count, …]`, for each other counter: names by dimension, and hours. */
  names: Map<string, number[]>;
  /** Sums of all counters over the pages. */
  totals: Map<string, number>;
  /** Refused hits by reason. */
  refusals: Map<string, number>;
}

/** A summary as two texts of JSON. Without `names`, names by page are missing, apart from views by source. */
export interface PackedSummary {
  main: string;
  names: string;
}

const numberCounters: ReadonlySet<string> = new Set([
  ...['views', 'visitors', 'site_visitors', 'visits', 'unlinked', 'engaged', 'seconds'],
]);
/** Returns whether a counter is a number of the page itself: neither a name of a dimension nor an hour. */
export const isNumberCounter = (counter: string): boolean => numberCounters.has(counter);

/** The site of hits that belong to none: those on pages past the cap of a day, and those refused without a site. */
export const noSite = '';

/** Returns the bare host that a row's `url` belongs to, or `noSite`. */
export const siteOfRow = (url: string): string =>
  isNotCounted(url) ? (siteOfNotCounted(url) ?? noSite) : siteOf(/^https?:\/\/([^/]+)/.exec(url)?.[1] ?? noSite);

/** Packs a summary. Two summaries of the same counts have the same texts. */
export function packSummary({ pages, numbers, names, totals, refusals }: Summary): PackedSummary {
  const [sources, others] = [new Map<string, number[]>(), new Map<string, number[]>()];
  for (const [name, counts] of names) (name.startsWith('views_') ? sources : others).set(name, counts);
  return {
    main: JSON.stringify({
      totals: sorted(totals),
      refusals: sorted(refusals),
      pages,
      numbers: sorted(numbers),
      sources: sorted(sources),
    }),
    names: others.size > 0 ? JSON.stringify(sorted(others)) : '',
  };
}

/** Unpacks what `packSummary` returned. `names` may be left out. */
export function unpackSummary({ main, names }: Pick<PackedSummary, 'main'> & Partial<PackedSummary>): Summary {
  const { totals, refusals, pages, numbers, sources } = JSON.parse(main);
  return {
    pages,
    numbers: mapOf<number[]>(numbers),
    names: new Map([...mapOf<number[]>(sources), ...(names ? mapOf<number[]>(JSON.parse(names)) : [])]),
    totals: mapOf<number>(totals),
    refusals: mapOf<number>(refusals),
  };
}

/** Returns the counts of a counter for all pages, in their order. */
export function countsByPage({ pages, numbers, names }: Summary, counter: string): number[] {
  const known = numbers.get(counter);
  if (known) return known;
  const counts = pages.map(() => 0);
  const some = names.get(counter) ?? [];
  for (let i = 0; i < some.length; i += 2) counts[some[i] ?? 0] = some[i + 1] ?? 0;
  return counts;
}

/** Returns the counters of one page. Empty if the summary does not have the page. */
export function countersOfPage(summary: Summary, url: string): Map<string, number> {
  const counters = new Map<string, number>();
  const page = summary.pages.indexOf(url);
  if (page === -1) return counters;
  for (const [name, counts] of summary.numbers) if (counts[page]) counters.set(name, counts[page]);
  for (const [name, counts] of summary.names) {
    for (let i = 0; i < counts.length; i += 2) if (counts[i] === page) counters.set(name, counts[i + 1] ?? 0);
  }
  return counters;
}

/** Returns the counters of some pages, added up. */
export function countersOfSome(summary: Summary, isShown: (url: string) => boolean): Map<string, number> {
  const shown = summary.pages.map(isShown);
  const counters = new Map<string, number>();
  if (!shown.includes(true)) return counters;
  const set = (name: string, sum: number) => sum > 0 && counters.set(name, sum);
  for (const [name, counts] of summary.numbers) {
    let sum = 0;
    for (let page = 0; page < counts.length; page++) if (shown[page]) sum += counts[page] ?? 0;
    set(name, sum);
  }
  for (const [name, counts] of summary.names) {
    let sum = 0;
    for (let i = 0; i < counts.length; i += 2) if (shown[counts[i] ?? 0]) sum += counts[i + 1] ?? 0;
    set(name, sum);
  }
  return counters;
}

export const isEmpty = ({ totals, refusals }: Summary): boolean => totals.size === 0 && refusals.size === 0;

/**
 * Returns whether a count of `before` is higher than that of `after`. Names that caps may move are not compared, nor are
 * channels: one more visit can make the channels of older ones unknown.
 */
export const isLess = (after: Summary, before: Summary): boolean =>
  [...before.totals].some(([name, count]) => !mayMove(name) && count > (after.totals.get(name) ?? 0)) ||
  [...before.refusals].some(([reason, hits]) => hits > (after.refusals.get(reason) ?? 0));

const mayMove = (name: string) => isUnbounded(name) || name.endsWith(other) || isChannelCounter(name);

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
const sorted = <Value>(map: Map<string, Value>) => Object.fromEntries([...map].sort(byName));
const mapOf = <Value>(values: Record<string, Value>) => new Map(Object.entries(values));
