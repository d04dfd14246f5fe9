import type { Day } from '../core/calendar/day.ts';
import type { VisitDimension } from '../core/counters/dimensions.ts';
import { type Counters, other, unknown } from '../core/counters/names.ts';

/** Sums of an export by day and name. They take little memory, and are needed until all tables are read. */
export interface DaySums {
  add(day: Day, counts: Counters): void;
  of(day: Day, name: string): number;
  days(): Iterable<Day>;
}

/** Returns sums of 0. */
export function daySums(): DaySums {
  const sums = new Map<Day, Counters>();
  return {
    add(day, counts) {
      const known = sums.get(day) ?? {};
      sums.set(day, known);
      for (const [name, count] of Object.entries(counts)) known[name] = (known[name] ?? 0) + count;
    },
    of: (day, name) => sums.get(day)?.[name] ?? 0,
    days: () => sums.keys(),
  };
}

/** The dimensions that have a name for each visit, and the name if none is known. */
const restOfDimension = {
  channel: unknown,
  referrer: other,
  country: unknown,
  language: unknown,
  device: unknown,
  browser: unknown,
  os: unknown,
} as const satisfies Partial<Record<VisitDimension, string>>;

export const namedDimensions = Object.keys(restOfDimension) as (keyof typeof restOfDimension)[];

/** Returns the visits of a day that tables leave without a name, as counters. `named` has the others, by dimension. */
export function unnamedVisits(named: DaySums, day: Day, visits: number): Counters {
  const counters: Counters = {};
  for (const [dimension, rest] of Object.entries(restOfDimension)) {
    const missing = visits - named.of(day, dimension);
    if (missing > 0) counters[`${dimension}_${rest}`] = missing;
  }
  return counters;
}
