import { visitDimensions } from '../core/counters/dimensions.ts';
import type { Report, Scope, Summary } from '../core/report/report.ts';

/** Returns a report as JSON. docs/api.md defines each field. */
export function statsJson({ range, filter, site }: Scope, report: Report, previous: Summary): object {
  const { page, name } = filter;
  return {
    range: { from: range.days[0], to: range.days.at(-1), period: range.period ?? null, unit: range.unit },
    site: site ?? null,
    filter: { ...(page !== undefined && { page }), ...(name && { [name.dimension]: name.name }) },
    totals: report.totals,
    previous: previous.totals,
    metric: report.metric,
    series: report.series.map(({ date, count }, i) => ({ date, count, previous: previous.series[i]?.count ?? 0 })),
    pages: report.pages.map(({ url, totals }) => ({ url, ...totals })),
    truncated: report.truncated,
    viewsBySource: report.sources,
    visitsBy: Object.fromEntries(visitDimensions.map((dimension) => [dimension, report.visitsBy.get(dimension) ?? []])),
    events: report.events,
    notCounted: report.refusals,
  };
}
