import { type Day, dayAfter, dayOfMonth, daysUpTo, isDay } from './day.ts';

/** A calendar month in the site's time zone, `2026-10`. */
export type Month = `${number}-${number}`;

/** Returns the month of a day. */
export const monthOf = (day: Day | Month): Month => day.slice(0, 7) as Month;

/** Returns the month in a text, or undefined if the calendar has no such month. */
export const parseMonth = (text: string): Month | undefined => (isDay(`${text}-01`) ? (text as Month) : undefined);

/** Returns the month that is `count` months after another. */
export function monthAfter(month: Month, count: number): Month {
  const first = new Date(firstDayOf(month));
  first.setUTCMonth(first.getUTCMonth() + count);
  return first.toISOString().slice(0, 7) as Month;
}

export const firstDayOf = (month: Month): Day => `${month}-01` as Day;
export const lastDayOf = (month: Month): Day => dayAfter(firstDayOf(monthAfter(month, 1)), -1);

/** Returns the days of a month, first to last. */
export function daysOf(month: Month): Day[] {
  const last = lastDayOf(month);
  return daysUpTo(last, dayOfMonth(last));
}
