import { dimensions } from './dimensions.ts';
import { type Counters, otherOf, type Quota, quotaOf } from './names.ts';

/** Limits to what strangers can add to one item and one day. */
export interface Caps {
  maxPagesPerDay: number;
  /** New names of one item and dimension. Referrers have twice as many, events three times. */
  maxNamesPerDimension: number;
}

/** The counters that an item takes of a hit. */
export interface CappedCounters {
  counters: Counters;
  /** The unbounded names among them that are new to the item. */
  added: string[];
}

/**
 * Applies the caps of an item that has `names`. A new unbounded name past its quota counts as `(other)` of its kind.
 * `share`, from 0 to 1, is the part of each quota that the new names may fill.
 */
export function applyCaps(counters: Counters, names: string[], caps: Caps, share = 1): CappedCounters {
  const known = new Set(names);
  const used = namesByQuota(names);
  const capped: CappedCounters = { counters: {}, added: [] };
  for (const [name, count] of Object.entries(counters)) {
    const quota = quotaOf(name);
    let counter = name;
    if (quota && !known.has(name)) {
      const places = used.get(quota) ?? 0;
      if (places < quotaSize(quota, caps, share)) {
        capped.added.push(name);
        used.set(quota, places + 1);
      } else counter = otherOf(name);
    }
    capped.counters[counter] = (capped.counters[counter] ?? 0) + count;
  }
  return capped;
}

/** Returns how many names of a quota an item takes. */
export function quotaSize(quota: Quota, { maxNamesPerDimension }: Caps, share = 1): number {
  const { quota: multiple } = dimensions[quota === 'views' || quota === 'outcomes' ? 'source' : quota];
  return Math.floor(multiple * maxNamesPerDimension * share);
}

/** Returns how many names of each quota are among counters. */
export function namesByQuota(counters: string[]): Map<Quota, number> {
  const used = new Map<Quota, number>();
  for (const counter of counters) {
    const quota = quotaOf(counter);
    if (quota) used.set(quota, (used.get(quota) ?? 0) + 1);
  }
  return used;
}
