import type { Day } from './day.ts';
import { type Counters, notCounted, sourcePrefix } from './vocabulary.ts';

/** The counters of one page on one day, as stored. */
export interface Row {
  day: Day;
  url: string;
  counters: Counters;
}

/** What the dashboard shows for a range of days. Sources, pages and refusals are sorted, most first. */
export interface Report {
  views: number;
  days: { day: Day; views: number }[];
  sources: { name: string; views: number }[];
  pages: { url: string; views: number; sources: Map<string, number> }[];
  /** How many hits were not counted, by reason. */
  refusals: { reason: string; hits: number }[];
}

/** Adds rows up into the report of the given days; a day without rows has no views. */
export function report(days: Day[], rows: Row[]): Report {
  const byDay = new Map<string, number>(days.map((day) => [day, 0]));
  const bySource = new Map<string, number>();
  const byReason = new Map<string, number>();
  const byPage = new Map<string, { views: number; sources: Map<string, number> }>();

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
      if (!counter.startsWith(sourcePrefix)) continue;
      const source = counter.slice(sourcePrefix.length);
      add(bySource, source, count);
      add(page.sources, source, count);
    }
  }

  const perDay = [...byDay].map(([day, views]) => ({ day, views }));
  return {
    views: perDay.reduce((sum, { views }) => sum + views, 0),
    days: perDay,
    sources: [...bySource]
      .map(([name, views]) => ({ name, views }))
      .sort((a, b) => byViews(a, b) || byText(a.name, b.name)),
    pages: [...byPage]
      .map(([url, page]) => ({ url, ...page }))
      .filter(({ views }) => views > 0)
      .sort((a, b) => byViews(a, b) || byText(a.url, b.url)),
    refusals: [...byReason]
      .map(([reason, hits]) => ({ reason, hits }))
      .sort((a, b) => b.hits - a.hits || byText(a.reason, b.reason)),
  };
}

const add = (sums: Map<string, number>, key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count);
const byViews = (a: { views: number }, b: { views: number }) => b.views - a.views;
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
