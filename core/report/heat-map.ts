import { type Day, isDay, type Moment } from '../calendar/day.ts';
import { weekdayOf } from '../calendar/week.ts';
import { type ImportedDays, isBetween } from './imported-days.ts';
import type { SummaryDate } from './parts.ts';
import { hourPrefix } from './series.ts';

/** Views by day, each with 24 counts. */
export type HoursByDay = Map<Day, number[]>;

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** Adds the hours of a date's counters, if there are any. A month or a year has no weekdays, so it adds nothing. */
export function addHours(byDay: HoursByDay, date: SummaryDate, counters: ReadonlyMap<string, number>): void {
  if (!isDay(date)) return;
  const views = hours.map((hour) => counters.get(hourPrefix + hour) ?? 0);
  const known = byDay.get(date);
  if (views.some((count) => count > 0)) byDay.set(date, known?.map((count, i) => count + (views[i] ?? 0)) ?? views);
}

/** The views of a weekday's hour, and on how many days of the range it was counted. */
export interface WeekHour {
  views: number;
  days: number;
}

/** The days of a range, and which of them have hours. */
interface CountedRange {
  days: Day[];
  now: Moment;
  since: Day | undefined;
  imports?: readonly ImportedDays[];
}

/** The fewest days of a range that tell when people read. */
const leastDays = 7;

/**
 * Returns the views of each hour of the week, Monday first. Leaves out hours that are not over, days before counting
 * began, and days that were imported without hours. Returns undefined if the range is too short, or is not read by day.
 */
export function heatMap(byDay: HoursByDay, { days, now, since, imports = [] }: CountedRange) {
  const lacksHours = (day: Day) =>
    !byDay.has(day) && imports.some((each) => !each.hasHours && isBetween(each, day, day));
  const counted = days.filter((day) => day <= now.day && (since === undefined || day >= since) && !lacksHours(day));
  if (counted.length < leastDays || byDay.size === 0) return undefined;
  const week = Array.from({ length: 7 }, () => hours.map((): WeekHour => ({ views: 0, days: 0 })));
  for (const day of counted)
    for (const [hour, cell] of (week[weekdayOf(day)] ?? []).entries()) {
      if (day === now.day && hour >= Number(now.hour)) continue;
      cell.views += byDay.get(day)?.[hour] ?? 0;
      cell.days += 1;
    }
  return week;
}

/** Returns the mean views of an hour, rounded to tenths. */
export const meanViews = ({ views, days }: WeekHour): number => (days === 0 ? 0 : Math.round((10 * views) / days) / 10);
