import { type Day, dayAfter } from '../calendar/day.ts';
import { daysOf, type Month, monthAfter, monthOf } from '../calendar/month.ts';
import { type Year, yearAfter, yearOf } from '../calendar/year.ts';
import { siteOf } from '../counters/names.ts';
import { noSite } from '../counters/summary.ts';
import type { Earlier } from './comparison.ts';
import { type ImportedDays, isOfSite } from './imported-days.ts';
import type { Range } from './range.ts';

/** What is rolled up: each day through one, but those that had late increments since. And what was imported. */
export interface RolledUp {
  /** Undefined before the first night. */
  through: Day | undefined;
  late: ReadonlySet<Day>;
  /** The first day of each site that was counted live. */
  since: Map<string, Day>;
  imports: readonly ImportedDays[];
}

/** A day, month or year. Its summary has it as its date. */
export type SummaryDate = Day | Month | Year;

/** What a range is read from: the rows of some days, and summaries. */
export interface Parts {
  open: Day[];
  summaries: SummaryDate[];
  /** The summaries of each import, by its name. */
  imported: Map<string, SummaryDate[]>;
}

/** What a summary counts. */
export interface SummaryKey {
  /** A site, or `noSite`. */
  site: string;
  date: SummaryDate;
  /** Undefined if it was counted live. */
  importName?: string | undefined;
}

/**
 * The most open days that are read, each by a Query. After the first night there are a few. Before it, only an earlier
 * version can have left more than a few rows, and it kept them for 760 days by default.
 */
export const maxOpenDays = 800;
/** The most, if an import reaches back further than an installation that is new. Then only the last days can have rows. */
const maxOpenDaysBesideImports = 31;

/**
 * Returns the parts of a range. If its bars are months or years, a month's summary replaces those of its days. If they
 * are years, a year's summary replaces those of its months. A month in which counting began needs only the days since,
 * so that all time keeps the first month when the summaries of its days have expired. An import is read by itself, in
 * the same way: it has counts of no day before its first or after its last.
 */
export function partsOf({ days, unit }: Pick<Range, 'days' | 'unit'>, rolledUp: RolledUp, site?: string): Parts {
  const { through, late, since, imports } = rolledUp;
  const firstLive = firstOf(site === undefined ? [...since.values()] : [since.get(siteOf(site))]) ?? '';
  const isClosed = (day: Day) => through !== undefined && day <= through && !late.has(day);
  const { closed = [], open = [] } = Object.groupBy(days, (day) => (isClosed(day) ? 'closed' : 'open'));
  const mostOpen = through === undefined && imports.length > 0 ? maxOpenDaysBesideImports : maxOpenDays;
  const imported = imports
    .filter((each) => isOfSite(each, site) || each.site === noSite)
    .map(({ name, first, last }): [string, SummaryDate[]] => {
      const isInside = (day: Day) => day >= first && day <= last;
      return [name, largestDates(days.filter(isInside), unit, (day) => !isInside(day))];
    })
    .filter(([, dates]) => dates.length > 0);
  return {
    open: open.slice(-mostOpen),
    summaries: largestDates(closed, unit, (day) => day < firstLive),
    imported: new Map(imported),
  };
}

/** Returns the dates of summaries that have all counts of some days. `isUncounted` tells days that have none. */
function largestDates(days: Day[], unit: Range['unit'], isUncounted: (day: Day) => boolean): SummaryDate[] {
  if (unit !== 'month' && unit !== 'year') return days;
  const months = [...Map.groupBy(days, monthOf)].flatMap(([month, inRange]): (Day | Month)[] =>
    daysOf(month).every((day) => isUncounted(day) || inRange.includes(day)) ? [month] : inRange,
  );
  if (unit === 'month') return months;
  return [...Map.groupBy(months, yearOf)].flatMap(([year, inYear]): SummaryDate[] =>
    inYear.length === 12 && inYear.every((date) => date === monthOf(date)) ? [year] : inYear,
  );
}

/** Returns the parts of an earlier range. If its last day counts in part, that day is read by itself. */
export function partsOfEarlier({ range, until }: Earlier, rolledUp: RolledUp, site?: string): Parts {
  if (!until) return partsOf(range, rolledUp, site);
  const before = partsOf({ days: range.days.slice(0, -1), unit: range.unit }, rolledUp, site);
  const last = partsOf({ days: range.days.slice(-1), unit: 'day' }, rolledUp, site);
  return joinedParts([before, last]);
}

/** Returns the parts of several ranges, each once. */
export function joinedParts(all: Parts[]): Parts {
  const once = <Value>(values: Value[]) => [...new Set(values)];
  const names = once(all.flatMap(({ imported }) => [...imported.keys()]));
  return {
    open: once(all.flatMap(({ open }) => open)),
    summaries: once(all.flatMap(({ summaries }) => summaries)),
    imported: new Map(names.map((name) => [name, once(all.flatMap(({ imported }) => imported.get(name) ?? []))])),
  };
}

/** Returns a function that tells whether a summary is one of these parts. */
export function isPartOf({ open, summaries, imported }: Parts): (of: SummaryKey) => boolean {
  const live = new Set<SummaryDate>([...open, ...summaries]);
  const byImport = new Map([...imported].map(([name, dates]) => [name, new Set(dates)]));
  return ({ date, importName }) => Boolean(importName ? byImport.get(importName)?.has(date) : live.has(date));
}

/** Returns the first day of a site that was counted or imported, or of all. Undefined if there is none yet. */
export function firstCountedDay(
  { since, imports }: Pick<RolledUp, 'since' | 'imports'>,
  site?: string,
): Day | undefined {
  const live = site === undefined ? [...since.values()] : [since.get(siteOf(site))];
  return firstOf([...live, ...imports.filter((each) => isOfSite(each, site)).map(({ first }) => first)]);
}

const firstOf = (days: (Day | undefined)[]): Day | undefined => days.filter((day) => day !== undefined).sort()[0];

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
