import { type Day, dayAfter, daysUpTo, isDay } from './day.ts';
import type { Range } from './range.ts';

/** A calendar month in the site's time zone, `2026-10`. */
export type Month = string;

/** The month of a day. */
export const monthOf = (day: Day): Month => day.slice(0, 7);

/** Whether a text is a month that the calendar has. */
export const isMonth = (text: string): boolean => isDay(`${text}-01`);

const numbersOf = (month: Month) => month.split('-').map(Number) as [number, number];

/** The days of a month, first to last. */
export function daysOf(month: Month): Day[] {
  const [year, number] = numbersOf(month);
  const last = new Date(Date.UTC(year, number, 0));
  return daysUpTo(last.toISOString().slice(0, 10), last.getUTCDate());
}

/** The last `count` months that are over on a day, oldest first. */
export function closedMonths(today: Day, count: number): Month[] {
  const [year, number] = numbersOf(monthOf(today));
  return Array.from({ length: count }, (_, i) =>
    monthOf(new Date(Date.UTC(year, number - 1 - count + i, 1)).toISOString()),
  );
}

/** Whether all days of a month are kept, a day more at least: days expire at midnight in UTC, wherever the site is. */
export const isWhole = (month: Month, today: Day, retentionDays: number): boolean =>
  `${month}-01` >= dayAfter(today, 2 - retentionDays);

/** What is read for a range: its days; of a range of months, a month that is folded in place of all its days. */
export function partsOf({ days, unit }: Range, folded: Set<Month>): (Day | Month)[] {
  if (unit !== 'month') return days;
  return [...Map.groupBy(days, monthOf)].flatMap(([month, some]) =>
    folded.has(month) && some.length === daysOf(month).length ? [month] : some,
  );
}
