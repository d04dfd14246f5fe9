import { type Day, dayAfter, daysUpTo, isDay } from './day.ts';

/** A calendar month in the site's time zone, `2026-10`. */
export type Month = string;

/** The month of a day. */
export const monthOf = (day: Day): Month => day.slice(0, 7);

/** Whether a text is a month that the calendar has. */
export const isMonth = (text: string): boolean => isDay(firstDayOf(text));

/** The month so many months after another. */
export function monthAfter(month: Month, count: number): Month {
  const first = new Date(`${month}-01`);
  first.setUTCMonth(first.getUTCMonth() + count);
  return monthOf(first.toISOString());
}

export const firstDayOf = (month: Month): Day => `${month}-01`;
export const lastDayOf = (month: Month): Day => dayAfter(firstDayOf(monthAfter(month, 1)), -1);

/** The days of a month, first to last. */
export function daysOf(month: Month): Day[] {
  const last = lastDayOf(month);
  return daysUpTo(last, Number(last.slice(8)));
}

/** The last `count` months that are over on a day, oldest first. */
export const closedMonths = (today: Day, count: number): Month[] =>
  Array.from({ length: count }, (_, i) => monthAfter(monthOf(today), i - count));

/** Whether all days of a month are kept, a day more at least: days expire at midnight in UTC, wherever the site is. */
export const isWhole = (month: Month, today: Day, retentionDays: number): boolean =>
  firstDayOf(month) >= dayAfter(today, 2 - retentionDays);
