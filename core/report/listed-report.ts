import { compareWith } from './compare-with.ts';
import { listedPages, sortedPages } from './page-list.ts';
import type { Page, Report } from './report.ts';
import type { Scope } from './scope.ts';

/** Returns a report with the pages that its scope lists, in their order, and with the counts of the earlier report. */
export function listedReport(report: Report, previous: Report | undefined, { list, filter }: Scope): Report {
  const isFiltered = filter.page !== undefined || filter.name !== undefined;
  const earlier = previous && (isFiltered || hasCounts(previous)) ? previous : undefined;
  if (!list) return compareWith(report, earlier);
  const listed = (each: Report) => ({ ...each, pages: listedPages(each, list, filter.page) });
  const before = earlier && listed(earlier);
  const compared = compareWith(listed(report), before);
  const gone = list.sort === 'change' && before && !report.pagesTruncated ? gonePages(compared, before) : [];
  const { metric } = report;
  return { ...compared, pages: sortedPages({ pages: [...compared.pages, ...gone], metric }, list) };
}

// Of an earlier range without any count, all is new, which says nothing. More likely nobody counted then.
const hasCounts = ({ totals }: Report) => Object.values(totals).some((count) => count > 0);

/** Returns the pages of the earlier report that have no counts now. Their change is part of what moved. */
function gonePages({ pages, series, metric }: Report, earlier: Report): Page[] {
  const here = new Set(pages.map(({ url }) => url));
  const zeros = series.map(() => 0);
  return earlier.pages
    .filter(({ url, totals }) => totals[metric] && !here.has(url))
    .map(({ url, totals }) => ({ url, totals: {}, series: zeros, sources: new Map(), previous: totals }));
}
