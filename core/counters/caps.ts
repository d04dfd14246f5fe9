import { type Counters, isUnbounded, otherName } from './names.ts';

/** How much a stranger can make one item and one day grow. */
export interface Caps {
  maxPagesPerDay: number;
  /** Names of one item that came from outside: sources, referrers, campaigns, events. */
  maxNamesPerPage: number;
}

/** With its own words, at most 8 KB, and its URL, an item stays below 16 KB. */
export const maxBytesOfNames = 6_000;

/** The length of a name in UTF-8. */
export const bytesOf = (name: string) => new TextEncoder().encode(name).length;

/** What an item takes of a hit. */
export interface CappedCounters {
  counters: Counters;
  /** The names among them that came from outside and are new to the item. */
  added: string[];
}

/**
 * The counters as an item takes them that has these names already: a new name from outside is one too many if the item
 * is full of them, and then counts as `(other)` of its kind.
 */
export function applyCaps(
  counters: Counters,
  names: string[],
  { maxNamesPerPage }: Caps,
  maxBytes = maxBytesOfNames,
): CappedCounters {
  const known = new Set(names.filter(isUnbounded));
  let bytes = [...known].reduce((sum, name) => sum + bytesOf(name), 0);
  const admission: CappedCounters = { counters: {}, added: [] };
  for (const [name, count] of Object.entries(counters)) {
    let place = name;
    if (isUnbounded(name) && !known.has(name)) {
      if (known.size + admission.added.length < maxNamesPerPage && bytes + bytesOf(name) <= maxBytes) {
        admission.added.push(name);
        bytes += bytesOf(name);
      } else place = otherName(name);
    }
    admission.counters[place] = (admission.counters[place] ?? 0) + count;
  }
  return admission;
}
