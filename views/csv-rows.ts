import { dimensionNames } from '../core/counters/dimensions.ts';
import type { Count, Page, Report } from '../core/report/report.ts';
import { fitting } from './fitting.ts';

/** The panels that have a CSV: the series of the range, the pages, each dimension, the refused hits, hours, and flows. */
export const panelNames = [
  'range',
  'pages',
  ...dimensionNames,
  'not-counted',
  'bots',
  'hours',
  'read-before',
  'read-next',
] as const;
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
  if (panel === 'pages') return pageRows(pages);
  const rowsOf = (title: string, unit: string, counts: Count[]) => [
    [title, unit, 'previous'],
    ...counts.map(({ name, count, previous }) => [name, count, previous ?? '']),
  ];
  if (panel === 'hours')
    return [
      ['date', 'hour', 'views'],
      ...[...report.hoursByDay]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([day, hours]) => hours.map((views, hour) => [day, hour, views])),
    ];
  if (panel === 'not-counted') return rowsOf('reason', 'hits', refusals);
  if (panel === 'bots') return rowsOf('bot', 'hits', bots);
  if (panel === 'read-before') return rowsOf('page', 'views', report.flows?.before ?? []);
  if (panel === 'read-next') return rowsOf('page', 'views', report.flows?.next ?? []);
  if (panel === 'event') return rowsOf('event', 'events', events);
  const share = (count: number) => (totals.visits ? Number((count / totals.visits).toFixed(4)) : '');
  return [
    [panel, 'visits', 'share', 'previous'],
    ...(visitsBy.get(panel) ?? []).map(({ name, count, previous }) => [name, count, share(count), previous ?? '']),
  ];
}

function pageRows(pages: Page[]): CsvRows {
  const known = (['views', 'visitors', 'visits', 'events'] as const).filter((each) =>
    pages.some((page) => page.totals[each] !== undefined),
  );
  return [
    ['url', ...known, ...known.map((each) => `previous ${each}`)],
    ...pages.map(({ url, totals, previous }) => [
      url,
      ...known.map((each) => totals[each] ?? 0),
      ...known.map((each) => (previous ? (previous[each] ?? 0) : '')),
    ]),
  ];
}
