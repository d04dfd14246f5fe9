import type { Day } from './day.ts';
import type { Month } from './month.ts';

/** A calendar year in the site's time zone, `2026`. */
export type Year = `${number}`;

/** Returns the year of a day or month. */
export const yearOf = (day: Day | Month): Year => day.slice(0, 4) as Year;

/** Returns the year that is `count` years after another. */
export const yearAfter = (year: Year, count: number): Year => String(Number(year) + count).padStart(4, '0') as Year;

export const firstDayOfYear = (year: Year): Day => `${year}-01-01` as Day;
export const lastDayOfYear = (year: Year): Day => `${year}-12-31` as Day;
