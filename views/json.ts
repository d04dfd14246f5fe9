import { dimensions } from '../core/filter.ts';
import type { Report, Scope } from '../core/report.ts';

/** A report as programs read it; docs/api.md tells what is what. */
export function jsonOf({ range, filter, site }: Scope, report: Report, before: Report): object {
  const { page, name } = filter;
  return {
    range: { from: range.days[0], to: range.days.at(-1), period: range.period ?? null, unit: range.unit },
    site: site ?? null,
    filter: { ...(page !== undefined && { page }), ...(name && { [name.kind]: name.name }) },
    totals: report.totals,
    before: before.totals,
    measure: report.measure,
    bars: report.bars.map(({ at, count }, i) => ({ at, count, before: before.bars[i]?.count ?? 0 })),
    pages: report.pages.map(({ url, sums }) => ({ url, ...sums })),
    pagesComplete: !report.someDropped,
    viewsBySource: report.sources,
    visitsBy: Object.fromEntries(dimensions.map((dimension) => [dimension, report.visitsBy.get(dimension) ?? []])),
    events: report.events,
    notCounted: report.refusals,
  };
}
