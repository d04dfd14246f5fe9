import type { Moment } from '../core/calendar/day.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import type { RangeTotals } from '../core/report/report.ts';
import { dateIn, daysOfBar } from '../core/report/unit.ts';

/** One bar of the chart: its date, its count, and the count of the same bar in the earlier range. */
export interface SeriesBar {
  date: string;
  count: number;
  /** Undefined if the earlier range has no such bar. */
  previous: number | undefined;
  /** Whether its time is not over, or partly outside the range. */
  isPartial: boolean;
  /** Whether its time has not begun. */
  isFuture: boolean;
}

/** Returns the bars of a range at the time `now`. `previous` is the summary of the earlier range. */
export function seriesBars(range: Range, { series }: RangeTotals, previous: RangeTotals, now: Moment): SeriesBar[] {
  const { unit } = range;
  const [firstDay, lastDay] = endsOf(range);
  const current = unit === 'hour' ? `${now.day}T${now.hour}` : dateIn(unit, now.day);
  function isCut(date: string): boolean {
    if (unit === 'hour') return false;
    const [first, last] = daysOfBar(unit, date);
    return first < firstDay || last > lastDay;
  }
  return series.map(({ date, count }, i) => ({
    date,
    count,
    previous: previous.series[i]?.count,
    isPartial: date === current || isCut(date),
    isFuture: date > current,
  }));
}
