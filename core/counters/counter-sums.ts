import { highest } from './highest.ts';
import { otherOf, quotaOf } from './names.ts';

/** Sums of counters, by name. */
export interface CounterSums {
  add(counters: Map<string, number>): void;
  /** Returns one sum. Of a made-up name that was dropped, 0. */
  of(counter: string): number;
  /** Returns all sums. */
  all(): Map<string, number>;
  /** Returns the sums of the counters that begin with a prefix, by what follows it. */
  startingWith(prefix: string): Map<string, number>;
  /** Whether made-up names were dropped. */
  isTruncated(): boolean;
}

/**
 * Adds up counters. Past `maxNames` names that strangers chose, the half with the lowest sums is dropped, and counts as
 * `(other)` of its kind.
 */
export function counterSums(maxNames: number): CounterSums {
  const closed = new Map<string, number>();
  let names = new Map<string, number>();
  let isTruncated = false;

  function dropRare(): void {
    isTruncated = true;
    names = highest(names, maxNames / 2, Number, (name, count) => {
      if (quotaOf(name)) addTo(closed, otherOf(name), count);
    });
  }

  return {
    add(counters) {
      // Most names are known, and forEach makes no pairs. Both are felt with a quarter of a million counters.
      counters.forEach((count, name) => {
        const ofNames = names.get(name);
        if (ofNames !== undefined) names.set(name, ofNames + count);
        else if (closed.has(name) || !quotaOf(name)) addTo(closed, name, count);
        else names.set(name, count);
      });
      if (names.size > maxNames) dropRare();
    },
    of: (counter) => closed.get(counter) ?? names.get(counter) ?? 0,
    all: () => new Map([...closed, ...names]),
    startingWith(prefix) {
      const matching = [...closed, ...names].filter(([name]) => name.startsWith(prefix));
      return new Map(matching.map(([name, count]) => [name.slice(prefix.length), count]));
    },
    isTruncated: () => isTruncated,
  };
}

/** Adds the counts of a map to those of another. */
export function addAll(counts: Map<string, number>, more: Map<string, number>): void {
  more.forEach((count, name) => {
    addTo(counts, name, count);
  });
}

/** Adds to the count of a name. */
export const addTo = (counts: Map<string, number>, name: string, count: number): void => {
  counts.set(name, (counts.get(name) ?? 0) + count);
};
