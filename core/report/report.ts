import type { TimeOfDay } from '../calendar/day.ts';
import { addAll, counterSums } from '../counters/counter-sums.ts';
import { type VisitDimension, visitDimensions } from '../counters/dimensions.ts';
import { importedPage } from '../counters/imported-page.ts';
import { siteOf, sourcePrefix } from '../counters/names.ts';
import { countersOfSome, countsByPage, noSite, type Summary } from '../counters/summary.ts';
import {
  type CounterOf,
  countersOfPages,
  countersOfTotals,
  type Metric,
  metricOf,
  withoutUncounted,
} from './filter.ts';
import { isShownBy } from './folders.ts';
import { addHours, type HoursByDay } from './heat-map.ts';
import { type ColumnOfPages, pageSums } from './page-sums.ts';
import type { SummaryDate } from './parts.ts';
import { pointTotals } from './point-totals.ts';
import { hitsByBotFamily, hitsByReason } from './refusals.ts';
import { rounded } from './rounded.ts';
import type { Scope } from './scope.ts';
import { hourCounter, type Point } from './series.ts';
import { type SiteCounts, siteSums } from './site-sums.ts';
import { summaryUntil } from './summary-until.ts';
import { dateIn } from './unit.ts';

/** A name and how often it was counted. */
export interface Count {
  name: string;
  count: number;
  /** The count in the earlier range. Undefined if it is unknown, or if there is none. */
  previous?: number;
}

/** Totals by metric, without those that are unknown under the filter. */
export type Metrics = Partial<Record<Metric, number>>;

/** The numbers of a dashboard. All lists but the series are sorted, highest count first. */
export interface Report {
  /**
   * The sums of all days. A visitor on two days or two sites counts twice. `unlinked` visits have no visitor record.
   * `engaged` visits have a second view. Under a source or a campaign, `linked` visits have a record. `seconds` are from the first view of a visit to its last.
   */
  totals: Metrics;
  /** One point for each unit of the range. Empty if the filter makes them unknown. */
  series: Point[];
  /** The totals of each point of the series. Hours have views only. */
  totalsByPoint: Metrics[];
  /** The metric of the series. Pages are sorted by it. It is views for hours. */
  metric: Metric;
  pages: Page[];
  /** Whether there were too many pages. Those with the lowest counts are then missing. */
  pagesTruncated: boolean;
  /** Whether there were too many names. Those with the lowest counts are then in `(other)`. */
  namesTruncated: boolean;
  /** How much of the metric stands in `(other)` pages, which belong to no site. 0 in a report of all sites. */
  unassigned: number;
  /** How much of the metric was imported without a page, so that the filter by page leaves it out. 0 without such a filter. */
  withoutPage: number;
  /** Each site by itself. Empty in a report of one site. */
  sites: SiteCounts[];
  /** Views by `utm_source`. */
  sources: Count[];
  /** Visits by dimension. A visit without a utm parameter is missing from that dimension. */
  visitsBy: Map<VisitDimension, Count[]>;
  events: Count[];
  /** Hits that are not counted, by reason. Those that name no site are in a report of all sites only. */
  refusals: Count[];
  /** The bots among them, by family. */
  bots: Count[];
  /** Views by day and hour. Empty under a name, and if months or years are read as a whole. */
  hoursByDay: HoursByDay;
  /** What people read before and after the one page of the filter. Only the lake knows. */
  flows?: Flows | undefined;
}

/** Views of a page by the page of the site that led there, and of other pages that it led to. */
export interface Flows {
  before: Count[];
  next: Count[];
}

/** One page of a report. */
export interface Page {
  url: string;
  totals: Metrics;
  /** Counts in the order of the report's series. */
  series: number[];
  /** Views by `utm_source`. */
  sources: Map<string, number>;
  /** The totals in the earlier range. Undefined if they are unknown, or if there is none. */
  previous?: Metrics;
}

// Past so many pages or counters, the half with the lowest counts is dropped.
const maxHeld = 20_000;

/**
 * Adds up the summaries of a range. With `until`, its last day counts up to that time. Of an earlier range, the pages have
 * totals only.
 */
export function reporter(
  { range, filter, site, metric: chosen }: Scope,
  { until, isEarlier = false }: { until?: TimeOfDay | undefined; isEarlier?: boolean } = {},
): {
  /** Adds the summary of one site, or of no site, on a date: a day, or the month or year whose days are all in the range. */
  add(summary: Summary, of: { site: string; date: SummaryDate }): void;
  report(): Report;
} {
  const ofTotals = entriesOf(countersOfTotals(filter));
  const ofPages = entriesOf(countersOfPages(filter));
  const [metric, counter] = metricOf(filter, range.unit === 'hour' ? undefined : chosen);
  // The events of a campaign happen on pages that its visits did not begin on, too.
  const columnOfEvents = ofPages.findIndex(([each]) => each === 'events');
  const counterOfPages = countersOfPages(filter)[metric] ?? counter;
  const points = pointTotals({ range, filter }, until?.hour);
  const { dates } = points;
  const indexOf = new Map(dates.map((date, i) => [date, i]));
  const totals = counterSums(maxHeld);
  const sums = pageSums(ofPages.length, dates.length, maxHeld);
  const { page } = filter;
  const isShown = page === undefined ? undefined : isShownBy(page);
  const refusals = new Map<string, number>();
  const bySite = siteSums({ range, filter }, metric, until);
  const hoursByDay: HoursByDay = new Map();
  let unassigned = 0;
  let withoutPage = 0;

  /** Returns the points of the series that a summary adds to, each with the counts by page. */
  function seriesOf(summary: Summary, date: SummaryDate): ColumnOfPages[] {
    if (range.unit === 'hour') return dates.map((hour, i) => [i, countsByPage(summary, hourCounter(hour))]);
    const point = indexOf.get(dateIn(range.unit, date));
    return point === undefined ? [] : [[point, countsByPage(summary, counterOfPages)]];
  }

  /** Returns the counts of a page by metric, of those that are known of all pages. */
  const metricsOf = (counts: number[], ofAll: Metrics): Metrics =>
    Object.fromEntries(
      ofPages.flatMap(([each], column) => (ofAll[each] === undefined ? [] : [[each, counts[column] ?? 0]])),
    );

  return {
    add(whole, of) {
      const summary = until && of.date === range.days.at(-1) ? summaryUntil(whole, until) : whole;
      if (site !== undefined && of.site !== siteOf(site)) {
        if (of.site === noSite && page === undefined) unassigned += summary.totals.get(counter) ?? 0;
        return;
      }
      if (page === undefined && !filter.name) addAll(refusals, summary.refusals);
      const counters = isShown ? countersOfSome(summary, isShown) : summary.totals;
      totals.add(counters);
      if (!filter.name && range.unit !== 'month' && range.unit !== 'year') addHours(hoursByDay, of.date, counters);
      points.add(counters, of.date);
      if (site === undefined) bySite.add(of.site, counters, of.date);
      const inMetric = countsByPage(summary, counterOfPages);
      if (isShown && !isShown(importedPage)) withoutPage += inMetric[summary.pages.indexOf(importedPage)] ?? 0;
      const ofSummary = {
        inMetric,
        totals: ofPages.map(([, name], column): ColumnOfPages => [column, countsByPage(summary, name)]),
        series: isEarlier ? [] : seriesOf(summary, of.date),
        sources: isEarlier ? new Map() : summary.names,
      };
      sums.add(summary, ofSummary, isShown);
    },
    report() {
      // Counters do not tell what a name has in common with others.
      const namesOf = (prefix: string) => (filter.name ? [] : sorted(totals.startingWith(prefix)));
      const sumsOfAll: Metrics = Object.fromEntries(ofTotals.map(([each, name]) => [each, totals.of(name)]));
      const known = withoutUncounted(sumsOfAll, filter);
      const report: Report = {
        totals: known,
        series: dates.map((date, i) => ({ date, count: points.all()[i]?.[metric] ?? 0 })),
        totalsByPoint: points.all(),
        metric,
        pages: sums
          .pages(columnOfEvents)
          .map(({ url, totals, series, sources }) => ({ url, totals: metricsOf(totals, known), series, sources }))
          .sort((a, b) => (b.totals[metric] ?? 0) - (a.totals[metric] ?? 0) || byText(a.url, b.url)),
        pagesTruncated: sums.isTruncated(),
        namesTruncated: totals.isTruncated(),
        unassigned,
        withoutPage,
        sites: bySite.all(),
        sources: namesOf(sourcePrefix),
        visitsBy: new Map(visitDimensions.map((dimension) => [dimension, namesOf(`${dimension}_`)])),
        events: namesOf('event_'),
        refusals: sorted(hitsByReason(refusals)),
        bots: sorted(hitsByBotFamily(refusals)),
        hoursByDay,
      };
      return until ? rounded(report) : report;
    },
  };
}

const entriesOf = (counterOf: CounterOf) => Object.entries(counterOf) as [Metric, string][];

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (counts: Map<string, number>): Count[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || byText(a.name, b.name));
