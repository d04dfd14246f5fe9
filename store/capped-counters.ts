import type { Day } from '../core/calendar/day.ts';
import { applyCaps, bytesOf, type Caps, maxBytesOfNames } from '../core/counters/caps.ts';
import type { Increment } from '../core/counters/increment.ts';
import { type Counters, isUnbounded, notCounted, other } from '../core/counters/names.ts';
import { numberValue } from './item.ts';
import type { Condition, StatisticsStore } from './statistics.ts';

/** How much the items of a day may grow, and when they expire. */
export interface Limits extends Caps {
  retentionDays: number;
}

const mostAttempts = 8;
const mostRemembered = 100;
const questionsSpared = 100;

/**
 * Counts under caps, so that no stranger can grow an item or a day past them. For that some numbers in the table are
 * bookkeeping: an item's `names`, how many of its counters have names from outside, with so many `bytes`; and `pages`,
 * how many pages the day has, in its item `(other)`. Its methods throw the SDK's errors.
 */
export function cappedCounters(statistics: StatisticsStore, limits: Limits) {
  const { read } = statistics;
  const { retentionDays, maxPagesPerDay, maxNamesPerPage } = limits;
  // An item that is full stays so. A day may not: who was slower gives his place back, so it is asked again now and then.
  const fullItems = new Map<string, string[]>();
  const fullDays = new Map<Day, number>();

  /** Whether the day was full not long ago. */
  function seemsFull(day: Day): boolean {
    const spared = fullDays.get(day) ?? 0;
    fullDays.set(day, Math.max(0, spared - 1));
    return spared > 0;
  }

  async function takePlace(day: Day, signal: AbortSignal | undefined): Promise<boolean> {
    const condition = {
      expression: 'attribute_not_exists(#0) OR #0 < :most',
      values: { ':most': numberValue(maxPagesPerDay) },
    };
    const taken = await statistics.add(day, other, { pages: 1 }, retentionDays, { condition, signal });
    if (!taken) fullDays.set(day, questionsSpared);
    return taken;
  }

  function remember(place: string, item: Counters): void {
    if (fullItems.size >= mostRemembered) fullItems.clear();
    if (item.names && item.names >= maxNamesPerPage) fullItems.set(place, Object.keys(item));
  }

  return {
    /**
     * Adds increments to a page's item: one write, where the page and the names from outside have been seen that day.
     * What is new is admitted while there is room, and else counts as `(other)`: nothing is lost. `signal` ends the wait.
     */
    async count({ day, url: page, add: counters }: Increment, signal?: AbortSignal): Promise<void> {
      const write = (url: string, add: Counters, condition?: Condition) =>
        statistics.add(day, url, add, retentionDays, { condition, signal });
      if (page === notCounted) return void (await write(page, counters));
      let url = seemsFull(day) && !(await read(day, page, signal)) ? other : page;
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const place = `${day} ${url}`;
        const names = fullItems.get(place);
        if (names) return void (await write(url, applyCaps(counters, names, limits).counters));
        if (await write(url, counters, allExist(counters))) return;
        const item = await read(day, url, signal);
        if (item) remember(place, item);
        else if (!(await takePlace(day, signal))) {
          url = other;
          continue;
        }
        const admitted = applyCaps(counters, Object.keys(item ?? {}), limits);
        const condition = item ? roomFor(admitted.added, limits) : isNew;
        if (await write(url, { ...admitted.counters, ...sizeOf(admitted.added) }, condition)) return;
        if (!item) await write(other, { pages: -1 }); // someone else was faster
      }
      // Others keep changing the item: what may be new to it is not worth a longer wait.
      await write(url, applyCaps(counters, [], { ...limits, maxNamesPerPage: 0 }).counters);
    },

    /** What `count` would add, and to which item, without adding it. */
    async preview({ day, url: page, add: counters }: Increment): Promise<Increment> {
      const item = await read(day, page);
      const rest = item ? undefined : await read(day, other);
      const url = (rest?.pages ?? 0) < maxPagesPerDay ? page : other;
      return { day, url, add: applyCaps(counters, Object.keys((url === page ? item : rest) ?? {}), limits).counters };
    },
  };
}

/** The item exists, and in it all those of the counters that a stranger may name. */
function allExist(counters: Counters): Condition {
  const names = Object.keys(counters).flatMap((name, i) => (isUnbounded(name) ? [`attribute_exists(#${i})`] : []));
  return { expression: ['attribute_exists(#url)', ...names].join(' AND '), names: { '#url': 'url' } };
}

const isNew: Condition = { expression: 'attribute_not_exists(#url)', names: { '#url': 'url' } };

const sizeOf = (names: string[]): Counters =>
  names.length > 0 ? { names: names.length, bytes: names.reduce((sum, name) => sum + bytesOf(name), 0) } : {};

/** The names are still new to the item, and it still has room for them. */
function roomFor(added: string[], { maxNamesPerPage }: Caps): Condition | undefined {
  const { names, bytes } = sizeOf(added);
  if (names === undefined || bytes === undefined) return undefined;
  const unknown = added.map((_, i) => `attribute_not_exists(#new${i})`);
  const within = (name: string) => `(attribute_not_exists(${name}) OR ${name} <= :most_${name.slice(1)})`;
  return {
    expression: [...unknown, within('#names'), within('#bytes')].join(' AND '),
    names: { ...Object.fromEntries(added.map((name, i) => [`#new${i}`, name])), '#names': 'names', '#bytes': 'bytes' },
    values: {
      ':most_names': numberValue(maxNamesPerPage - names),
      ':most_bytes': numberValue(maxBytesOfNames - bytes),
    },
  };
}
