import { type Day, dayAfter, daysBetween, daysUpTo } from '../calendar/day.ts';
import { firstDayOf, lastDayOf, monthAfter, monthOf } from '../calendar/month.ts';
import { endsOf, type Range } from './range.ts';
import { barsIn, maxBars, type Unit, usualUnit } from './unit.ts';

/** Returns the range that ends right before another, of as many days or whole weeks, months or years. */
export function rangeBefore(range: Range): Range | undefined {
  if (range.period === 'all') return undefined;
  const [first] = endsOf(range);
  const months = monthsIn(range);
  const begin = months > 0 ? firstDayOf(monthAfter(monthOf(first), -months)) : dayAfter(first, -daysIn(range));
  return inUnitOf(range, begin, dayAfter(first, -1));
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

/** Returns whether a day is the last one of its month. */
export const endsMonth = (day: Day): boolean => day === lastDayOf(monthOf(day));

/** Returns the number of months in a range of months or years, or 0. The last one need not be over. */
export function monthsIn(range: Range): number {
  const [first, last] = endsOf(range);
  const { period, unit } = range;
  if (first.endsWith('-01-01') && (last.endsWith('-12-31') || period === 'year' || unit === 'year'))
    return 12 * barsIn('year', first, last);
  const isOfMonths =
    first.endsWith('-01') && (endsMonth(last) || unit === 'month' || period === 'month' || period === '12mo');
  return isOfMonths ? barsIn('month', first, last) : 0;
}

/** Returns the number of days in a range. This week counts as whole. */
export const daysIn = ({ days, period }: Range): number => (period === 'week' ? 7 : days.length);

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
