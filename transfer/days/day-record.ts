import type { CountedView } from '../../core/counters/hit-counters.ts';
import type { Counters } from '../../core/counters/names.ts';

/** A view or event of a day, or counters of a page, with normalized names. */
export type DayRecord = DayView | DayCounts;

export interface DayView extends CountedView {
  /** In seconds since 1970. */
  time: number;
  hour: string;
  /** Hashes. Empty if the tool does not tell. */
  visitor: string;
  visit: string;
  event: string;
}

export interface DayCounts {
  /** A page's URL, `(imported)`, or the item of refused hits. */
  url: string;
  counters: Counters;
}
