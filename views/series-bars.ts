import type { Day, Moment } from '../core/calendar/day.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import type { Report } from '../core/report/report.ts';
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
  /** Whether its time was over when counting began. */
  isUncounted?: boolean;
  /** Whether it has many more or fewer than usual. */
  isUnusual?: boolean;
}

/** What bars depend on besides counts. */
interface Times {
  now: Moment;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
  unusual?: { day: Day }[];
}

type WithSeries = Pick<Report, 'series'>;

/** Returns the bars of a range. `previous` is the report of the earlier range, if there is one. */
export function seriesBars(
  range: Range,
  { series }: WithSeries,
  previous: WithSeries | undefined,
  { now, since, unusual = [] }: Times,
): SeriesBar[] {
  const { unit } = range;
  const [firstDay, lastDay] = endsOf(range);
  const current = unit === 'hour' ? `${now.day}T${now.hour}` : dateIn(unit, now.day);
  function isCut(date: string): boolean {
    if (unit === 'hour') return false;
    const [first, last] = daysOfBar(unit, date);
    return first < firstDay || last > lastDay;
  }
  const lastDayOf = (date: string) => (unit === 'hour' ? firstDay : daysOfBar(unit, date)[1]);
  return series.map(({ date, count }, i) => ({
    date,
    count,
    previous: previous?.series[i]?.count,
    isPartial: date === current || isCut(date),
    isFuture: date > current,
    isUnusual: unusual.some(({ day }) => day === date),
    isUncounted: since !== undefined && lastDayOf(date) < since,
  }));
}
