import type { Comparison, Earlier } from './comparison.ts';
import type { Chartable, Filter } from './filter.ts';
import type { PageList } from './page-list.ts';
import type { Range } from './range.ts';

/** The days, pages and visits that a report covers. */
export interface Scope {
  range: Range;
  filter: Filter;
  /** One site. Undefined means all. */
  site?: string | undefined;
  /** What the chart shows. Undefined means the first metric that is known. */
  metric?: Chartable | undefined;
  /** What the range is compared with. Undefined means the usual, `previous`. */
  comparison?: Comparison | undefined;
  /** The range that it is compared with. Undefined if there is none. */
  earlier?: Earlier | undefined;
  /** Which pages it lists. Undefined means all, those with the most first. */
  list?: PageList | undefined;
  /** Whether the lake is asked for what counters tell in part. */
  fromLake?: boolean;
}

/** Returns whether only the lake can tell all that a scope asks for. */
export const asksLake = ({ filter, fromLake }: Scope): boolean => fromLake === true || filter.also !== undefined;

/** Returns whether a report needs the names by page of summaries. */
export const needsNames = ({ range, filter }: Scope): boolean =>
  range.unit === 'hour' || filter.page !== undefined || filter.name !== undefined;
