import { type LiveBatch, type LiveHit, minuteOf, msPerMinute } from './live-hit.ts';

/** How many minutes back the live page shows. */
export const liveMinutes = 30;
/** Somebody who viewed a page within so many minutes counts as reading now. */
const minutesNow = 5;
const mostNames = 8;
const mostLatest = 8;

/** A name and how often it occurs. */
export interface LiveCount {
  name: string;
  count: number;
}

/** What the live page shows. */
export interface LiveReport {
  /** Distinct readers of the last 5 and the last 30 minutes, without those that cannot be told apart. */
  readersNow: number;
  readers: number;
  /** Views that belong to no known reader. */
  unlinked: number;
  views: number;
  /** Views of the last 5 minutes. */
  viewsNow: number;
  /** Hits that came too fast to keep each. They are in no other number. */
  more: number;
  /** Views by minute, oldest first. Times in milliseconds since 1970. */
  minutes: { time: number; views: number }[];
  /** Views by page. */
  pages: LiveCount[];
  /** Visits begun, by source or linking host, and by country. */
  origins: LiveCount[];
  countries: LiveCount[];
  events: LiveCount[];
  /** The latest hits, newest first. */
  latest: LiveHit[];
}

/** Adds up the hits of the last 30 minutes until `now` (ms), in any order. Older ones are left out. */
export function liveReportOf({ hits, more }: LiveBatch, now: number): LiveReport {
  const last = minuteOf(now);
  const first = last - liveMinutes + 1;
  const recent = hits.filter(({ time }) => minuteOf(time) >= first && minuteOf(time) <= last);
  const views = recent.filter(({ event }) => event === undefined);
  const minutes = Array.from({ length: liveMinutes }, (_, i) => ({ time: (first + i) * msPerMinute, views: 0 }));
  for (const { time } of views) {
    const minute = minutes[minuteOf(time) - first];
    if (minute) minute.views++;
  }
  const visits = views.filter(({ begins }) => begins);
  return {
    readersNow: readersSince(views, last - minutesNow + 1),
    readers: readersSince(views, first),
    unlinked: views.filter((view) => !isLinked(view)).length,
    views: views.length,
    viewsNow: views.filter(({ time }) => minuteOf(time) > last - minutesNow).length,
    more: Object.values(more).reduce((sum, count) => sum + count, 0),
    minutes,
    pages: countsOf(views.map(({ url }) => url)),
    origins: countsOf(visits.flatMap(({ from }) => from ?? [])),
    countries: countsOf(visits.flatMap(({ country }) => country ?? [])),
    events: countsOf(recent.flatMap(({ event }) => event ?? [])),
    latest: recent
      .toReversed()
      .sort((a, b) => b.time - a.time)
      .slice(0, mostLatest),
  };
}

const isLinked = ({ gap, begins }: LiveHit) => gap !== undefined || begins === true;

/**
 * Counts distinct readers from a minute on. Each has exactly one view in that time whose view before, if any, is older:
 * `gap` minutes older. So no identifier is needed. Views are known only since somebody watches, so the time begins with
 * the oldest one.
 */
function readersSince(views: LiveHit[], minute: number): number {
  const known = views.filter((view) => isLinked(view) && minuteOf(view.time) >= minute);
  const oldest = known.reduce((least, { time }) => Math.min(least, minuteOf(time)), Number.POSITIVE_INFINITY);
  return known.filter(({ time, gap }) => gap === undefined || minuteOf(time) - gap < oldest).length;
}

/** Counts names, those with the most first, then by name. */
function countsOf(names: string[]): LiveCount[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, mostNames);
}
