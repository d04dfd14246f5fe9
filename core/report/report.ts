import type { Day } from '../calendar/day.ts';
import type { Month } from '../calendar/month.ts';
import { addChannels } from '../counters/channels.ts';
import { type VisitDimension, visitDimensions } from '../counters/dimensions.ts';
import { type Counters, isNotCounted, notCountedOf, other, sourcePrefix } from '../counters/names.ts';
import { addTo, counterSums } from './counter-sums.ts';
import { type CounterOf, countersOfPages, countersOfTotals, type Filter, type Metric } from './filter.ts';
import { highest } from './highest.ts';
import type { Range } from './range.ts';
import { hitsByBotFamily, hitsByReason } from './refusals.ts';
import { hourCounter, type Point, seriesDates } from './series.ts';
import { dateIn } from './unit.ts';

/** The counters of one page on one day, or in one rolled-up month. */
export interface StoredRow {
  partition: Day | Month;
  url: string;
  counters: Counters;
}

/** The same with a map, which takes the made-up names of a flood in a fraction of an object's time. */
export interface Row extends Omit<StoredRow, 'counters'> {
  counters: Map<string, number>;
}

/** The days, pages and visits that a report covers. */
export interface Scope {
  range: Range;
  filter: Filter;
  /** One site. Undefined means all. */
  site?: string | undefined;
}

/** A name and how often it was counted. */
export interface Count {
  name: string;
  count: number;
}

/** Totals by metric, without those that are unknown under the filter. */
export type Metrics = Partial<Record<Metric, number>>;

/** The sums of a range. Of an earlier range, for comparison, nothing else is read. */
export interface Summary {
  /**
   * The sums of all days. A visitor on two days or two sites counts twice. `unlinked` visits have no visitor record.
   * `engaged` visits have a second view. `seconds` are from the first view of a visit to its last.
   */
  totals: Metrics;
  /** One point for each unit of the range. Empty if the filter makes them unknown. */
  series: Point[];
}

/** The numbers of a dashboard. All lists but the series are sorted, highest count first. */
export interface Report extends Summary {
  /** The metric of the series. Pages are sorted by it. */
  metric: Metric;
  pages: Page[];
  /** Whether there were too many pages. Those with the lowest counts are then missing. */
  pagesTruncated: boolean;
  /** Whether there were too many names. Those with the lowest counts are then in `(other)`. */
  namesTruncated: boolean;
  /** How much of the metric stands in `(other)` pages, which belong to no site. 0 in a report of all sites. */
  unassigned: number;
  /** Views by `utm_source`. */
  sources: Count[];
  /** Visits by dimension. A visit without a utm parameter is missing from that dimension. */
  visitsBy: Map<VisitDimension, Count[]>;
  events: Count[];
  /** Hits that are not counted, by reason. Those that name no site are in a report of all sites only. */
  refusals: Count[];
  /** The bots among them, by family. */
  bots: Count[];
}

/** One page of a report. */
export interface Page {
  url: string;
  totals: Metrics;
  /** Counts in the order of the report's series. */
  series: number[];
  /** Views by `utm_source`. */
  sources: Map<string, number>;
}

// Past so many pages or counters, the half with the lowest counts is dropped.
const maxHeld = 20_000;

/** Adds up rows as they arrive, so that memory does not hold all of them. */
export function reporter({ range, filter, site }: Scope): {
  add(rows: Row[]): void;
  summary(): Summary;
  report(): Report;
} {
  const ofTotals = entriesOf(countersOfTotals(filter));
  const ofPages = entriesOf(countersOfPages(filter));
  const [metric, counter] = ofTotals[0] ?? ['views', 'views'];
  const dates = seriesDates(range, filter);
  const indexOf = new Map(dates.map((date, i) => [date, i]));
  const counts = dates.map(() => 0);
  const totals = counterSums(maxHeld);
  let pages = new Map<string, Page>();
  const refusals = new Map<string, number>();
  const origins = site === undefined ? undefined : originsOf(site);
  let pagesTruncated = false;
  let unassigned = 0;

  function addRow({ partition, url, counters }: Row): void {
    if (isNotCounted(url)) {
      if (site !== undefined && url !== notCountedOf(site)) return;
      for (const [reason, hits] of counters) addTo(refusals, reason, hits);
      return;
    }
    if (filter.page !== undefined && url !== filter.page) return;
    addChannels(counters);
    const inMetric = counters.get(counter) ?? 0;
    if (origins && !origins.some((origin) => url.startsWith(origin))) {
      if (url === other) unassigned += inMetric;
      return;
    }
    totals.add(counters);
    if (inMetric === 0) return;
    const page: Page = pages.get(url) ?? { url, totals: {}, series: dates.map(() => 0), sources: new Map() };
    pages.set(url, page);
    for (const [each, name] of ofPages) page.totals[each] = (page.totals[each] ?? 0) + (counters.get(name) ?? 0);
    counters.forEach((count, name) => {
      if (name.startsWith(sourcePrefix)) addTo(page.sources, name.slice(sourcePrefix.length), count);
    });
    if (range.unit === 'hour') for (const date of dates) addToSeries(page, date, counters.get(hourCounter(date)));
    else addToSeries(page, dateIn(range.unit, partition), inMetric);
  }

  function addToSeries(page: Page, date: string, count = 0): void {
    const i = indexOf.get(date);
    if (i === undefined) return;
    counts[i] = (counts[i] ?? 0) + count;
    page.series[i] = (page.series[i] ?? 0) + count;
  }

  function dropRarePages(): void {
    if (pages.size <= maxHeld) return;
    pages = highest(pages, maxHeld / 2, ({ totals }) => totals[metric] ?? 0);
    pagesTruncated = true;
  }

  const summary = (): Summary => ({
    totals: Object.fromEntries(ofTotals.map(([each, name]) => [each, totals.of(name)])),
    series: dates.map((date, i) => ({ date, count: counts[i] ?? 0 })),
  });

  return {
    add(rows) {
      rows.forEach(addRow);
      dropRarePages();
    },
    summary,
    report() {
      // Counters do not tell what a name has in common with others.
      const namesOf = (prefix: string) => (filter.name ? [] : sorted(totals.startingWith(prefix)));
      return {
        ...summary(),
        metric,
        pages: [...pages.values()].sort(
          (a, b) => (b.totals[metric] ?? 0) - (a.totals[metric] ?? 0) || byText(a.url, b.url),
        ),
        pagesTruncated,
        namesTruncated: totals.isTruncated(),
        unassigned,
        sources: namesOf(sourcePrefix),
        visitsBy: new Map(visitDimensions.map((dimension) => [dimension, namesOf(`${dimension}_`)])),
        events: namesOf('event_'),
        refusals: sorted(hitsByReason(refusals)),
        bots: sorted(hitsByBotFamily(refusals)),
      };
    },
  };
}

/** Returns the counters that a summary needs. Undefined means all: referrers tell the channels of older visits. */
export function countersOfSummary({ range, filter }: Scope): string[] | undefined {
  if (filter.name?.dimension === 'channel') return undefined;
  const hours = range.unit === 'hour' ? seriesDates(range, filter).map(hourCounter) : [];
  return [...Object.values(countersOfTotals(filter)), ...hours];
}

/** Returns the beginnings of the URLs of a site's pages, with `www.` and without. */
function originsOf(site: string): string[] {
  const bare = site.replace(/^www\./, '');
  return ['https://', 'http://'].flatMap((scheme) => [`${scheme}${bare}/`, `${scheme}www.${bare}/`]);
}

const entriesOf = (counterOf: CounterOf) => Object.entries(counterOf) as [Metric, string][];

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (counts: Map<string, number>): Count[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || byText(a.name, b.name));
