import type { Counters } from '../../../core/counters/names.ts';
import { type Summary, siteOfRow } from '../../../core/counters/summary.ts';
import { type Builders, builderOf } from '../../../core/counters/summary-builder.ts';
import type { SummaryDate } from '../../../core/report/parts.ts';

/** A row of a day, as stored. */
export interface DatedRow {
  date: SummaryDate;
  url: string;
  counters: Counters;
}

/** Returns the summaries of rows, one for each date and site. */
export function summarize(rows: DatedRow[]): { summary: Summary; site: string; date: SummaryDate }[] {
  return [...Map.groupBy(rows, ({ date }) => date)].flatMap(([date, ofDate]) => {
    const builders: Builders = new Map();
    for (const { url, counters } of ofDate)
      builderOf(builders, siteOfRow(url)).addRow(url, new Map(Object.entries(counters)));
    return [...builders].map(([site, builder]) => ({ summary: builder.summary(), site, date }));
  });
}
