import { type Day, dayAfter } from '../calendar/day.ts';
import { daysOf, type Month, monthAfter, monthOf } from '../calendar/month.ts';
import { type Year, yearAfter, yearOf } from '../calendar/year.ts';
import { siteOf } from '../counters/names.ts';
import type { Earlier } from './comparison.ts';
import type { Range } from './range.ts';

/** What is rolled up: each day through one, but those that had late increments since. */
export interface RolledUp {
  /** Undefined before the first night. */
  through: Day | undefined;
  late: ReadonlySet<Day>;
  /** The first counted day of each site. */
  since: Map<string, Day>;
}

/** A day, month or year. Its summary has it as its date. */
export type SummaryDate = Day | Month | Year;

/** What a range is read from: the rows of some days, and summaries. */
export interface Parts {
  open: Day[];
  summaries: SummaryDate[];
}

/**
 * The most open days that are read, each by a Query. After the first night there are a few. Before it, only an earlier
 * version can have left more than a few rows, and it kept them for 760 days by default.
 */
const maxOpenDays = 800;

/**
 * Returns the parts of a range. If its bars are months or years, a month's summary replaces those of its days. If they
 * are years, a year's summary replaces those of its months. A month in which counting began needs only the days since,
 * so that all time keeps the first month when the summaries of its days have expired.
 */
export function partsOf({ days, unit }: Pick<Range, 'days' | 'unit'>, rolledUp: RolledUp, site?: string): Parts {
  const { through, late } = rolledUp;
  const since = firstCountedDay(rolledUp, site) ?? '';
  const isClosed = (day: Day) => through !== undefined && day <= through && !late.has(day);
  const { closed = [], open: allOpen = [] } = Object.groupBy(days, (day) => (isClosed(day) ? 'closed' : 'open'));
  const open = allOpen.slice(-maxOpenDays);
  if (unit !== 'month' && unit !== 'year') return { open, summaries: closed };
  const months = [...Map.groupBy(closed, monthOf)].map(([month, inRange]) =>
    daysOf(month).every((day) => day < since || inRange.includes(day)) ? [month] : inRange,
  );
  if (unit === 'month') return { open, summaries: months.flat() };
  const years = [...Map.groupBy(months.flat(), yearOf)].map(([year, inYear]) =>
    inYear.length === 12 && inYear.every((date) => date === monthOf(date)) ? [year] : inYear,
  );
  return { open, summaries: years.flat() };
}

/** Returns the parts of an earlier range. If its last day counts in part, that day is read by itself. */
export function partsOfEarlier({ range, until }: Earlier, rolledUp: RolledUp): Parts {
  if (!until) return partsOf(range, rolledUp);
  const before = partsOf({ days: range.days.slice(0, -1), unit: range.unit }, rolledUp);
  const last = partsOf({ days: range.days.slice(-1), unit: 'day' }, rolledUp);
  return { open: [...before.open, ...last.open], summaries: [...before.summaries, ...last.summaries] };
}

/** Returns the first counted day of a site, or of all. Undefined if nothing is rolled up. */
export const firstCountedDay = ({ since }: RolledUp, site?: string): Day | undefined =>
  site === undefined ? [...since.values()].sort()[0] : since.get(siteOf(site));

/** Returns the first and last of each run of consecutive dates of the same kind. */
export function runsOf(dates: SummaryDate[]): { first: SummaryDate; last: SummaryDate }[] {
  const runs: { first: SummaryDate; last: SummaryDate }[] = [];
  for (const date of [...dates].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const run = runs.at(-1);
    if (run && nextDate(run.last) === date) run.last = date;
    else runs.push({ first: date, last: date });
  }
  return runs;
}

function nextDate(date: SummaryDate): string {
  if (date.length === 10) return dayAfter(date as Day, 1);
  return date.length === 7 ? monthAfter(date as Month, 1) : yearAfter(date as Year, 1);
}
