import type { Day } from '../../core/calendar/day.ts';
import { monthOf } from '../../core/calendar/month.ts';
import { yearOf } from '../../core/calendar/year.ts';
import type { Caps } from '../../core/counters/caps.ts';
import { addTo } from '../../core/counters/counter-sums.ts';
import { eventCounters, viewCounters } from '../../core/counters/hit-counters.ts';
import { importedPage } from '../../core/counters/imported-page.ts';
import type { Counters } from '../../core/counters/names.ts';
import { type SummaryCaps, summaryBuilder } from '../../core/counters/summary-builder.ts';
import type { ImportedSummary } from '../../store/imports.ts';
import type { Told } from '../format.ts';
import { cappedDay } from './capped-day.ts';
import type { DayFiles } from './day-files.ts';
import type { DayCounts, DayRecord, DayView } from './day-record.ts';
import { unnamedVisits } from './unnamed-visits.ts';
import { visitsOfDay } from './visits.ts';

/** How to add up. */
export interface AddingUp {
  caps: Caps;
  summaryCaps: SummaryCaps;
  /** Takes how many visitors and visits the views of a day have. */
  tell: (told: Told) => void;
}

/** Yields the summaries of all days, and of each month and year after its last day. Memory holds a part of a day. */
export function* summariesOf(files: DayFiles<DayRecord>, options: AddingUp): Generator<ImportedSummary> {
  const { summaryCaps } = options;
  const days = files.days();
  let month = summaryBuilder();
  let year = summaryBuilder();
  let pages: ReadonlySet<string> = new Set();
  for (const [i, day] of days.entries()) {
    const rows = rowsOf(files, day, pages, options);
    pages = new Set(rows.keys());
    const builder = summaryBuilder();
    for (const [url, counters] of rows) builder.addImported(url, counters);
    const summary = builder.summary(summaryCaps);
    month.addSummary(summary);
    yield { date: day, summary };
    const next = days[i + 1];
    if (next && monthOf(next) === monthOf(day)) continue;
    const ofMonth = month.summary(summaryCaps);
    year.addSummary(ofMonth);
    yield { date: monthOf(day), summary: ofMonth };
    month = summaryBuilder();
    if (next && yearOf(next) === yearOf(day)) continue;
    yield { date: yearOf(day), summary: year.summary(summaryCaps) };
    year = summaryBuilder();
  }
}

/** Returns the counters of a day by page. */
function rowsOf(
  files: DayFiles<DayRecord>,
  day: Day,
  pagesBefore: ReadonlySet<string>,
  { caps, tell }: AddingUp,
): Map<string, Map<string, number>> {
  const { add, rows } = cappedDay(caps, pagesBefore);
  for (const records of files.parts(day)) {
    const { views = [], counts = [] } = Object.groupBy(records, (record) => ('time' in record ? 'views' : 'counts'));
    for (const [url, counters] of highestFirst(counts as DayCounts[])) add(url, counters);
    const visits = visitsOfDay();
    for (const view of (views as DayView[]).sort((a, b) => a.time - b.time)) {
      if (view.event !== '') add(view.url, eventCounters(view, visits.linkOf(view)));
      else add(view.url, viewCounters(view, { day, minute: '', hour: view.hour }, visits.next(view)));
    }
    tell(visits.found());
  }
  const unnamed = unnamedVisits(rows().values());
  if (Object.keys(unnamed).length > 0) add(importedPage, unnamed);
  tell({ visits: unnamed.visits ?? 0 });
  return rows();
}

/** Returns counters by page, those with the highest counts first: the rare ones then are past a cap. */
function highestFirst(counts: DayCounts[]): [string, Counters][] {
  const byPage = new Map<string, Map<string, number>>();
  for (const { url, counters } of counts) {
    const sums = byPage.get(url) ?? new Map<string, number>();
    for (const [name, count] of Object.entries(counters)) addTo(sums, name, count);
    byPage.set(url, sums);
  }
  const views = (sums: Map<string, number>) => sums.get('views') ?? 0;
  return [...byPage]
    .sort(([, a], [, b]) => views(b) - views(a))
    .map(([url, sums]) => [url, Object.fromEntries([...sums].sort(([, a], [, b]) => b - a))]);
}
