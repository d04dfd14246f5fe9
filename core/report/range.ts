import { type Day, dayAfter, dayOfMonth, daysBetween, daysUpTo, isDay } from '../calendar/day.ts';
import { daysOf, firstDayOf, type Month, monthAfter, monthOf } from '../calendar/month.ts';
import { quoted } from './quoted.ts';

/** The ranges of days that have a name in a query. */
export const periods = ['today', 'yesterday', '7d', '30d', '90d', 'month', 'last-month', '12mo'] as const;
export type Period = (typeof periods)[number];

/** The days of a dashboard. */
export interface Range {
  /** Undefined if the range was given by its first and last day. */
  period: Period | undefined;
  /** Oldest first. */
  days: Day[];
  /** The time between two points of the series. */
  unit: 'hour' | 'day' | 'month';
}

/** The part of a query that gives a range: `period`, or `from` and `to`. */
export interface RangeQuery {
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const maxDays = 400;
const defaultPeriod: Period = '7d';

/** Returns the range of a query. For a wrong range, returns the last 7 days and says why in `problem`. */
export function parseRange(query: RangeQuery, today: Day): { range: Range; problem?: string } {
  const byDefault = (problem?: string) => ({ range: rangeOf(defaultPeriod, today), ...(problem && { problem }) });
  const { period, from, to } = query;
  if (from === undefined && to === undefined) {
    if (period === undefined) return byDefault();
    const known = periods.find((each) => each === period);
    return known
      ? { range: rangeOf(known, today) }
      : byDefault(`There is no period ${quoted(period)}: choose one of ${periods.join(', ')}.`);
  }
  const [first, last] = [from ?? to ?? '', to ?? today];
  if (!isDay(first)) return byDefault(`${quoted(first)} is not a day: write it like ${today}.`);
  if (!isDay(last)) return byDefault(`${quoted(last)} is not a day: write it like ${today}.`);
  if (first > last) return byDefault(`The range from ${first} to ${last} ends before it begins: swap its days.`);
  if (last > today) return byDefault(`${last} is in the future: choose a day up to ${today}.`);
  const count = daysBetween(first, last) + 1;
  if (count > maxDays)
    return byDefault(`The range from ${first} to ${last} has ${count} days: choose at most ${maxDays}.`);
  return { range: { period: undefined, days: daysUpTo(last, count), unit: unitFor(count) } };
}

/** Returns the partitions to read for a range. In a series of months, a rolled-up month replaces its days. */
export function partitionsOf({ days, unit }: Range, rolledUp: Set<Month>): (Day | Month)[] {
  if (unit !== 'month') return days;
  return [...Map.groupBy(days, monthOf)].flatMap(([month, inRange]) =>
    rolledUp.has(month) && inRange.length === daysOf(month).length ? [month] : inRange,
  );
}

function rangeOf(period: Period, today: Day): Range {
  const firstOfMonth = firstDayOf(monthOf(today));
  const yesterday = dayAfter(today, -1);
  const lastOfLastMonth = dayAfter(firstOfMonth, -1);
  const [last, count] = {
    today: [today, 1] as const,
    yesterday: [yesterday, 1] as const,
    '7d': [today, 7] as const,
    '30d': [today, 30] as const,
    '90d': [today, 90] as const,
    month: [today, dayOfMonth(today)] as const,
    'last-month': [lastOfLastMonth, dayOfMonth(lastOfLastMonth)] as const,
    '12mo': [today, daysBetween(firstDayOf(monthAfter(monthOf(today), -11)), today) + 1] as const,
  }[period];
  return { period, days: daysUpTo(last, count), unit: unitFor(count) };
}

const unitFor = (count: number): Range['unit'] => (count === 1 ? 'hour' : count <= 92 ? 'day' : 'month');
