import type { Day } from '../core/calendar/day.ts';
import type { VisitDimension } from '../core/counters/dimensions.ts';
import { type DaySums, daySums, namedDimensions, unnamedVisits } from './day-sums.ts';
import type { Sink } from './format.ts';
import { withoutZeros } from './origin-counters.ts';

/** What the tables of an export say by day: of the site, of its pages, and of visits by dimension. */
export interface TableSums {
  site: DaySums;
  pages: DaySums;
  named: DaySums;
}

/** Returns sums of 0. */
export const tableSums = (): TableSums => ({ site: daySums(), pages: daySums(), named: daySums() });

/** The numbers that visits on no page may add to what the tables of pages have. */
const numbers = ['views', 'visits', 'unlinked', 'engaged', 'seconds'] as const;

/** Counts visits by name on no page. */
export function countName(
  { named }: TableSums,
  {
    table,
    day,
    dimension,
    name,
    visits,
  }: { table: string; day: Day; dimension: VisitDimension; name: string; visits: number },
  sink: Sink,
): void {
  named.add(day, { [dimension]: visits });
  sink.counts(table, { day, url: undefined, counters: withoutZeros({ [`${dimension}_${name}`]: visits }) });
}

/**
 * Counts what the table of the site has and those of pages have not, and the visits without a name. If no table has the
 * visits, those of a dimension are the visits.
 */
export function countRest({ site, pages, named }: TableSums, table: string, sink: Sink): void {
  for (const day of new Set([...site.days(), ...pages.days(), ...named.days()])) {
    const missing = Object.fromEntries(
      numbers.map((name) => [name, Math.max(0, site.of(day, name) - pages.of(day, name))]),
    );
    let visits = Math.max(site.of(day, 'visits'), pages.of(day, 'visits'));
    if (visits === 0) {
      visits = Math.max(...namedDimensions.map((dimension) => named.of(day, dimension)));
      Object.assign(missing, { visits, unlinked: visits });
    }
    const visitors = site.of(day, 'site_visitors');
    const counters = { site_visitors: visitors, ...missing, ...unnamedVisits(named, day, visits) };
    sink.counts(table, { day, url: undefined, counters: withoutZeros(counters) });
    sink.told(day, 'views', missing.views ?? 0);
    sink.told(day, 'visits', missing.visits ?? 0);
    sink.told(day, 'visitors', visitors);
  }
}
