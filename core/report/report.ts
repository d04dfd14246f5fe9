import type { Day } from '../calendar/day.ts';
import { type Month, monthOf } from '../calendar/month.ts';
import { type DimensionName, type VisitDimension, visitDimensions } from '../counters/dimensions.ts';
import { type Counters, notCounted, plainCounters, sourcePrefix, splitCounter } from '../counters/names.ts';
import { type CounterOf, countersOfPages, countersOfTotals, type Filter, type Metric } from './filter.ts';
import type { Range } from './range.ts';

/** The counters of one page on one day, or in one rolled-up month, as stored. */
export interface Row {
  partition: Day | Month;
  url: string;
  counters: Counters;
}

/** The days, pages and visits that a report covers. */
export interface Scope {
  range: Range;
  filter: Filter;
  /** One site. Undefined means all. Hits that are not counted belong to no site. */
  site?: string | undefined;
}

/** A name and how often it was counted. */
export interface Count {
  name: string;
  count: number;
}

/** Totals by metric, without those that are unknown under the filter. */
export type Metrics = Partial<Record<Metric, number>>;

/** The count of an hour (`2026-11-21T07`), a day (`2026-11-21`) or a month (`2026-11`). */
export interface Point {
  date: string;
  count: number;
}

/** The sums of a range. Of an earlier range, for comparison, nothing else is read. */
export interface Summary {
  /**
   * The sums of all days. A visitor on two days or two sites counts twice. `unlinked` visits have no visitor record.
   * `engaged` visits have a second view. `seconds` are from the first view of a visit to its last.
   */
  totals: Metrics;
  /** One point for each hour, day or month of the range. Empty if the filter makes them unknown. */
  series: Point[];
}

/** The numbers of a dashboard. All lists but the series are sorted, highest count first. */
export interface Report extends Summary {
  /** The metric of the series. Pages are sorted by it. */
  metric: Metric;
  pages: Page[];
  /** Whether pages with the lowest counts were dropped because there were too many. */
  truncated: boolean;
  /** Views by `utm_source`. */
  sources: Count[];
  /** Visits by dimension. A visit without a utm parameter is missing from that dimension. */
  visitsBy: Map<VisitDimension, Count[]>;
  events: Count[];
  /** Hits that are not counted, by reason. */
  refusals: Count[];
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
const maxHeld = 40_000;

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
  const totals = new Map<string, number>();
  const pages = new Map<string, Page>();
  const refusals = new Map<string, number>();
  const origins = site === undefined ? undefined : originsOf(site);
  let truncated = false;

  function addRow({ partition, url, counters }: Row): void {
    if (url === notCounted) {
      addAll(refusals, counters);
      return;
    }
    if (origins && !origins.some((origin) => url.startsWith(origin))) return;
    if (filter.page !== undefined && url !== filter.page) return;
    addAll(totals, counters);
    if (!counters[counter]) return;
    const page: Page = pages.get(url) ?? { url, totals: {}, series: dates.map(() => 0), sources: new Map() };
    pages.set(url, page);
    for (const [each, name] of ofPages) page.totals[each] = (page.totals[each] ?? 0) + (counters[name] ?? 0);
    for (const name in counters)
      if (name.startsWith(sourcePrefix)) addTo(page.sources, name.slice(sourcePrefix.length), counters[name] ?? 0);
    if (range.unit === 'hour') for (const date of dates) addToSeries(page, date, counters[hourCounter(date)]);
    else addToSeries(page, range.unit === 'month' ? monthOf(partition) : partition, counters[counter]);
  }

  function addToSeries(page: Page, date: string, count = 0): void {
    const i = indexOf.get(date);
    if (i === undefined) return;
    counts[i] = (counts[i] ?? 0) + count;
    page.series[i] = (page.series[i] ?? 0) + count;
  }

  function dropRare(): void {
    const dropped = dropLowerHalf(pages, (page) => page.totals[metric] ?? 0);
    truncated ||= dropped;
    dropLowerHalf(totals, (count, name) => (plainCounters.has(name) ? Number.POSITIVE_INFINITY : count));
  }

  const summary = (): Summary => ({
    totals: Object.fromEntries(ofTotals.map(([each, name]) => [each, totals.get(name) ?? 0])),
    series: dates.map((date, i) => ({ date, count: counts[i] ?? 0 })),
  });

  return {
    add(rows) {
      rows.forEach(addRow);
      dropRare();
    },
    summary,
    report() {
      // Counters do not tell what a name has in common with others.
      const counters = filter.name ? new Map<string, number>() : totals;
      const names = byDimension(counters);
      const sortedNames = (dimension: DimensionName) => sorted(names.get(dimension) ?? new Map());
      return {
        ...summary(),
        metric,
        pages: [...pages.values()].sort(
          (a, b) => (b.totals[metric] ?? 0) - (a.totals[metric] ?? 0) || byText(a.url, b.url),
        ),
        truncated,
        sources: sorted(viewsBySource(counters)),
        visitsBy: new Map(visitDimensions.map((dimension) => [dimension, sortedNames(dimension)])),
        events: sortedNames('event'),
        refusals: sorted(refusals),
      };
    },
  };
}

/** Groups the names in counters by dimension: `FR` of `country_FR` under `country`. */
function byDimension(totals: Map<string, number>): Map<DimensionName, Map<string, number>> {
  const names = new Map<DimensionName, Map<string, number>>();
  for (const [counter, count] of totals) {
    const [dimension, name] = splitCounter(counter) ?? [];
    if (dimension === undefined || name === undefined) continue;
    const counts = names.get(dimension) ?? new Map();
    names.set(dimension, counts.set(name, count));
  }
  return names;
}

const viewsBySource = (totals: Map<string, number>) =>
  new Map(
    [...totals].flatMap(([counter, count]) =>
      counter.startsWith(sourcePrefix) ? [[counter.slice(sourcePrefix.length), count] as const] : [],
    ),
  );

/** Returns the counters that a summary needs. */
export function countersOfSummary({ range, filter }: Scope): string[] {
  const hours = range.unit === 'hour' ? seriesDates(range, filter).map(hourCounter) : [];
  return [...Object.values(countersOfTotals(filter)), ...hours];
}

/** Returns the dates of a series. Hours are counted for all views only, so under a name there are none. */
function seriesDates({ days, unit }: Range, { name }: Filter): string[] {
  if (unit === 'hour') return name ? [] : Array.from({ length: 24 }, (_, hour) => `${days[0]}T${pad(hour)}`);
  return unit === 'day' ? days : [...new Set(days.map(monthOf))];
}

const pad = (hour: number) => String(hour).padStart(2, '0');
const hourCounter = (date: string) => `hour_${date.slice(-2)}`;

/** Returns the beginnings of the URLs of a site's pages, with `www.` and without. */
function originsOf(site: string): string[] {
  const bare = site.replace(/^www\./, '');
  return ['https://', 'http://'].flatMap((scheme) => [`${scheme}${bare}/`, `${scheme}www.${bare}/`]);
}

const entriesOf = (counterOf: CounterOf) => Object.entries(counterOf) as [Metric, string][];

function addAll(counts: Map<string, number>, counters: Counters): void {
  for (const counter in counters) addTo(counts, counter, counters[counter] ?? 0);
}

const addTo = (counts: Map<string, number>, name: string, count: number) =>
  counts.set(name, (counts.get(name) ?? 0) + count);

/** Drops the half of a map with the lowest weights if the map is too long. Returns whether it was. */
function dropLowerHalf<T>(map: Map<string, T>, weight: (value: T, key: string) => number): boolean {
  if (map.size <= maxHeld) return false;
  const lowest = [...map].sort(([k, a], [l, b]) => weight(a, k) - weight(b, l)).slice(0, maxHeld / 2);
  for (const [key] of lowest) map.delete(key);
  return true;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (counts: Map<string, number>): Count[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || byText(a.name, b.name));
