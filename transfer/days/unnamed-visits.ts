import { addTo } from '../../core/counters/counter-sums.ts';
import type { VisitDimension } from '../../core/counters/dimensions.ts';
import { type Counters, other, unknown } from '../../core/counters/names.ts';

/** The dimensions that have a name for each visit, and that of visits whose name is not known. */
const restOfDimension = {
  channel: unknown,
  referrer: other,
  country: unknown,
  language: unknown,
  device: unknown,
  browser: unknown,
  os: unknown,
} as const satisfies Partial<Record<VisitDimension, string>>;
const dimensions = new Map<string, string>(Object.entries(restOfDimension));

/**
 * Returns the visits of a day that its rows leave without a name, by dimension: the names then sum to the visits. If the
 * rows have names and no visits, the dimension with the most has all visits.
 */
export function unnamedVisits(rows: Iterable<ReadonlyMap<string, number>>): Counters {
  const named = new Map<string, number>();
  let visits = 0;
  for (const row of rows) {
    visits += row.get('visits') ?? 0;
    row.forEach((count, counter) => {
      const dimension = counter.slice(0, Math.max(0, counter.indexOf('_')));
      if (dimensions.has(dimension)) addTo(named, dimension, count);
    });
  }
  const counters: Counters = {};
  if (visits === 0 && named.size > 0) {
    visits = Math.max(...named.values());
    Object.assign(counters, { visits, unlinked: visits });
  }
  for (const [dimension, rest] of dimensions) {
    const missing = visits - (named.get(dimension) ?? 0);
    if (missing > 0) counters[`${dimension}_${rest}`] = missing;
  }
  return counters;
}
