import { type Day, dayAfter, dayOfMonth, daysBetween, daysUpTo, type TimeOfDay } from '../calendar/day.ts';
import { firstDayOf, lastDayOf, monthAfter, monthOf } from '../calendar/month.ts';
import { daysIn, endsMonth, monthsIn } from './earlier-range.ts';
import { type CountedDays, endsOf, type Range } from './range.ts';

/** What a range can be compared with, as it stands in an address. */
export const comparisons = ['previous', 'week', 'year', 'none'] as const;
export type Comparison = (typeof comparisons)[number];

/** The range that another is compared with. */
export interface Earlier {
  range: Range;
  /** The time up to which its last day counts. Undefined if it counts to its end. */
  until?: TimeOfDay | undefined;
}

/**
 * Returns what a range is compared with. While its last day is not over, the last day of the earlier range counts up to
 * the same time. Returns undefined if the earlier range would begin before counting did, and for all time.
 */
export function earlierOf(range: Range, comparison: Comparison, counted: CountedDays): Earlier | undefined {
  if (comparison === 'none' || range.period === 'all') return undefined;
  const [, last] = endsOf(range);
  const isOpen = last === counted.today;
  const [from, to] = endsBefore(range, comparison, isOpen);
  if (counted.since !== undefined && from < counted.since) return undefined;
  const days = daysUpTo(to, daysBetween(from, to) + 1);
  // The end of a short month also stands for the days that the month lacks. It then counts whole.
  const isSameDay = monthsBack(range, comparison) === 0 || dayOfMonth(to) === dayOfMonth(last);
  const until = isOpen && (isSameDay || from === to) ? counted.time : undefined;
  return { range: { period: undefined, days, unit: range.unit }, until };
}

function endsBefore(range: Range, comparison: Comparison, isOpen: boolean): [Day, Day] {
  const [first, last] = endsOf(range);
  const months = monthsBack(range, comparison);
  if (months > 0) {
    const begin = sameDayBefore(first, months);
    const isWhole = first.endsWith('-01') && endsMonth(last) && !isOpen;
    return [begin, isWhole ? lastDayOf(monthAfter(monthOf(last), -months)) : sameDayBefore(last, months)];
  }
  const isOfWeeks = range.days.length === 1 || comparison === 'week';
  const count = isOfWeeks ? 7 * Math.ceil(range.days.length / 7) : daysIn(range);
  return [dayAfter(first, -count), dayAfter(last, -count)];
}

/** Returns how many months lie between a range and the earlier one. Returns 0 if days do. */
function monthsBack(range: Range, comparison: Comparison): number {
  if (comparison === 'year') return 12 * yearsIn(range);
  // Bars of months or years have no weekdays that could be the same.
  if (comparison === 'week' && range.unit !== 'month' && range.unit !== 'year') return 0;
  return range.days.length > 1 || range.period === 'month' || range.period === 'year' ? monthsIn(range) : 0;
}

/** Returns the number of years that hold a range. */
function yearsIn(range: Range): number {
  const [first, last] = endsOf(range);
  for (let years = 1; ; years++) if (sameDayBefore(last, 12 * years) < first) return years;
}

/** Returns the same day some months before, or the last day of that month. */
function sameDayBefore(day: Day, months: number): Day {
  const month = monthAfter(monthOf(day), -months);
  const [same, end] = [dayAfter(firstDayOf(month), dayOfMonth(day) - 1), lastDayOf(month)];
  return same < end ? same : end;
}
