import { type Day, dayAfter, dayOfMonth, daysBetween, daysUpTo } from '../calendar/day.ts';
import { firstDayOf, lastDayOf, monthAfter, monthOf } from '../calendar/month.ts';
import { endsOf, type Range } from './range.ts';
import { barsIn, maxBars, type Unit, usualUnit } from './unit.ts';

/**
 * Returns the range that a range is compared with: as many days before it, or as many weeks, months or years. If the last
 * of these is not over, the earlier range ends on the same day of its own. All time has no earlier range.
 */
export function earlierRange(range: Range): Range | undefined {
  if (range.period === 'all') return undefined;
  const [first, last] = endsOf(range);
  const months = monthsIn(range);
  if (months === 0) return rangeFrom(dayAfter(first, -daysIn(range)), dayAfter(last, -daysIn(range)), range.unit);
  const begin = firstDayOf(monthAfter(monthOf(first), -months));
  const month = monthAfter(monthOf(last), -months);
  const monthEnd = lastDayOf(month);
  const sameDay = dayAfter(firstDayOf(month), dayOfMonth(last) - 1);
  return rangeFrom(begin, endsMonth(last) || sameDay > monthEnd ? monthEnd : sameDay, range.unit);
}

/** Returns the range that ends right before another, of as many days or whole weeks, months or years. */
export function rangeBefore(range: Range): Range | undefined {
  const earlier = earlierRange(range);
  return earlier && inUnitOf(range, endsOf(earlier)[0], dayAfter(endsOf(range)[0], -1));
}

/** Returns as much time right after a range, up to today. Returns undefined if it is in the future. */
export function rangeAfter(range: Range, today: Day): Range | undefined {
  const [first, last] = endsOf(range);
  if (last >= today) return undefined;
  const months = monthsIn(range);
  const end =
    months > 0 ? lastDayOf(monthAfter(monthOf(first), 2 * months - 1)) : dayAfter(first, 2 * daysIn(range) - 1);
  return inUnitOf(range, dayAfter(last, 1), end < today ? end : today);
}

const endsMonth = (day: Day) => day === lastDayOf(monthOf(day));

/** Returns the number of months in a range of months or years, or 0. The last one need not be over. */
function monthsIn(range: Range): number {
  const [first, last] = endsOf(range);
  const { period, unit } = range;
  if (first.endsWith('-01-01') && (last.endsWith('-12-31') || period === 'year' || unit === 'year'))
    return 12 * barsIn('year', first, last);
  const isOfMonths =
    first.endsWith('-01') && (endsMonth(last) || unit === 'month' || period === 'month' || period === '12mo');
  return isOfMonths ? barsIn('month', first, last) : 0;
}

/** Returns the number of days in a range. This week counts as whole. */
const daysIn = ({ days, period }: Range) => (period === 'week' ? 7 : days.length);

const rangeFrom = (first: Day, last: Day, unit: Unit): Range => ({
  period: undefined,
  days: daysUpTo(last, daysBetween(first, last) + 1),
  unit,
});

/** Returns a range in the unit that was chosen for another. If its bars are too many or only one, it has its usual unit. */
function inUnitOf(chosen: Range, first: Day, last: Day): Range {
  const { unit } = chosen;
  const usual = usualUnit(first, last);
  if (unit === 'hour' || unit === usualUnit(...endsOf(chosen))) return rangeFrom(first, last, usual);
  const bars = barsIn(unit, first, last);
  return rangeFrom(first, last, bars > 1 && bars <= maxBars ? unit : usual);
}
