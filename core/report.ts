import type { Day } from './day.ts';
import type { Range } from './range.ts';
import { type Counters, notCounted } from './vocabulary.ts';

/** The counters of one page on one day, as stored. */
export interface Row {
  day: Day;
  url: string;
  counters: Counters;
}

/** What is told of visits, each time as so many names that sum to the visits. */
export const dimensions = [
  'referrer',
  'source',
  'medium',
  'campaign',
  'term',
  'content',
  'country',
  'language',
  'device',
  'browser',
  'os',
] as const;

/** Something with a name, and how often. */
export interface Count {
  name: string;
  count: number;
}

/** What the dashboard shows for a range of days. All lists but that of bars are sorted, most first. */
export interface Report {
  views: number;
  people: People;
  /** One for each hour (`07`), day (`2026-11-21`) or month (`2026-11`) of the range. */
  bars: Bar[];
  sources: { name: string; views: number }[];
  pages: { url: string; views: number; sources: Map<string, number> }[];
  /** By dimension. What a visit's link does not have is not in the list of its kind. */
  visitsBy: Map<string, Count[]>;
  events: Count[];
  /** How many hits were not counted, by reason. */
  refusals: { reason: string; hits: number }[];
}

export interface Bar {
  at: string;
  views: number;
}

/** Visits, and what is known of those who make them. */
export interface Visits {
  visits: number;
  /** Visits of which nobody knows who made them, and whether they went on. */
  unmarked: number;
  /** Visits with a second view. */
  engaged: number;
  /** From the first to the last view of each visit. */
  seconds: number;
}

export interface People extends Visits {
  /** One person on two days, or on two sites, is two. */
  visitors: number;
}

/**
 * Adds rows up into the report of a range, as they come, so that not all of them need be held at once; of one `site`
 * alone, if said. What was not counted belongs to no site.
 */
export function reporter(range: Range, site?: string): { add(rows: Row[]): void; report(): Report } {
  const byBar = new Map<string, number>(barsOf(range).map((at) => [at, 0]));
  const byKind = new Map<string, Map<string, number>>();
  const byReason = new Map<string, number>();
  const byPage = new Map<string, { views: number; sources: Map<string, number> }>();
  const totals = new Map<string, number>();

  function addRow({ day, url, counters }: Row): void {
    if (url === notCounted) {
      for (const [reason, count] of Object.entries(counters)) add(byReason, reason, count);
      return;
    }
    if (site !== undefined && !isOn(url, site)) return;
    const views = counters.views ?? 0;
    const page = byPage.get(url) ?? { views: 0, sources: new Map() };
    byPage.set(url, page);
    page.views += views;
    if (range.unit !== 'hour') add(byBar, range.unit === 'month' ? day.slice(0, 7) : day, views);
    for (const [counter, count] of Object.entries(counters)) {
      const end = counter.indexOf('_');
      if (end < 0) {
        add(totals, counter, count);
        continue;
      }
      const [kind, name] = [counter.slice(0, end), counter.slice(end + 1)];
      if (kind === 'hour') {
        if (range.unit === 'hour') add(byBar, name, count);
        continue;
      }
      const names = byKind.get(kind) ?? new Map();
      byKind.set(kind, names);
      add(names, name, count);
      if (kind === 'views') add(page.sources, name, count);
    }
  }

  const counts = (kind: string) => sorted(byKind.get(kind) ?? new Map());
  const total = (counter: string) => totals.get(counter) ?? 0;
  return {
    add: (rows) => rows.forEach(addRow),
    report: () => ({
      views: total('views'),
      people: {
        visitors: total('entries'),
        visits: total('visits'),
        unmarked: total('unmarked'),
        engaged: total('engaged'),
        seconds: total('seconds'),
      },
      bars: [...byBar].map(([at, views]) => ({ at, views })),
      sources: counts('views').map(({ name, count }) => ({ name, views: count })),
      pages: [...byPage]
        .map(([url, page]) => ({ url, ...page }))
        .filter(({ views }) => views > 0)
        .sort((a, b) => b.views - a.views || byText(a.url, b.url)),
      visitsBy: new Map(dimensions.map((dimension) => [dimension, counts(dimension)])),
      events: counts('event'),
      refusals: sorted(byReason).map(({ name, count }) => ({ reason: name, hits: count })),
    }),
  };
}

function barsOf({ days, unit }: Range): string[] {
  if (unit === 'hour') return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return unit === 'day' ? days : [...new Set(days.map((day) => day.slice(0, 7)))];
}

const add = (sums: Map<string, number>, key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count);
/** Whether a page is on a site, with or without `www.` */
function isOn(url: string, site: string): boolean {
  const bare = (text: string) => text.replace(/^www\./, '');
  return bare(url.replace(/^https?:\/\//, '')).startsWith(`${bare(site)}/`);
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (sums: Map<string, number>): Count[] =>
  [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || byText(a.name, b.name));
