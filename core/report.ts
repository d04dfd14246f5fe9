import type { Day } from './day.ts';
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

/** What the dashboard shows for a range of days. All lists but that of days are sorted, most first. */
export interface Report {
  views: number;
  people: People;
  days: { day: Day; views: number }[];
  sources: { name: string; views: number }[];
  pages: { url: string; views: number; sources: Map<string, number> }[];
  /** By dimension. What a visit's link does not have is not in the list of its kind. */
  visitsBy: Map<string, Count[]>;
  events: Count[];
  /** How many hits were not counted, by reason. */
  refusals: { reason: string; hits: number }[];
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

/** Adds rows up into the report of the given days; a day without rows has no views. */
export function report(days: Day[], rows: Row[]): Report {
  const byDay = new Map<string, number>(days.map((day) => [day, 0]));
  const byKind = new Map<string, Map<string, number>>();
  const byReason = new Map<string, number>();
  const byPage = new Map<string, { views: number; sources: Map<string, number> }>();
  const totals = new Map<string, number>();

  for (const { day, url, counters } of rows) {
    if (url === notCounted) {
      for (const [reason, count] of Object.entries(counters)) add(byReason, reason, count);
      continue;
    }
    const views = counters.views ?? 0;
    const page = byPage.get(url) ?? { views: 0, sources: new Map() };
    byPage.set(url, page);
    page.views += views;
    add(byDay, day, views);
    for (const [counter, count] of Object.entries(counters)) {
      const end = counter.indexOf('_');
      if (end < 0) {
        add(totals, counter, count);
        continue;
      }
      const [kind, name] = [counter.slice(0, end), counter.slice(end + 1)];
      const names = byKind.get(kind) ?? new Map();
      byKind.set(kind, names);
      add(names, name, count);
      if (kind === 'views') add(page.sources, name, count);
    }
  }

  const counts = (kind: string) => sorted(byKind.get(kind) ?? new Map());
  const total = (counter: string) => totals.get(counter) ?? 0;
  return {
    views: total('views'),
    people: {
      visitors: total('entries'),
      visits: total('visits'),
      unmarked: total('unmarked'),
      engaged: total('engaged'),
      seconds: total('seconds'),
    },
    days: [...byDay].map(([day, views]) => ({ day, views })),
    sources: counts('views').map(({ name, count }) => ({ name, views: count })),
    pages: [...byPage]
      .map(([url, page]) => ({ url, ...page }))
      .filter(({ views }) => views > 0)
      .sort((a, b) => b.views - a.views || byText(a.url, b.url)),
    visitsBy: new Map(dimensions.map((dimension) => [dimension, counts(dimension)])),
    events: counts('event'),
    refusals: sorted(byReason).map(({ name, count }) => ({ reason: name, hits: count })),
  };
}

const add = (sums: Map<string, number>, key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count);
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (sums: Map<string, number>): Count[] =>
  [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || byText(a.name, b.name));
