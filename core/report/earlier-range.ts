import { type Day, dayAfter, dayOfMonth, daysBetween, daysUpTo } from '../calendar/day.ts';
import { firstDayOf, lastDayOf, monthAfter, monthOf } from '../calendar/month.ts';
import type { Range } from './range.ts';

/**
 * Returns the range that a range is compared with: as many days before it, or as many months. If the last month is not
 * over, the earlier range ends on the same day of its month.
 */
export function earlierRange(range: Range): Range {
  const { days, unit } = range;
  const [first, last] = ends(range);
  const length = monthsOf(range);
  if (length === 0) return rangeFrom(dayAfter(first, -days.length), dayAfter(first, -1), unit);
  const begin = firstDayOf(monthAfter(monthOf(first), -length));
  const month = monthAfter(monthOf(last), -length);
  const monthEnd = lastDayOf(month);
  const sameDay = dayAfter(firstDayOf(month), dayOfMonth(last) - 1);
  return rangeFrom(begin, endsMonth(last) || sameDay > monthEnd ? monthEnd : sameDay, unit);
}

/** Returns the range that ends right before another, of as many days or whole months. */
export function rangeBefore(range: Range): Range {
  const [first] = ends(range);
  return rangeFrom(ends(earlierRange(range))[0], dayAfter(first, -1), range.unit);
}

/** Returns as many days or months right after a range, up to today. Returns undefined if they are in the future. */
export function rangeAfter(range: Range, today: Day): Range | undefined {
  const [first, last] = ends(range);
  const length = monthsOf(range);
  const end = length > 0 ? lastDayOf(monthAfter(monthOf(first), 2 * length - 1)) : dayAfter(last, range.days.length);
  return last < today ? rangeFrom(dayAfter(last, 1), end < today ? end : today, range.unit) : undefined;
}

// A range has at least one day.
const ends = ({ days }: Range) => [days[0], days.at(-1)] as [Day, Day];
const endsMonth = (day: Day) => day === lastDayOf(monthOf(day));

/** Returns the number of months in a range, or 0 for a range of days. The last month need not be over. */
function monthsOf(range: Range): number {
  const [first, last] = ends(range);
  const isOfMonths = first.endsWith('-01') && (endsMonth(last) || range.period === 'month' || range.period === '12mo');
  return isOfMonths ? new Set(range.days.map(monthOf)).size : 0;
}

const rangeFrom = (first: Day, last: Day, unit: Range['unit']): Range => ({
  period: undefined,
  days: daysUpTo(last, daysBetween(first, last) + 1),
  unit,
});
