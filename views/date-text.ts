import type { Day } from '../core/calendar/day.ts';

const utc = (day: Day) => new Date(day).toUTCString(); // Intl would take 25 ms of each cold start.

/** Returns `Fri 20 Nov`. */
export const weekdayAndDay = (day: Day): string => `${utc(day).slice(0, 3)} ${dayAndMonth(day)}`;

/** Returns `20 Nov`. */
export const dayAndMonth = (day: Day): string => utc(day).slice(5, 11).replace(/^0/, '');

/** Returns `20 Nov 2026`. */
export const dayAndYear = (day: Day): string => `${dayAndMonth(day)} ${day.slice(0, 4)}`;

/** Returns `Nov 2026` for the day or the month of a date. */
export const monthAndYear = (date: string): string => utc(`${date.slice(0, 7)}-01` as Day).slice(8, 16);

/** Returns the days from `first` to `last`, such as `19–25 Nov`. Has the year if it is not that of today. */
export function daysText(first: Day, last: Day, today: Day): string {
  const year = (day: Day) => (first.slice(0, 4) === today.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`);
  if (first === last) return weekdayAndDay(last) + year(last);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(-2))}–${dayAndMonth(last)}${year(last)}`;
  return `${dayAndMonth(first)}${year(first)} – ${dayAndMonth(last)}${year(last)}`;
}
