import type { Day } from './day.ts';
import { type CounterOf, countersOfPages, countersOfTotals, dimensions, type Filter, type Sum } from './filter.ts';
import { monthOf } from './month.ts';
import type { Range } from './range.ts';
import { type Counters, notCounted, sourcePrefix } from './vocabulary.ts';

/** The counters of one page on one day, or in one month that is folded, as stored. */
export interface Row {
  day: Day;
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

/** What cannot be known is not there. */
export type Sums = Partial<Record<Sum, number>>;

/** What the dashboard shows for a range of days. All lists but that of bars are sorted, most first. */
export interface Report {
  /**
   * Views, visits, … of the range. One visitor on two days, or on two sites, is two. `entries` are those whose first page
   * of the day this was, `unmarked` visits of which nobody knows who made them and whether they went on, `engaged` those
   * with a second view; `seconds` go from the first to the last view of each visit.
   */
  totals: Sums;
  /** What bars and pages are measured by. */
  measure: Sum;
  /** One for each hour (`07`), day (`2026-11-21`) or month (`2026-11`) of the range; none where that cannot be known. */
  bars: Bar[];
  pages: Page[];
  /** Whether there were so many pages that some of those with the least were dropped on the way. */
  someDropped: boolean;
  /** Views by `utm_source`. */
  sources: Count[];
  /** By dimension. What a visit's link does not have is not in the list of its kind. */
  visitsBy: Map<string, Count[]>;
  events: Count[];
  /** How many hits were not counted, by reason. */
  refusals: Count[];
}

export interface Bar {
  at: string;
  count: number;
}

export interface Page {
  url: string;
  sums: Sums;
  /** Beside the report's bars. */
  bars: number[];
  /** Views by `utm_source`. */
  sources: Map<string, number>;
}

// Past so many pages, or names of a kind, half of them are dropped: those with the least.
const mostHeld = 40_000;

/** Adds rows up into a report, as they come, so that not all of them need be held at once. */
export function reporter({ range, filter, site }: Scope): { add(rows: Row[]): void; report(): Report } {
  const ofTotals = entriesOf(countersOfTotals(filter));
  const ofPages = entriesOf(countersOfPages(filter));
  const [measure, measured] = ofTotals[0] ?? ['views', 'views'];
  const ats = barsOf(range, filter);
  const barAt = new Map(ats.map((at, i) => [at, i]));
  const bars = ats.map(() => 0);
  const totals = new Map<string, number>();
  const pages = new Map<string, Page>();
  const refusals = new Map<string, number>();
  const origins = site === undefined ? undefined : originsOf(site);
  let someDropped = false;

  function addRow({ day, url, counters }: Row): void {
    if (url === notCounted) {
      addAll(refusals, counters);
      return;
    }
    if (origins && !origins.some((origin) => url.startsWith(origin))) return;
    if (filter.page !== undefined && url !== filter.page) return;
    addAll(totals, counters);
    if (!counters[measured]) return;
    const page: Page = pages.get(url) ?? { url, sums: {}, bars: ats.map(() => 0), sources: new Map() };
    pages.set(url, page);
    for (const [sum, counter] of ofPages) page.sums[sum] = (page.sums[sum] ?? 0) + (counters[counter] ?? 0);
    for (const counter in counters)
      if (counter.startsWith(sourcePrefix))
        addTo(page.sources, counter.slice(sourcePrefix.length), counters[counter] ?? 0);
    if (range.unit === 'hour') for (const hour of ats) addToBar(page, hour, counters[`hour_${hour}`]);
    else addToBar(page, range.unit === 'month' ? monthOf(day) : day, counters[measured]);
  }

  function addToBar(page: Page, at: string, count = 0): void {
    const i = barAt.get(at);
    if (i === undefined) return;
    bars[i] = (bars[i] ?? 0) + count;
    page.bars[i] = (page.bars[i] ?? 0) + count;
  }

  function dropLeast(): void {
    const dropped = halved(pages, ({ sums }) => sums[measure] ?? 0);
    someDropped ||= dropped;
    halved(totals, (count, counter) => (counter.includes('_') ? count : Number.POSITIVE_INFINITY));
  }

  return {
    add(rows) {
      rows.forEach(addRow);
      dropLeast();
    },
    report() {
      const names = filter.name ? new Map<string, Map<string, number>>() : byKind(totals);
      const counts = (kind: string) => sorted(names.get(kind) ?? new Map());
      return {
        totals: Object.fromEntries(ofTotals.map(([sum, counter]) => [sum, totals.get(counter) ?? 0])),
        measure,
        bars: ats.map((at, i) => ({ at, count: bars[i] ?? 0 })),
        pages: [...pages.values()].sort(
          (a, b) => (b.sums[measure] ?? 0) - (a.sums[measure] ?? 0) || byText(a.url, b.url),
        ),
        someDropped,
        sources: counts(sourcePrefix.slice(0, -1)),
        visitsBy: new Map(dimensions.map((dimension) => [dimension, counts(dimension)])),
        events: counts('event'),
        refusals: sorted(refusals),
      };
    },
  };
}

/** The names in counters, `FR` of `country_FR`, with their numbers. */
function byKind(totals: Map<string, number>): Map<string, Map<string, number>> {
  const kinds = new Map<string, Map<string, number>>();
  for (const [counter, count] of totals) {
    const end = counter.indexOf('_');
    const kind = counter.slice(0, Math.max(0, end));
    const names = kinds.get(kind) ?? new Map();
    kinds.set(kind, names.set(counter.slice(end + 1), count));
  }
  return kinds;
}

/** The counters that a report with totals and bars only is made of; `undefined` would be all. */
export function countersOfSummary({ range, filter }: Scope): string[] {
  const hours = range.unit === 'hour' ? barsOf(range, filter).map((hour) => `hour_${hour}`) : [];
  return [...Object.values(countersOfTotals(filter)), ...hours];
}

/** The hours of a day are counted of all views only. */
function barsOf({ days, unit }: Range, { name }: Filter): string[] {
  if (unit === 'hour') return name ? [] : Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return unit === 'day' ? days : [...new Set(days.map(monthOf))];
}

/** What the addresses of a site's pages begin with, with `www.` or without. */
function originsOf(site: string): string[] {
  const bare = site.replace(/^www\./, '');
  return ['https://', 'http://'].flatMap((scheme) => [`${scheme}${bare}/`, `${scheme}www.${bare}/`]);
}

const entriesOf = (counterOf: CounterOf) => Object.entries(counterOf) as [Sum, string][];

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
