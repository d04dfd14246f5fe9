import { type Day, dayAfter } from '../core/calendar/day.ts';
import { applyCaps, type Caps, namesByQuota, quotaSize } from '../core/counters/caps.ts';
import type { Increment } from '../core/counters/increment.ts';
import { type Counters, isNotCounted, isUnbounded, other, type Quota } from '../core/counters/names.ts';
import { numberValue } from './item.ts';
import type { Condition, StatisticsStore } from './statistics.ts';

/** The caps of a day and its items, and the days until their rows expire. */
export interface Limits extends Caps {
  detailDays: number;
}

/** Returns the part of each quota, from 0 to 1, that a hit may fill when it adds these names. */
export type ShareOf = (names: string[]) => number | Promise<number>;

/** How to count a hit. */
export interface CountOptions {
  /** By default, the sender is anonymous. */
  shareOf?: ShareOf;
  /** Ends the wait for the table. */
  signal?: AbortSignal;
}

/** The share of a sender that nobody can tell from others. The other half of each quota stays for known senders. */
export const anonymousShare = 0.5;

const maxAttempts = 8;
const maxFullItems = 100;
const viewsUntilRecheck = 100;

/**
 * Counts under the caps of items and days. The table holds numbers to enforce them: an item's `names_<quota>`, and
 * `pages` and `kept_pages` in the day's item `(other)` (decision 009). The methods throw the SDK's errors.
 */
export function cappedCounters(statistics: StatisticsStore, limits: Limits) {
  const { read } = statistics;
  const { detailDays, maxPagesPerDay } = limits;
  const fullItems = new Map<string, string[]>();
  // A full day may have room again: a hit that loses a race for a new page gives its place back.
  const fullDays = new Map<Day, number>();

  const isOfDayBefore = async (day: Day, page: string, signal?: AbortSignal) =>
    (await read(dayAfter(day, -1), page, signal)) !== undefined;

  /** Returns whether a day was full a few views ago. */
  function isProbablyFull(day: Day): boolean {
    const viewsLeft = fullDays.get(day) ?? 0;
    fullDays.set(day, Math.max(0, viewsLeft - 1));
    return viewsLeft > 0;
  }

  /**
   * Takes a place for a new page, and returns the counter of the place. When the day is full, a page of the day before
   * has a place in `kept_pages`: made-up pages cannot push it out. Returns undefined if there is no place.
   */
  async function takePlace(day: Day, page: string, signal: AbortSignal | undefined) {
    const condition = {
      expression: 'attribute_not_exists(#0) OR #0 < :max',
      values: { ':max': numberValue(maxPagesPerDay) },
    };
    const take = (places: string) => statistics.add(day, other, { [places]: 1 }, detailDays, { condition, signal });
    if (await take('pages')) return 'pages';
    fullDays.set(day, viewsUntilRecheck);
    return (await isOfDayBefore(day, page, signal)) && (await take('kept_pages')) ? 'kept_pages' : undefined;
  }

  function rememberIfFull(key: string, names: string[]): void {
    if (fullItems.size >= maxFullItems) fullItems.clear();
    const isFull = [...namesByQuota(names)].some(([quota, used]) => used >= quotaSize(quota, limits));
    if (isFull) fullItems.set(key, names);
  }

  return {
    /**
     * Adds an increment to a page's item. This is one write if the page and its unbounded names are known on that day.
     * Past a cap, new names and pages count as `(other)`.
     */
    async count(
      { day, url: page, add: counters }: Increment,
      { shareOf = () => anonymousShare, signal }: CountOptions = {},
    ): Promise<void> {
      const write = (url: string, add: Counters, condition?: Condition) =>
        statistics.add(day, url, add, detailDays, { condition, signal });
      if (isNotCounted(page)) return void (await write(page, counters));
      const mayHavePlace = async () =>
        (await read(day, page, signal)) !== undefined || (await isOfDayBefore(day, page, signal));
      let url = isProbablyFull(day) && !(await mayHavePlace()) ? other : page;
      let share: number | undefined;
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        const key = `${day} ${url}`;
        const known = fullItems.get(key);
        const atOnce = known && applyCaps(counters, known, limits);
        if (atOnce?.added.length === 0) return void (await write(url, atOnce.counters));
        if (await write(url, counters, allExist(counters))) return;
        const item = await read(day, url, signal);
        const place = item ? undefined : await takePlace(day, page, signal);
        if (!item && !place) {
          url = other;
          continue;
        }
        const names = Object.keys(item ?? {});
        rememberIfFull(key, names);
        const fresh = Object.keys(counters).filter((name) => isUnbounded(name) && !names.includes(name));
        if (fresh.length > 0) share ??= await shareOf(fresh);
        const capped = applyCaps(counters, names, limits, share);
        const condition = item ? hasRoomFor(capped.added, limits, share) : isNew;
        if (await write(url, { ...capped.counters, ...sizeOf(capped.added) }, condition)) return;
        if (place) await write(other, { [place]: -1 }); // another hit wrote the item first
      }
      // Other hits change the item again and again. Names that may be new are not worth a longer wait.
      await write(url, applyCaps(counters, [], limits, 0).counters);
    },

    /** Returns the increment that `count` would make of another. Writes nothing. */
    async preview({ day, url: page, add: counters }: Increment, share: number): Promise<Increment> {
      const item = await read(day, page);
      const otherItem = item ? undefined : await read(day, other);
      const isFull = (places: string) => (otherItem?.[places] ?? 0) >= maxPagesPerDay;
      const isKept = async () => !isFull('kept_pages') && (await isOfDayBefore(day, page));
      const url = item || !isFull('pages') || (await isKept()) ? page : other;
      const names = Object.keys((url === page ? item : otherItem) ?? {});
      return { day, url, add: applyCaps(counters, names, limits, share).counters };
    },
  };
}

/** Returns the condition that the item has all unbounded names among the counters. */
function allExist(counters: Counters): Condition {
  const names = Object.keys(counters).flatMap((name, i) => (isUnbounded(name) ? [`attribute_exists(#${i})`] : []));
  return { expression: ['attribute_exists(#url)', ...names].join(' AND '), names: { '#url': 'url' } };
}

const isNew: Condition = { expression: 'attribute_not_exists(#url)', names: { '#url': 'url' } };

const sizeCounter = (quota: Quota) => `names_${quota}`;

const sizeOf = (names: string[]): Counters =>
  Object.fromEntries([...namesByQuota(names)].map(([quota, used]) => [sizeCounter(quota), used]));

/** Returns the condition that names are still new to the item, and that their quotas have room for them. */
function hasRoomFor(added: string[], caps: Caps, share: number | undefined): Condition | undefined {
  if (added.length === 0) return undefined;
  const quotas = [...namesByQuota(added)];
  const allNew = added.map((_, i) => `attribute_not_exists(#new${i})`);
  const room = quotas.map(([quota]) => `(attribute_not_exists(#size_${quota}) OR #size_${quota} <= :room_${quota})`);
  return {
    expression: [...allNew, ...room].join(' AND '),
    names: Object.fromEntries([
      ...added.map((name, i) => [`#new${i}`, name]),
      ...quotas.map(([quota]) => [`#size_${quota}`, sizeCounter(quota)]),
    ]),
    values: Object.fromEntries(
      quotas.map(([quota, used]) => [`:room_${quota}`, numberValue(quotaSize(quota, caps, share) - used)]),
    ),
  };
}
