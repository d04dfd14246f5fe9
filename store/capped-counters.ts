import type { Day } from '../core/calendar/day.ts';
import { applyCaps, bytesOf, type Caps, maxBytesOfNames } from '../core/counters/caps.ts';
import type { Increment } from '../core/counters/increment.ts';
import { type Counters, isUnbounded, notCounted, other } from '../core/counters/names.ts';
import { numberValue } from './item.ts';
import type { Condition, StatisticsStore } from './statistics.ts';

/** The caps of a day and its items, and the days until they expire. */
export interface Limits extends Caps {
  retentionDays: number;
}

const maxAttempts = 8;
const maxFullItems = 100;
const viewsUntilRecheck = 100;

/**
 * Counts under the caps of items and days. The table holds three numbers to enforce them: `names` and `bytes` of an
 * item's unbounded names, and `pages` in the day's item `(other)` (decision 009). The methods throw the SDK's errors.
 */
export function cappedCounters(statistics: StatisticsStore, limits: Limits) {
  const { read } = statistics;
  const { retentionDays, maxPagesPerDay, maxNamesPerPage } = limits;
  const fullItems = new Map<string, string[]>();
  // A full day may have room again: a hit that loses a race for a new page gives its place back.
  const fullDays = new Map<Day, number>();

  /** Returns whether the day was full a few views ago. */
  function isProbablyFull(day: Day): boolean {
    const viewsLeft = fullDays.get(day) ?? 0;
    fullDays.set(day, Math.max(0, viewsLeft - 1));
    return viewsLeft > 0;
  }

  /** Takes a place for a new page. Returns false if the day has no place left. */
  async function takePlace(day: Day, signal: AbortSignal | undefined): Promise<boolean> {
    const condition = {
      expression: 'attribute_not_exists(#0) OR #0 < :max',
      values: { ':max': numberValue(maxPagesPerDay) },
    };
    const isTaken = await statistics.add(day, other, { pages: 1 }, retentionDays, { condition, signal });
    if (!isTaken) fullDays.set(day, viewsUntilRecheck);
    return isTaken;
  }

  function rememberIfFull(key: string, item: Counters): void {
    if (fullItems.size >= maxFullItems) fullItems.clear();
    if (item.names && item.names >= maxNamesPerPage) fullItems.set(key, Object.keys(item));
  }

  return {
    /**
     * Adds an increment to a page's item. This is one write if the page and its unbounded names are known on that day.
     * Past a cap, new names and pages count as `(other)`. `signal` ends the wait.
     */
    async count({ day, url: page, add: counters }: Increment, signal?: AbortSignal): Promise<void> {
      const write = (url: string, add: Counters, condition?: Condition) =>
        statistics.add(day, url, add, retentionDays, { condition, signal });
      if (page === notCounted) return void (await write(page, counters));
      let url = isProbablyFull(day) && !(await read(day, page, signal)) ? other : page;
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        const key = `${day} ${url}`;
        const names = fullItems.get(key);
        if (names) return void (await write(url, applyCaps(counters, names, limits).counters));
        if (await write(url, counters, allExist(counters))) return;
        const item = await read(day, url, signal);
        if (item) rememberIfFull(key, item);
        else if (!(await takePlace(day, signal))) {
          url = other;
          continue;
        }
        const capped = applyCaps(counters, Object.keys(item ?? {}), limits);
        const condition = item ? hasRoomFor(capped.added, limits) : isNew;
        if (await write(url, { ...capped.counters, ...sizeOf(capped.added) }, condition)) return;
        if (!item) await write(other, { pages: -1 }); // another hit wrote the item first
      }
      // Other hits change the item again and again. Names that may be new are not worth a longer wait.
      await write(url, applyCaps(counters, [], { ...limits, maxNamesPerPage: 0 }).counters);
    },

    /** Returns the increment that `count` would make of another. Writes nothing. */
    async preview({ day, url: page, add: counters }: Increment): Promise<Increment> {
      const item = await read(day, page);
      const otherItem = item ? undefined : await read(day, other);
      const url = (otherItem?.pages ?? 0) < maxPagesPerDay ? page : other;
      const names = Object.keys((url === page ? item : otherItem) ?? {});
      return { day, url, add: applyCaps(counters, names, limits).counters };
    },
  };
}

/** Returns the condition that the item has all unbounded names among the counters. */
function allExist(counters: Counters): Condition {
  const names = Object.keys(counters).flatMap((name, i) => (isUnbounded(name) ? [`attribute_exists(#${i})`] : []));
  return { expression: ['attribute_exists(#url)', ...names].join(' AND '), names: { '#url': 'url' } };
}

const isNew: Condition = { expression: 'attribute_not_exists(#url)', names: { '#url': 'url' } };

const sizeOf = (names: string[]): Counters =>
  names.length > 0 ? { names: names.length, bytes: names.reduce((sum, name) => sum + bytesOf(name), 0) } : {};

/** Returns the condition that names are still new to the item, and that it has room for them. */
function hasRoomFor(added: string[], { maxNamesPerPage }: Caps): Condition | undefined {
  const { names, bytes } = sizeOf(added);
  if (names === undefined || bytes === undefined) return undefined;
  const allNew = added.map((_, i) => `attribute_not_exists(#new${i})`);
  const within = (name: string) => `(attribute_not_exists(${name}) OR ${name} <= :max_${name.slice(1)})`;
  return {
    expression: [...allNew, within('#names'), within('#bytes')].join(' AND '),
    names: { ...Object.fromEntries(added.map((name, i) => [`#new${i}`, name])), '#names': 'names', '#bytes': 'bytes' },
    values: {
      ':max_names': numberValue(maxNamesPerPage - names),
      ':max_bytes': numberValue(maxBytesOfNames - bytes),
    },
  };
}
