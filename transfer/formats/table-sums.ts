import type { Day } from '../../core/calendar/day.ts';
import type { Counters } from '../../core/counters/names.ts';
import type { Sink } from '../format.ts';

/** What the tables of an export say by day: of the site, and of its pages. It takes little memory until all is read. */
export interface TableSums {
  site: DaySums;
  pages: DaySums;
}

type DaySums = Map<Day, Counters>;

/** Returns sums of 0. */
export const tableSums = (): TableSums => ({ site: new Map(), pages: new Map() });

/** Adds counts to the sums of a day. */
export function addToDay(sums: DaySums, day: Day, counts: Counters): void {
  const known = sums.get(day) ?? {};
  sums.set(day, known);
  for (const [name, count] of Object.entries(counts)) known[name] = (known[name] ?? 0) + count;
}

/** The numbers that visits on no page may add to what the tables of pages have. */
const numbers = ['views', 'visits', 'unlinked', 'engaged', 'seconds'] as const;

/** Counts what the table of the site has and those of pages have not. */
export function countRest({ site, pages }: TableSums, table: string, sink: Sink): void {
  for (const [day, counts] of site) {
    const missing = (name: string) => Math.max(0, (counts[name] ?? 0) - (pages.get(day)?.[name] ?? 0));
    const visitors = counts.site_visitors ?? 0;
    const rest: Counters = Object.fromEntries(numbers.map((name) => [name, missing(name)]));
    const told = { views: missing('views'), visits: missing('visits'), visitors };
    sink.counts(table, { day, url: undefined, counters: { site_visitors: visitors, ...rest }, told });
  }
}
