import { dimensionNames } from '../core/counters/dimensions.ts';
import type { Report } from '../core/report/report.ts';
import { fitting } from './fitting.ts';

/** The panels that have a CSV: the series of the range, the pages, each dimension, and the refused hits. */
export const panelNames = ['range', 'pages', ...dimensionNames, 'not-counted', 'bots'] as const;
export type PanelName = (typeof panelNames)[number];

/** Rows of cells. The first row holds the titles of the columns. */
export type CsvRows = (string | number)[][];

// An answer of a function holds 6 MB, escaped as JSON once more.
const maxBytes = 2_500_000;

/** Returns the table of a panel. `previous` is the report of the earlier range. A last row says if others are missing. */
export function csvRows(panel: PanelName, report: Report, previous: Report | undefined): CsvRows {
  const rows = wholeTable(panel, report, previous);
  const first = fitting(rows, maxBytes);
  const isCut = first.length < rows.length || (panel === 'pages' && report.pagesTruncated);
  return isCut ? [...first, ['(truncated)']] : rows;
}

function wholeTable(panel: PanelName, report: Report, previous: Report | undefined): CsvRows {
  const { metric, series, pages, visitsBy, events, refusals, bots, totals } = report;
  const before = previous?.series ?? [];
  if (panel === 'range')
    return [
      ['date', metric, 'previous date', 'previous'],
      // The two ranges can differ by some days, such as those of two months.
      ...Array.from({ length: Math.max(series.length, before.length) }, (_, i) =>
        [series[i], before[i]].flatMap((point) => (point ? [point.date, point.count] : ['', ''])),
      ),
    ];
  if (panel === 'pages') {
    const known = (['views', 'visitors', 'visits', 'events'] as const).filter((each) =>
      pages.some((page) => page.totals[each] !== undefined),
    );
    return [['url', ...known], ...pages.map((page) => [page.url, ...known.map((each) => page.totals[each] ?? 0)])];
  }
  if (panel === 'not-counted') return [['reason', 'hits'], ...refusals.map(({ name, count }) => [name, count])];
  if (panel === 'bots') return [['bot', 'hits'], ...bots.map(({ name, count }) => [name, count])];
  if (panel === 'event') return [['event', 'events'], ...events.map(({ name, count }) => [name, count])];
  const share = (count: number) => (totals.visits ? Number((count / totals.visits).toFixed(4)) : '');
  return [
    [panel, 'visits', 'share'],
    ...(visitsBy.get(panel) ?? []).map(({ name, count }) => [name, count, share(count)]),
  ];
}
