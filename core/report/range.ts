import { type Day, dayAfter, daysBetween, daysUpTo, isDay } from '../calendar/day.ts';
import { daysOf, firstDayOf, lastDayOf, type Month, monthAfter, monthOf } from '../calendar/month.ts';
import { quoted } from './quoted.ts';

/** The ranges of days that have a name in the address. */
export const periods = ['today', 'yesterday', '7d', '30d', '90d', 'month', 'last-month', '12mo'] as const;
export type Period = (typeof periods)[number];

/** A range of days that a dashboard is asked for. */
export interface Range {
  /** Undefined where it was given by its first and last day. */
  period: Period | undefined;
  /** Oldest first. */
  days: Day[];
  /** What each bar of a chart stands for. */
  unit: 'hour' | 'day' | 'month';
}

/** What an address asks for: `period`, or `from` and `to`. */
export interface RangeQuery {
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const mostDays = 400;
const usual: Period = '7d';

/** The range that an address asks for; where it asks for none that there is, the usual one, with a sentence on why. */
export function parseRange(query: RangeQuery, today: Day): { range: Range; problem?: string } {
  const usually = (problem?: string) => ({ range: rangeOf(usual, today), ...(problem && { problem }) });
  const { period, from, to } = query;
  if (from === undefined && to === undefined) {
    if (period === undefined) return usually();
    const known = periods.find((each) => each === period);
    return known
      ? { range: rangeOf(known, today) }
      : usually(`There is no period ${quoted(period)}: choose one of ${periods.join(', ')}.`);
  }
  const [first, last] = [from ?? to ?? '', to ?? today];
  if (!isDay(first)) return usually(`${quoted(first)} is not a day: write it like ${today}.`);
  if (!isDay(last)) return usually(`${quoted(last)} is not a day: write it like ${today}.`);
  if (first > last) return usually(`The range from ${first} to ${last} runs backwards.`);
  if (last > today) return usually(`${last} is still to come: today is ${today}.`);
  const count = daysBetween(first, last) + 1;
  if (count > mostDays)
    return usually(`The range from ${first} to ${last} has ${count} days: ${mostDays} is the most.`);
  return { range: { period: undefined, days: daysUpTo(last, count), unit: unitFor(count) } };
}

/**
 * What a range is compared with: as many days right before it. A range of months is compared with as many months, up to the
 * same day where its last is not over.
 */
export function earlierRange(range: Range): Range {
  const { days, unit } = range;
  const [first, last] = ends(range);
  const length = monthsOf(range);
  if (length === 0) return rangeFrom(dayAfter(first, -days.length), dayAfter(first, -1), unit);
  const begins = firstDayOf(monthAfter(monthOf(first), -length));
  const month = monthAfter(monthOf(last), -length);
  const monthEnds = lastDayOf(month);
  const sameDay = dayAfter(firstDayOf(month), Number(last.slice(8)) - 1);
  return rangeFrom(begins, endsMonth(last) || sameDay > monthEnds ? monthEnds : sameDay, unit);
}

/** The range right before another, all of it: the days before, or the months. */
export function rangeBefore(range: Range): Range {
  const [first] = ends(range);
  return rangeFrom(ends(earlierRange(range))[0], dayAfter(first, -1), range.unit);
}

/** As many days, or months, right after a range, up to today; undefined where there are none. */
export function rangeAfter(range: Range, today: Day): Range | undefined {
  const [first, last] = ends(range);
  const length = monthsOf(range);
  const end = length > 0 ? lastDayOf(monthAfter(monthOf(first), 2 * length - 1)) : dayAfter(last, range.days.length);
  return last < today ? rangeFrom(dayAfter(last, 1), end < today ? end : today, range.unit) : undefined;
}

/** What is read for a range: its days; of a range of months, a month that is folded in place of all its days. */
export function partitionsOf({ days, unit }: Range, rolledUp: Set<Month>): (Day | Month)[] {
  if (unit !== 'month') return days;
  return [...Map.groupBy(days, monthOf)].flatMap(([month, some]) =>
    rolledUp.has(month) && some.length === daysOf(month).length ? [month] : some,
  );
}

// A range has one day at least.
const ends = ({ days }: Range) => [days[0], days.at(-1)] as [Day, Day];
const endsMonth = (day: Day) => day === lastDayOf(monthOf(day));

/** How many months a range is of, the last of them maybe not over; 0 where it is of days. */
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

function rangeOf(period: Period, today: Day): Range {
  const monthBegan = firstDayOf(monthOf(today));
  const yesterday = dayAfter(today, -1);
  const lastMonthEnded = dayAfter(monthBegan, -1);
  const dayOfMonth = (day: Day) => Number(day.slice(8));
  const [last, count] = {
    today: [today, 1] as const,
    yesterday: [yesterday, 1] as const,
    '7d': [today, 7] as const,
    '30d': [today, 30] as const,
    '90d': [today, 90] as const,
    month: [today, dayOfMonth(today)] as const,
    'last-month': [lastMonthEnded, dayOfMonth(lastMonthEnded)] as const,
    '12mo': [today, daysBetween(firstDayOf(monthAfter(monthOf(today), -11)), today) + 1] as const,
  }[period];
  return { period, days: daysUpTo(last, count), unit: unitFor(count) };
}

const unitFor = (count: number): Range['unit'] => (count === 1 ? 'hour' : count <= 92 ? 'day' : 'month');
