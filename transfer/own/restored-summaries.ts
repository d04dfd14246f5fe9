import { type Day, isDay } from '../../core/calendar/day.ts';
import { daysOf, type Month, monthOf } from '../../core/calendar/month.ts';
import { yearOf } from '../../core/calendar/year.ts';
import { isNumberCounter, type Summary } from '../../core/counters/summary.ts';
import { type SummaryCaps, summaryBuilder } from '../../core/counters/summary-builder.ts';
import type { SummaryDate } from '../../core/report/parts.ts';
import type { ImportedSummary } from '../../store/imports.ts';

/** The dates that an export of Footfall has of a site, in any order, and its first and last day there. */
export interface ExportedDates {
  dates: SummaryDate[];
  first: Day;
  last: Day;
}

/** Returns the days that an export has numbers of, in order. Of days that had expired, it has only their month. */
export function coveredDays({ dates, first, last }: ExportedDates): Day[] {
  const days = new Set<Day>();
  for (const date of dates) {
    if (isDay(date)) days.add(date);
    else if (isMonth(date)) for (const day of daysOf(date)) if (day >= first && day <= last) days.add(day);
  }
  return [...days].sort();
}

/** Returns the dates of an export that keep all their days: others are left out, or the sum of what is kept. */
export function wholeDates(exported: ExportedDates, keeps: (day: Day) => boolean): Set<SummaryDate> {
  const whole = new Set(exported.dates);
  for (const day of coveredDays(exported).filter((each) => !keeps(each)))
    for (const date of [day, monthOf(day), yearOf(day)]) whole.delete(date);
  return whole;
}

/**
 * Yields the summaries of an import: those of the export as they are, if it keeps all their days. Other months and years
 * are the sums of what it keeps. Reads each date once.
 */
export function* restoredSummaries(
  whole: ReadonlySet<SummaryDate>,
  read: (date: SummaryDate) => Summary,
  caps: SummaryCaps,
): Generator<ImportedSummary> {
  const daysByMonth = Map.groupBy([...whole].filter(isDay).sort(), monthOf);
  const months = [...new Set([...daysByMonth.keys(), ...[...whole].filter(isMonth)])].sort();
  for (const [year, monthsOfYear] of Map.groupBy(months, yearOf)) {
    const ofYear = summaryBuilder();
    for (const month of monthsOfYear) {
      const ofDays = summaryBuilder();
      for (const date of daysByMonth.get(month) ?? []) {
        const summary = read(date);
        if (!whole.has(month)) ofDays.addSummary(summary);
        yield { date, summary };
      }
      const summary = whole.has(month) ? read(month) : ofDays.summary(caps);
      ofYear.addSummary(summary);
      yield { date: month, summary };
    }
    const sum = ofYear.summary(caps);
    const exported = whole.has(year) ? read(year) : undefined;
    yield { date: year, summary: exported && hasSameNumbers(exported, sum) ? exported : sum };
  }
}

/** A month can have been rolled up again after its year. Then the year is the sum of its months. */
const hasSameNumbers = (a: Summary, b: Summary): boolean =>
  [...a.totals, ...b.totals].every(
    ([name]) => !isNumberCounter(name) || (a.totals.get(name) ?? 0) === (b.totals.get(name) ?? 0),
  );

/** Returns a date's summary of its parts. */
export function joinedSummary(parts: Iterable<Summary>, caps: SummaryCaps): Summary {
  const sum = summaryBuilder();
  for (const part of parts) sum.addSummary(part);
  const summary = sum.summary(caps);
  for (const [counter, count] of summary.totals) if (count === 0) summary.totals.delete(counter);
  return summary;
}

export const isMonth = (date: SummaryDate): date is Month => date.length === 7;
