import type { Count, Metrics, Report } from './report.ts';

/** Returns a report of fractions in whole numbers, without the entries that are then 0. */
export function rounded(report: Report): Report {
  const { totals, totalsByPoint, series, metric, pages, unassigned, sites, sources, visitsBy, events, refusals, bots } =
    report;
  return {
    ...report,
    totals: roundedMetrics(totals),
    totalsByPoint: totalsByPoint.map(roundedMetrics),
    series: series.map(({ date, count }) => ({ date, count: Math.round(count) })),
    pages: pages
      .map((page) => ({ ...page, totals: roundedMetrics(page.totals) }))
      .filter(({ totals }) => (totals[metric] ?? 0) > 0 || (totals.events ?? 0) > 0),
    unassigned: Math.round(unassigned),
    withoutPage: Math.round(report.withoutPage),
    sites: sites.map((each) => ({ ...each, totals: roundedMetrics(each.totals), series: each.series.map(Math.round) })),
    sources: roundedCounts(sources),
    visitsBy: new Map([...visitsBy].map(([dimension, counts]) => [dimension, roundedCounts(counts)])),
    events: roundedCounts(events),
    refusals: roundedCounts(refusals),
    bots: roundedCounts(bots),
  };
}

const roundedMetrics = (metrics: Metrics): Metrics =>
  Object.fromEntries(Object.entries(metrics).map(([metric, count]) => [metric, Math.round(count)]));

const roundedCounts = (counts: Count[]): Count[] =>
  counts.map(({ name, count }) => ({ name, count: Math.round(count) })).filter(({ count }) => count > 0);
