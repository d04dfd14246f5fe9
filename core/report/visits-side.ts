import { addTo } from '../counters/counter-sums.ts';
import { type VisitDimension, visitDimensions } from '../counters/dimensions.ts';
import { countsByPage, type Summary } from '../counters/summary.ts';
import type { Report } from './report.ts';

/** Visits of a range, by the page that they began on and by the names of each dimension. */
export interface VisitsSide {
  visits: number;
  byPage: Map<string, number>;
  byName: Map<VisitDimension, Map<string, number>>;
}

export const noVisits = (): VisitsSide => ({
  visits: 0,
  byPage: new Map(),
  byName: new Map(visitDimensions.map((dimension) => [dimension, new Map()])),
});

/** Returns the visits of a report. */
export const sideOfReport = ({
  totals,
  pages,
  visitsBy,
}: Pick<Report, 'totals' | 'pages' | 'visitsBy'>): VisitsSide => ({
  visits: totals.visits ?? 0,
  byPage: new Map(pages.map(({ url, totals }) => [url, totals.visits ?? 0])),
  byName: new Map(
    [...visitsBy].map(([name, counts]) => [name, new Map(counts.map(({ name, count }) => [name, count]))]),
  ),
});

/** Adds the visits of counters. */
export function addCounters(side: VisitsSide, counters: ReadonlyMap<string, number>): void {
  side.visits += counters.get('visits') ?? 0;
  counters.forEach((count, counter) => {
    const end = counter.indexOf('_');
    const names = side.byName.get(counter.slice(0, Math.max(0, end)) as VisitDimension);
    if (names) addTo(names, counter.slice(end + 1), count);
  });
}

/** Adds the visits of a summary. */
export function addSummaryTo(side: VisitsSide, summary: Summary): void {
  addCounters(side, summary.totals);
  for (const [i, count] of countsByPage(summary, 'visits').entries())
    if (count !== 0) addTo(side.byPage, summary.pages[i] ?? '', count);
}
