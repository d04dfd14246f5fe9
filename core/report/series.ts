import type { Filter } from './filter.ts';
import type { Range } from './range.ts';
import { dateIn } from './unit.ts';

/** The count of an hour (`2026-11-21T07`), a day (`2026-11-21`), a week (its Monday), a month (`2026-11`) or a year. */
export interface Point {
  date: string;
  count: number;
}

/**
 * Returns the dates of a series. Hours are counted for all views only, so under a name there are none. If only a part of the
 * day counts, they end with the hour `lastHour`.
 */
export function seriesDates({ days, unit }: Range, { name }: Filter, lastHour = '23'): string[] {
  if (unit === 'hour')
    return name ? [] : Array.from({ length: Number(lastHour) + 1 }, (_, hour) => `${days[0]}T${pad(hour)}`);
  return [...new Set(days.map((day) => dateIn(unit, day)))];
}

const pad = (hour: number) => String(hour).padStart(2, '0');

/** The prefix of the counters of hours. */
export const hourPrefix = 'hour_';

/** Returns the counter of the hour of a date like `2026-11-21T07`. */
export const hourCounter = (date: string): string => hourPrefix + date.slice(-2);
