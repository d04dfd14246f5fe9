import type { Day, Moment } from '../core/calendar/day.ts';
import { type ImportedDays, isBetween } from '../core/report/imported-days.ts';
import type { Note } from '../core/report/notes.ts';
import { endsOf, type Range } from '../core/report/range.ts';
import type { Metrics, Report } from '../core/report/report.ts';
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
  /** Whether some of its days were imported. */
  isImported?: boolean;
  /** Whether it has many more or fewer than usual. */
  isUnusual?: boolean;
  /** What the owner wrote about its days. */
  notes?: string[];
  /** The estimate of its count when its time is over. */
  expected?: number | undefined;
}

/** What bars depend on besides counts. */
interface Times {
  now: Moment;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
  unusual?: { day: Day }[];
  notes?: Note[];
  /** The imports of the range. */
  imports?: ImportedDays[];
  /** The estimate of the count of today. */
  expected?: number | undefined;
}

type WithSeries = Pick<Report, 'series' | 'totalsByPoint'>;

/**
 * Returns the bars of a range. `previous` is the report of the earlier range, if there is one. `of` returns the number that
 * a bar shows.
 */
export function seriesBars(
  range: Range,
  { series, totalsByPoint }: WithSeries,
  previous: WithSeries | undefined,
  { now, since, unusual = [], notes = [], imports = [], expected }: Times,
  of: (sums: Metrics) => number | undefined,
): SeriesBar[] {
  const { unit } = range;
  const [firstDay, lastDay] = endsOf(range);
  const current = unit === 'hour' ? `${now.day}T${now.hour}` : dateIn(unit, now.day);
  function isCut(date: string): boolean {
    if (unit === 'hour') return false;
    const [first, last] = daysOfBar(unit, date);
    return first < firstDay || last > lastDay;
  }
  const endsOfBar = (date: string): [Day, Day] => (unit === 'hour' ? [firstDay, firstDay] : daysOfBar(unit, date));
  return series.map(({ date }, i) => ({
    date,
    count: of(totalsByPoint[i] ?? {}) ?? 0,
    previous: previous?.totalsByPoint[i] && (of(previous.totalsByPoint[i]) ?? 0),
    isPartial: date === current || isCut(date),
    isFuture: date > current,
    isUnusual: unusual.some(({ day }) => day === date),
    // Each hour of a day would have the same mark.
    notes: unit === 'hour' ? [] : notes.filter(({ day }) => dateIn(unit, day) === date).map(({ text }) => text),
    expected: date === now.day ? expected : undefined,
    isUncounted: since !== undefined && endsOfBar(date)[1] < since,
    isImported: imports.some((each) => isBetween(each, ...endsOfBar(date))),
  }));
}
