import { kinds } from '../core/filter.ts';
import type { Report } from '../core/report.ts';

/** The panels of a dashboard that there is a table of: the bars of its range, its pages, and each list by its kind. */
export const panels = ['range', 'pages', ...kinds, 'not-counted'] as const;
export type Panel = (typeof panels)[number];

/** Rows of cells, the first of them the titles of the columns. */
export type Table = (string | number)[][];

/** What a panel shows, all of it. */
export function tableOf(panel: Panel, report: Report, before: Report): Table {
  const { measure, bars, pages, visitsBy, events, refusals, totals } = report;
  if (panel === 'range')
    return [['at', measure, 'before'], ...bars.map(({ at, count }, i) => [at, count, before.bars[i]?.count ?? 0])];
  if (panel === 'pages') {
    const sums = (['views', 'visitors', 'entries', 'visits', 'times'] as const).filter((sum) =>
      pages.some((page) => page.sums[sum] !== undefined),
    );
    return [['url', ...sums], ...pages.map((page) => [page.url, ...sums.map((sum) => page.sums[sum] ?? 0)])];
  }
  if (panel === 'not-counted') return [['reason', 'hits'], ...refusals.map(({ name, count }) => [name, count])];
  const [counts, counted] = panel === 'event' ? [events, 'times'] : [visitsBy.get(panel) ?? [], 'visits'];
  const share = (count: number) => (totals.visits ? Number((count / totals.visits).toFixed(4)) : '');
  return [
    [panel, counted, ...(panel === 'event' ? [] : ['share'])],
    ...counts.map(({ name, count }) => [name, count, ...(panel === 'event' ? [] : [share(count)])]),
  ];
}
