import { type Counters, isUnbounded, otherName } from './names.ts';

/** Limits to what strangers can add to one item and one day. */
export interface Caps {
  maxPagesPerDay: number;
  /** Names of one item that strangers choose: sources, referrers, campaigns, events. */
  maxNamesPerPage: number;
}

/** With a URL of 1 KB and all closed names, which take 8 KB, an item stays below 16 KB. */
export const maxBytesOfNames = 6_000;

/** Returns the length of a name in UTF-8. */
export const bytesOf = (name: string) => new TextEncoder().encode(name).length;

/** The counters that an item takes of a hit. */
export interface CappedCounters {
  counters: Counters;
  /** The unbounded names among them that are new to the item. */
  added: string[];
}

/** Applies the caps of an item that has `names`. Past a cap, a new unbounded name counts as `(other)` of its kind. */
export function applyCaps(
  counters: Counters,
  names: string[],
  { maxNamesPerPage }: Caps,
  maxBytes = maxBytesOfNames,
): CappedCounters {
  const known = new Set(names.filter(isUnbounded));
  let bytes = [...known].reduce((sum, name) => sum + bytesOf(name), 0);
  const capped: CappedCounters = { counters: {}, added: [] };
  for (const [name, count] of Object.entries(counters)) {
    let counter = name;
    if (isUnbounded(name) && !known.has(name)) {
      if (known.size + capped.added.length < maxNamesPerPage && bytes + bytesOf(name) <= maxBytes) {
        capped.added.push(name);
        bytes += bytesOf(name);
      } else counter = otherName(name);
    }
    capped.counters[counter] = (capped.counters[counter] ?? 0) + count;
  }
  return capped;
}
