import { type Counters, other } from './vocabulary.ts';

/** How much a stranger can make one item and one day grow. */
export interface Caps {
  maxPagesPerDay: number;
  /** Names of one item that came from outside: sources, referrers, campaigns, events. */
  maxNamesPerPage: number;
}

/** With its own words, at most 8 KB, and its URL, an item stays below 16 KB. */
export const maxBytesOfNames = 6_000;

const open = /^(views|source|medium|campaign|term|content|referrer|event)_/;
const otherOf = (name: string) => (open.exec(name)?.[0] ?? '') + other;

/** Whether a counter's name holds something that a stranger may choose. */
export const isOpen = (name: string) => open.test(name) && name !== otherOf(name);

/** The length of a name in UTF-8. */
export const bytesOf = (name: string) => new TextEncoder().encode(name).length;

/** What an item takes of a hit. */
export interface Admission {
  counters: Counters;
  /** The names among them that came from outside and are new to the item. */
  added: string[];
}

/**
 * The counters as an item takes them that has these names already: a new name from outside is one too many if the item
 * is full of them, and then counts as `(other)` of its kind.
 */
export function admit(
  counters: Counters,
  names: string[],
  { maxNamesPerPage }: Caps,
  maxBytes = maxBytesOfNames,
): Admission {
  const known = new Set(names.filter(isOpen));
  let bytes = [...known].reduce((sum, name) => sum + bytesOf(name), 0);
  const admission: Admission = { counters: {}, added: [] };
  for (const [name, count] of Object.entries(counters)) {
    let place = name;
    if (isOpen(name) && !known.has(name)) {
      if (known.size + admission.added.length < maxNamesPerPage && bytes + bytesOf(name) <= maxBytes) {
        admission.added.push(name);
        bytes += bytesOf(name);
      } else place = otherOf(name);
    }
    admission.counters[place] = (admission.counters[place] ?? 0) + count;
  }
  return admission;
}
