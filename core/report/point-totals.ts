import { countersOfTotals, type Filter, type Metric } from './filter.ts';
import type { SummaryDate } from './parts.ts';
import type { Range } from './range.ts';
import type { Metrics } from './report.ts';
import { hourCounter, seriesDates } from './series.ts';
import { dateIn } from './unit.ts';

/** Adds up the totals of each point of a series. Hours are counted for views only, and end with `lastHour`. */
export function pointTotals({ range, filter }: { range: Range; filter: Filter }, lastHour?: string) {
  const dates = seriesDates(range, filter, lastHour);
  const points = dates.map((): Metrics => ({}));
  const indexOf = new Map(dates.map((date, i) => [date, i]));
  const known = Object.entries(countersOfTotals(filter)) as [Metric, string][];

  function addTo(point: Metrics | undefined, metric: Metric, count = 0): void {
    if (point) point[metric] = (point[metric] ?? 0) + count;
  }

  return {
    dates,
    /** Adds the counters of a site or a page on a date. */
    add(counters: Map<string, number>, date: SummaryDate): void {
      if (range.unit === 'hour') {
        for (const [i, hour] of dates.entries()) addTo(points[i], 'views', counters.get(hourCounter(hour)));
        return;
      }
      const point = points[indexOf.get(dateIn(range.unit, date)) ?? -1];
      for (const [metric, counter] of known) addTo(point, metric, counters.get(counter));
    },
    /** Returns the totals in the order of the dates. */
    all: (): Metrics[] => points,
  };
}
