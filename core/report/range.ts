import { type Day, dayAfter, daysBetween, daysUpTo, isDay, type TimeOfDay } from '../calendar/day.ts';
import { firstDayOf, monthAfter, monthOf } from '../calendar/month.ts';
import { mondayOf } from '../calendar/week.ts';
import { firstDayOfYear, lastDayOfYear, yearAfter, yearOf } from '../calendar/year.ts';
import { quoted } from './quoted.ts';
import { barsIn, dayUnits, maxBars, type Unit, usualUnit } from './unit.ts';

/** The ranges of days that have a name in a query. */
export const periods = [
  'today',
  'yesterday',
  '7d',
  '30d',
  '90d',
  '12mo',
  'week',
  'last-week',
  'month',
  'last-month',
  'year',
  'last-year',
  'all',
] as const;
export type Period = (typeof periods)[number];

/** The days of a dashboard. */
export interface Range {
  /** Undefined if the range was given by its first and last day. */
  period: Period | undefined;
  /** Oldest first. There is at least one. */
  days: Day[];
  /** What one point of the series stands for. */
  unit: Unit;
}

/** The part of a query that gives a range: `period`, or `from` and `to`. `by` asks for a unit. */
export interface RangeQuery {
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  by?: string | undefined;
}

/** The days that can have counts. */
export interface CountedDays {
  today: Day;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
  /** How much of today is over. Without it, today is compared as a whole day. */
  time?: TimeOfDay;
}

const defaultPeriod: Period = '7d';

/** No page is older. An earlier day is a mistake. */
export const earliestDay: Day = '1990-01-01';

/** Returns the range of a query. For wrong days or a wrong unit, returns the usual ones and says why in `problem`. */
export function parseRange(query: RangeQuery, counted: CountedDays): { range: Range; problem?: string } {
  const asked = parseEnds(query, counted);
  if (asked.problem === undefined) return inUnit(rangeOf(asked.ends, asked.period), query.by);
  const range = rangeOf(periodEnds(defaultPeriod, counted), defaultPeriod);
  return { range, problem: asked.problem };
}

/** Returns a range in the unit `by`, or in its usual unit and the problem. */
function inUnit(range: Range, by: string | undefined): { range: Range; problem?: string } {
  if (by === undefined) return { range };
  const unit = dayUnits.find((each) => each === by);
  if (!unit) return { range, problem: `There is no unit ${quoted(by)}: choose one of ${dayUnits.join(', ')}.` };
  const bars = barsIn(unit, ...endsOf(range));
  const problem = `By ${unit}, the range has ${bars} bars, more than ${maxBars}: choose another unit, such as ${range.unit}.`;
  return bars > maxBars ? { range, problem } : { range: { ...range, unit } };
}

/** Returns the first and the last day of a range. */
export const endsOf = ({ days }: Range): Ends => [days[0], days.at(-1)] as Ends;

type Ends = [first: Day, last: Day];
type Asked = { ends: Ends; period: Period | undefined; problem?: undefined } | { problem: string };

function parseEnds({ period, from, to }: RangeQuery, counted: CountedDays): Asked {
  if (from === undefined && to === undefined) {
    const known = periods.find((each) => each === (period ?? defaultPeriod));
    return known
      ? { period: known, ends: periodEnds(known, counted) }
      : { problem: `There is no period ${quoted(period ?? '')}: choose one of ${periods.join(', ')}.` };
  }
  const { today } = counted;
  const [first, last] = [from ?? to ?? '', to ?? today];
  if (!isDay(first)) return { problem: `${quoted(first)} is not a day: write it like ${today}.` };
  if (!isDay(last)) return { problem: `${quoted(last)} is not a day: write it like ${today}.` };
  if (first > last) return { problem: `The range from ${first} to ${last} ends before it begins: swap its days.` };
  if (last > today) return { problem: `${last} is in the future: choose a day up to ${today}.` };
  if (first < earliestDay)
    return { problem: `The day ${first} is older than any page: choose one from ${earliestDay}.` };
  return { ends: [first, last], period: undefined };
}

const rangeOf = ([first, last]: Ends, period: Period | undefined): Range => ({
  period,
  days: daysUpTo(last, daysBetween(first, last) + 1),
  unit: usualUnit(first, last),
});

function periodEnds(period: Period, { today, since = dayAfter(today, -29) }: CountedDays): Ends {
  const [monday, firstOfMonth, year] = [mondayOf(today), firstDayOf(monthOf(today)), yearOf(today)];
  const [yesterday, lastYear] = [dayAfter(today, -1), yearAfter(year, -1)];
  const ends: Record<Period, Ends> = {
    today: [today, today],
    yesterday: [yesterday, yesterday],
    '7d': [dayAfter(today, -6), today],
    '30d': [dayAfter(today, -29), today],
    '90d': [dayAfter(today, -89), today],
    '12mo': [firstDayOf(monthAfter(monthOf(today), -11)), today],
    week: [monday, today],
    'last-week': [dayAfter(monday, -7), dayAfter(monday, -1)],
    month: [firstOfMonth, today],
    'last-month': [firstDayOf(monthAfter(monthOf(today), -1)), dayAfter(firstOfMonth, -1)],
    year: [firstDayOfYear(year), today],
    'last-year': [firstDayOfYear(lastYear), lastDayOfYear(lastYear)],
    all: [since < today ? since : today, today],
  };
  return ends[period];
}
