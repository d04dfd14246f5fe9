import { type Day, dayAfter, daysUpTo, isDay } from './day.ts';
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
  const wrong = [first, last].find((day) => !isDay(day));
  if (wrong !== undefined) return usually(`${quoted(wrong)} is not a day: write it like ${today}.`);
  if (first > last) return usually(`The range from ${first} to ${last} runs backwards.`);
  if (last > today) return usually(`${last} is still to come: today is ${today}.`);
  const count = daysBetween(first, last) + 1;
  if (count > mostDays)
    return usually(`The range from ${first} to ${last} has ${count} days: ${mostDays} is the most.`);
  return { range: { period: undefined, days: daysUpTo(last, count), unit: unitFor(count) } };
}

/** As many days right before a range. */
export function before({ days, unit }: Range): Range {
  const [first = ''] = days;
  const last = daysUpTo(first, 2)[0] ?? '';
  return { period: undefined, days: daysUpTo(last, days.length), unit };
}

/** As many days right after a range, up to today; undefined where there are none. */
export function after({ days, unit }: Range, today: Day): Range | undefined {
  const last = days.at(-1) ?? '';
  const left = Math.min(days.length, daysBetween(last, today));
  if (left <= 0) return undefined;
  return { period: undefined, days: daysUpTo(dayAfter(last, left), left), unit };
}

function rangeOf(period: Period, today: Day): Range {
  const monthBegan = `${today.slice(0, 8)}01`;
  const yesterday = daysUpTo(today, 2)[0] ?? '';
  const lastMonthEnded = daysUpTo(monthBegan, 2)[0] ?? '';
  const dayOfMonth = (day: Day) => Number(day.slice(8));
  const [last, count] = {
    today: [today, 1] as const,
    yesterday: [yesterday, 1] as const,
    '7d': [today, 7] as const,
    '30d': [today, 30] as const,
    '90d': [today, 90] as const,
    month: [today, dayOfMonth(today)] as const,
    'last-month': [lastMonthEnded, dayOfMonth(lastMonthEnded)] as const,
    '12mo': [today, daysBetween(elevenMonthsBefore(monthBegan), today) + 1] as const,
  }[period];
  return { period, days: daysUpTo(last, count), unit: unitFor(count) };
}

function elevenMonthsBefore(day: Day): Day {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10);
}

const unitFor = (count: number): Range['unit'] => (count === 1 ? 'hour' : count <= 92 ? 'day' : 'month');

const msPerDay = 86_400_000;
const daysBetween = (first: Day, last: Day) => (Date.parse(last) - Date.parse(first)) / msPerDay;
