import type { Day } from '../../core/calendar/day.ts';
import type { ComparedMetric } from '../format.ts';

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
