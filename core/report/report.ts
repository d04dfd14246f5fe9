import type { Day } from '../calendar/day.ts';
import { type Month, monthOf } from '../calendar/month.ts';
import { type DimensionName, type VisitDimension, visitDimensions } from '../counters/dimensions.ts';
import { type Counters, notCounted, ownCounters, sourcePrefix, splitCounter } from '../counters/names.ts';
import { type CounterOf, countersOfPages, countersOfTotals, type Filter, type Metric } from './filter.ts';
import type { Range } from './range.ts';

/** The counters of one page on one day, or in one rolled-up month, as stored. */
export interface Row {
  partition: Day | Month;
  url: string;
  counters: Counters;
}

/** What a report is about. */
export interface Scope {
  range: Range;
  filter: Filter;
  /** One site alone, or all. What was not counted belongs to no site. */
  site?: string | undefined;
}

/** Something with a name, and how often. */
export interface Count {
  name: string;
  count: number;
}

/** A metric that cannot be known under a filter is missing. */
export type Metrics = Partial<Record<Metric, number>>;

/** The count of an hour (`2026-11-21T07`), a day (`2026-11-21`) or a month (`2026-11`). */
export interface Point {
  date: string;
  count: number;
}

/** What a range adds up to. This is all that is read of the range that another one is compared with. */
export interface Summary {
  /**
   * Views, visits, … of the range. A visitor of two days, or of two sites, counts twice. `unlinked` are visits that
   * cannot be linked to a visitor. `engaged` are visits with a second view. `seconds` go from the first to the last view.
   */
  totals: Metrics;
  /** One for each hour, day or month of the range. Empty if a filter makes them unknown. */
  series: Point[];
}

/** What the dashboard shows for a range of days. All lists but the series are sorted, most first. */
export interface Report extends Summary {
  /** The metric of the series, by which pages are sorted. */
  metric: Metric;
  pages: Page[];
  /** Whether there were so many pages that those with the least were dropped. */
  truncated: boolean;
  /** Views by `utm_source`. */
  sources: Count[];
  /** Visits by dimension. A visit whose link lacks a utm parameter is not in the list of that dimension. */
  visitsBy: Map<VisitDimension, Count[]>;
  events: Count[];
  /** How many hits were not counted, by reason. */
  refusals: Count[];
}

export interface Page {
  url: string;
  totals: Metrics;
  /** Counts beside the dates of the report's series. */
  series: number[];
  /** Views by `utm_source`. */
  sources: Map<string, number>;
}

// Past so many pages, or names of a kind, half of them are dropped: those with the least.
const mostHeld = 40_000;

/** Adds rows up as they come, so that they need not be held all at once. */
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

  function dropLeast(): void {
    const dropped = halved(pages, (page) => page.totals[metric] ?? 0);
    truncated ||= dropped;
    halved(totals, (count, name) => (ownCounters.has(name) ? Number.POSITIVE_INFINITY : count));
  }

  const summary = (): Summary => ({
    totals: Object.fromEntries(ofTotals.map(([each, name]) => [each, totals.get(name) ?? 0])),
    series: dates.map((date, i) => ({ date, count: counts[i] ?? 0 })),
  });

  return {
    add(rows) {
      rows.forEach(addRow);
      dropLeast();
    },
    summary,
    report() {
      // What one name has in common with others, its counters cannot tell.
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

/** Sorts the names in counters, `FR` of `country_FR`, by dimension. */
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

/** Names the counters that a summary is made of. */
export function countersOfSummary({ range, filter }: Scope): string[] {
  const hours = range.unit === 'hour' ? seriesDates(range, filter).map(hourCounter) : [];
  return [...Object.values(countersOfTotals(filter)), ...hours];
}

/** The dates of a series. The hours of a day are counted for all views only, so a filter by name has none. */
function seriesDates({ days, unit }: Range, { name }: Filter): string[] {
  if (unit === 'hour') return name ? [] : Array.from({ length: 24 }, (_, hour) => `${days[0]}T${pad(hour)}`);
  return unit === 'day' ? days : [...new Set(days.map(monthOf))];
}

const pad = (hour: number) => String(hour).padStart(2, '0');
const hourCounter = (date: string) => `hour_${date.slice(-2)}`;

/** What the addresses of a site's pages begin with, with `www.` or without. */
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

/** Drops the lesser half of a map that grew too long; says whether it did. */
function halved<T>(map: Map<string, T>, weight: (value: T, key: string) => number): boolean {
  if (map.size <= mostHeld) return false;
  const least = [...map].sort(([k, a], [l, b]) => weight(a, k) - weight(b, l)).slice(0, mostHeld / 2);
  for (const [key] of least) map.delete(key);
  return true;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (counts: Map<string, number>): Count[] =>
  [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || byText(a.name, b.name));
