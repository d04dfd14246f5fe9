import { type Day, dayAfter } from '../calendar/day.ts';
import { eventPrefix } from '../counters/names.ts';

/** Views and events of a day. */
export interface HitSums {
  views: number;
  events: number;
}

/** What was counted on a day, and what the lake keeps of it. */
export interface CheckedDay {
  day: Day;
  counted: HitSums;
  kept: HitSums;
  /** Hits that the lake lacks. Below 0 if it has more than were counted. */
  missing: number;
  /** Whether so many are missing, or too many, that something is wrong. */
  fails: boolean;
}

export const noHits: HitSums = { views: 0, events: 0 };

/** The lake is written at best effort. Some hits may be missing: one in a hundred, or these few. */
const tolerance = { share: 0.01, hits: 5 };

/** Returns the views and events among the counters of an item. */
export function hitSums(counters: ReadonlyMap<string, number>): HitSums {
  let events = 0;
  for (const [name, count] of counters) if (name.startsWith(eventPrefix)) events += count;
  return { views: counters.get('views') ?? 0, events };
}

export const addSums = (a: HitSums, b: HitSums): HitSums => ({ views: a.views + b.views, events: a.events + b.events });

/**
 * Compares what was counted on closed days with what the lake keeps of them. The first day of the lake and days before are
 * left out, because the lake was not on for all of it. If the lake has nothing at all, no day is left out.
 */
export function checkedDays(counted: ReadonlyMap<Day, HitSums>, kept: ReadonlyMap<Day, HitSums>): CheckedDay[] {
  const [first = ''] = [...kept.keys()].sort();
  const days = [...counted].filter(([day]) => day > first);
  return days.map(([day, sums]) => checkedDay(day, sums, kept.get(day) ?? noHits));
}

function checkedDay(day: Day, counted: HitSums, kept: HitSums): CheckedDay {
  const missing = counted.views + counted.events - kept.views - kept.events;
  const tolerated = Math.max(tolerance.hits, tolerance.share * (counted.views + counted.events));
  return { day, counted, kept, missing, fails: Math.abs(missing) > tolerated };
}

/**
 * Returns the question for the sums of each date between two days, in the SQL of Athena and DuckDB. It also asks for the day
 * before, which says whether the lake was on for all of the first day. A file is in the folder of the day when its first
 * record came. Around midnight that is not the date of each record.
 */
export function sumsByDate(first: Day, last: Day): string {
  const before = dayAfter(first, -1);
  return `select date, count(*) - count(event) as views, count(event) as events from events
where day between '${dayAfter(before, -1)}' and '${dayAfter(last, 1)}' and date between '${before}' and '${last}'
group by date order by date`;
}
