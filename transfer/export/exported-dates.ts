import { type Day, daysBetween, daysUpTo } from '../../core/calendar/day.ts';
import { monthOf } from '../../core/calendar/month.ts';
import { yearOf } from '../../core/calendar/year.ts';
import { firstCountedDay, partsOf, type RolledUp, type SummaryDate } from '../../core/report/parts.ts';

/** What a file of counts holds: days of a month, months of a year, or years. */
type DateKind = 'days' | 'months' | 'years';

export const kindOf = (date: SummaryDate): DateKind =>
  date.length === 4 ? 'years' : date.length === 7 ? 'months' : 'days';

/**
 * Returns the dates of a site in a range: its days, and the months and years that lie in it whole. They are exported
 * beside their days, because the summaries of days expire.
 */
export function exportedDates(site: string, ends: { first: Day; last: Day }, rolledUp: RolledUp): SummaryDate[] {
  const since = firstCountedDay(rolledUp, site || undefined) ?? ends.first;
  const first = since > ends.first ? since : ends.first;
  if (first > ends.last) return [];
  const days = daysUpTo(ends.last, daysBetween(first, ends.last) + 1);

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

/** Returns the name of the file that has a date of a site. A colon of a port cannot be in a name on every system. */
export function fileNameOf(site: string, date: SummaryDate): string {
  const host = site === '' ? '(no site)' : site.replace(':', '_');
  const kind = kindOf(date);
  if (kind === 'years') return `years/${host}.csv`;
  return `${kind}/${host}/${kind === 'days' ? monthOf(date as Day) : yearOf(date as Day)}.csv`;
}
