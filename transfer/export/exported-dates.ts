import { type Day, daysBetween, daysUpTo, isDay } from '../../core/calendar/day.ts';
import { firstDayOf, lastDayOf, monthOf, parseMonth } from '../../core/calendar/month.ts';
import { firstDayOfYear, lastDayOfYear, type Year, yearOf } from '../../core/calendar/year.ts';
import { partsOf, type RolledUp, type SummaryDate } from '../../core/report/parts.ts';

/** What a file of counts holds: days of a month, months of a year, or years. */
type DateKind = 'days' | 'months' | 'years';

export const kindOf = (date: SummaryDate): DateKind =>
  date.length === 4 ? 'years' : date.length === 7 ? 'months' : 'days';

/**
 * Returns the dates of a site from its first day in a range: the days, and the months and years that lie in it whole.
 * They are exported beside their days, because the summaries of days expire.
 */
export function exportedDates(
  site: string,
  { first, last }: { first: Day; last: Day },
  rolledUp: RolledUp,
): SummaryDate[] {
  if (first > last) return [];
  const days = daysUpTo(last, daysBetween(first, last) + 1);

  /** Returns the dates of a kind that are read by nothing smaller, neither of what was counted live nor of an import. */
  function wholeDates(unit: 'month' | 'year', dateOf: (date: Day) => SummaryDate): SummaryDate[] {
    const { open, summaries, imported } = partsOf({ days, unit }, rolledUp, site || undefined);
    const read = new Set([...open, ...summaries, ...[...imported.values()].flat()]);
    const dates = [...new Set(days.map(dateOf))];
    const cut = new Set([...read].filter((date) => dateOf(date as Day) !== date).map((date) => dateOf(date as Day)));
    return dates.filter((date) => read.has(date) && !cut.has(date));
  }
  return [...days, ...wholeDates('month', monthOf), ...wholeDates('year', yearOf)];
}

/** Returns the first and last day of a day, month or year. Returns undefined for any other text. */
export function endsOfDate(text: string): [first: Day, last: Day] | undefined {
  if (isDay(text)) return [text, text];
  const month = parseMonth(text);
  if (month) return [firstDayOf(month), lastDayOf(month)];
  return /^\d{4}$/.test(text) ? [firstDayOfYear(text as Year), lastDayOfYear(text as Year)] : undefined;
}

/** Returns the name of the file that has a date of a site. A colon of a port cannot be in a name on every system. */
export function fileNameOf(site: string, date: SummaryDate): string {
  const host = site === '' ? '(no site)' : site.replace(':', '_');
  const kind = kindOf(date);
  if (kind === 'years') return `years/${host}.csv`;
  return `${kind}/${host}/${kind === 'days' ? monthOf(date as Day) : yearOf(date as Day)}.csv`;
}
