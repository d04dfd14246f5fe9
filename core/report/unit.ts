import { type Day, dayAfter, daysBetween } from '../calendar/day.ts';
import { firstDayOf, lastDayOf, type Month } from '../calendar/month.ts';
import { mondayOf } from '../calendar/week.ts';
import { firstDayOfYear, lastDayOfYear, type Year, yearOf } from '../calendar/year.ts';
import type { SummaryDate } from './parts.ts';

/** What one bar of a series can stand for, if it is not an hour. */
export const dayUnits = ['day', 'week', 'month', 'year'] as const;
export type DayUnit = (typeof dayUnits)[number];

/** What one bar of a series stands for. */
export type Unit = 'hour' | DayUnit;

/** The most bars of a chart. They are eleven years by month. */
export const maxBars = 132;

/** Ranges of more days have a bar for each month. */
const maxDaysByDay = 92;

/** Ranges of more months have a bar for each year. */
const maxMonthsByMonth = 60;

/** Returns the date of the bar that counts a day. A month or year can stand for its days. A week's date is its Monday. */
export function dateIn(unit: DayUnit, date: SummaryDate): string {
  if (unit === 'week') return mondayOf(date as Day);
  if (unit === 'month') return date.slice(0, 7);
  return unit === 'year' ? date.slice(0, 4) : date;
}

/** Returns the first and the last day of a bar by its date. */
export function daysOfBar(unit: DayUnit, date: string): [Day, Day] {
  if (unit === 'year') return [firstDayOfYear(date as Year), lastDayOfYear(date as Year)];
  if (unit === 'month') return [firstDayOf(date as Month), lastDayOf(date as Month)];
  return [date as Day, unit === 'week' ? dayAfter(date as Day, 6) : (date as Day)];
}

/** Returns how many bars the days from `first` to `last` have in a unit. */
export function barsIn(unit: DayUnit, first: Day, last: Day): number {
  if (unit === 'week') return daysBetween(mondayOf(first), mondayOf(last)) / 7 + 1;
  const years = Number(yearOf(last)) - Number(yearOf(first));
  if (unit === 'year') return years + 1;
  if (unit === 'month') return 12 * years + Number(last.slice(5, 7)) - Number(first.slice(5, 7)) + 1;
  return daysBetween(first, last) + 1;
}

/** Returns the unit of the days from `first` to `last` if nobody asks for another. */
export function usualUnit(first: Day, last: Day): Unit {
  if (first === last) return 'hour';
  if (barsIn('day', first, last) <= maxDaysByDay) return 'day';
  return barsIn('month', first, last) <= maxMonthsByMonth ? 'month' : 'year';
}
