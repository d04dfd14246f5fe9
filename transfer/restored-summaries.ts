import { type Day, isDay } from '../core/calendar/day.ts';
import { daysOf, type Month, monthOf } from '../core/calendar/month.ts';
import { yearOf } from '../core/calendar/year.ts';
import type { Summary } from '../core/counters/summary.ts';
import { type SummaryCaps, summaryBuilder } from '../core/counters/summary-builder.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import type { ImportedSummary } from '../store/imports.ts';

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

/**
 * Yields the summaries of an import: those of the export as they are, if it keeps all their days. Other months and years
 * are the sums of what it keeps.
 */
export function* restoredSummaries(
  exported: ExportedDates,
  keeps: (day: Day) => boolean,
  read: (date: SummaryDate) => Summary,
  caps: SummaryCaps,
): Generator<ImportedSummary> {
  const whole = new Set(exported.dates);
  for (const day of coveredDays(exported).filter((each) => !keeps(each)))
    for (const date of [day, monthOf(day), yearOf(day)]) whole.delete(date);
  const days = [...whole].filter(isDay).sort();
  const months = [...new Set([...days.map(monthOf), ...[...whole].filter(isMonth)])].sort();
  const sumOf = (date: SummaryDate, parts: SummaryDate[], readPart: (date: SummaryDate) => Summary) => {
    if (whole.has(date)) return read(date);
    const sum = summaryBuilder();
    for (const part of parts) sum.addSummary(readPart(part));
    return sum.summary(caps);
  };
  const daysByMonth = Map.groupBy(days, monthOf);
  const ofMonth = (month: SummaryDate) => sumOf(month, daysByMonth.get(month as Month) ?? [], read);

  for (const date of days) yield { date, summary: read(date) };
  for (const date of months) yield { date, summary: ofMonth(date) };
  for (const [date, parts] of Map.groupBy(months, yearOf)) yield { date, summary: sumOf(date, parts, ofMonth) };
}

/** Returns a summary of its parts. */
export function joinedSummary(parts: Iterable<Summary>, caps: SummaryCaps): Summary {
  const sum = summaryBuilder();
  for (const part of parts) sum.addSummary(part);
  const summary = sum.summary(caps);
  for (const [counter, count] of summary.totals) if (count === 0) summary.totals.delete(counter);
  return summary;
}

const isMonth = (date: SummaryDate): date is Month => date.length === 7;
