import type { Count, Metrics, Page, Report } from './report.ts';
import type { SiteCounts } from './site-sums.ts';

/**
 * Returns a report whose pages and names have their earlier counts, joined by name. What the earlier report does not have
 * was 0, unless that report had to drop the lowest counts: then it is unknown. Without an earlier report, returns the same.
 */
export function compareWith(report: Report, earlier: Report | undefined): Report {
  if (!earlier) return report;
  const rest = earlier.namesTruncated ? undefined : 0;
  const names = (counts: Count[], before: Count[], ofMissing = rest) => comparedNames(counts, before, ofMissing);
  return {
    ...report,
    pages: comparedPages(report.pages, earlier),
    sites: comparedSites(report, earlier.sites),
    sources: names(report.sources, earlier.sources),
    visitsBy: new Map(
      [...report.visitsBy].map(([dimension, counts]) => [
        dimension,
        names(counts, earlier.visitsBy.get(dimension) ?? []),
      ]),
    ),
    events: names(report.events, earlier.events),
    refusals: names(report.refusals, earlier.refusals, 0),
    bots: names(report.bots, earlier.bots, 0),
  };
}

/** Returns names with their earlier counts. Those that are missing before have `ofMissing`. */
export function comparedNames(counts: Count[], before: Count[], ofMissing: number | undefined): Count[] {
  const earlier = new Map(before.map(({ name, count }) => [name, count]));
  return counts.map(({ name, count }) => ({ name, count, ...known(earlier.get(name) ?? ofMissing) }));
}

function comparedPages(pages: Page[], { pages: before, pagesTruncated }: Report): Page[] {
  const earlier = new Map(before.map(({ url, totals }) => [url, totals]));
  return pages.map((page) => ({
    ...page,
    ...known(earlier.get(page.url) ?? (pagesTruncated ? undefined : zeros(page))),
  }));
}

/** Returns the sites of both reports. One that has no counts now comes last, with zeros. */
function comparedSites({ sites, series }: Report, before: SiteCounts[]): SiteCounts[] {
  const earlier = new Map(before.map((each) => [each.site, each]));
  const here = new Set(sites.map(({ site }) => site));
  const gone = before
    .filter(({ site }) => !here.has(site))
    .map((each) => ({ site: each.site, totals: zeros(each), series: series.map(() => 0) }));
  return [...sites, ...gone].map((each) => ({ ...each, previous: earlier.get(each.site)?.totals ?? zeros(each) }));
}

const zeros = ({ totals }: { totals: Metrics }): Metrics =>
  Object.fromEntries(Object.keys(totals).map((metric) => [metric, 0]));

const known = <Value>(previous: Value | undefined) => (previous === undefined ? {} : { previous });
