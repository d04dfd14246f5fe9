import type { TimeOfDay } from '../calendar/day.ts';
import { noSite } from '../counters/summary.ts';
import { countersOfTotals, type Filter, type Metric, withoutUncounted } from './filter.ts';
import type { SummaryDate } from './parts.ts';
import { pointTotals } from './point-totals.ts';
import type { Range } from './range.ts';
import type { Metrics } from './report.ts';

/** The numbers of one site in a report of all sites. */
export interface SiteCounts {
  /** Its host, without `www.`. */
  site: string;
  totals: Metrics;
  /** Counts in the order of the report's series. */
  series: number[];
  /** The totals in the earlier range. Undefined if there is none. */
  previous?: Metrics;
}

/** Adds up the totals and the series of each site. */
export function siteSums(scope: { range: Range; filter: Filter }, metric: Metric, until?: TimeOfDay) {
  const known = Object.entries(countersOfTotals(scope.filter)) as [Metric, string][];
  const sites = new Map<string, { totals: Metrics; points: ReturnType<typeof pointTotals> }>();

  return {
    /** Adds the counters of a site on a date. */
    add(site: string, counters: Map<string, number>, date: SummaryDate): void {
      if (site === noSite) return;
      const sums = sites.get(site) ?? { totals: {}, points: pointTotals(scope, until?.hour) };
      sites.set(site, sums);
      sums.points.add(counters, date);
      for (const [each, counter] of known) sums.totals[each] = (sums.totals[each] ?? 0) + (counters.get(counter) ?? 0);
    },

    /** Returns the sites that have a count, those with the most of the metric first. */
    all: (): SiteCounts[] =>
      [...sites]
        .filter(([, { totals }]) => Object.values(totals).some((count) => count > 0))
        .map(([site, { totals, points }]) => ({
          site,
          totals: withoutUncounted(totals, scope.filter),
          series: points.all().map((point) => point[metric] ?? 0),
        }))
        .sort((a, b) => (b.totals[metric] ?? 0) - (a.totals[metric] ?? 0) || (a.site < b.site ? -1 : 1)),
  };
}
