import type { Day } from '../../core/calendar/day.ts';
import type { ComparedMetric } from '../compared-metrics.ts';

/** How many records of a table were read, and what happened to them. */
export interface TableCount {
  kept: number;
  dropped: Map<string, number>;
}

/** What a sink took. */
export interface Taken {
  tables: Map<string, TableCount>;
  /** Whether views have hours. */
  hasHours: boolean;
  /** Sums of what the file says of the days that are kept. */
  told: Map<ComparedMetric, number>;
  /** The days that are left out, by the reason. */
  leftOut: Map<string, Set<Day>>;
}

/** Returns what is taken before the first record. */
export const nothingTaken = (): Taken => ({ tables: new Map(), hasHours: false, told: new Map(), leftOut: new Map() });

/** Returns the count of a table, from its first record on. */
export function countOf({ tables }: Taken, table: string): TableCount {
  const count = tables.get(table) ?? { kept: 0, dropped: new Map() };
  tables.set(table, count);
  return count;
}

/** Notes that a day is left out, and why. */
export function leaveOut({ leftOut }: Taken, reason: string, day: Day): void {
  leftOut.set(reason, (leftOut.get(reason) ?? new Set<Day>()).add(day));
}
