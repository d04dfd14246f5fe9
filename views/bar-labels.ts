import type { Day } from '../core/calendar/day.ts';
import type { Unit } from '../core/report/unit.ts';
import { dayAndMonth, monthAndYear, weekdayAndDay } from './date-text.ts';

/** The label below a bar. */
export interface BarLabel {
  text: string;
  /** What follows the text where there is room. */
  more?: string;
  /** Whether narrow screens have no room for it. */
  isWideOnly: boolean;
}

const mostWide = 14;
const mostNarrow = 7;

/** Months past these are labelled by year. */
const mostMonths = 24;

/** Returns a label for each bar that has room for one, and undefined for the others. */
export function barLabels(dates: string[], unit: Unit, today: Day): (BarLabel | undefined)[] {
  const isByYear = unit === 'month' && dates.length > mostMonths;
  const places = dates.flatMap((date, i) => (!isByYear || date.endsWith('-01') ? [i] : []));
  const wide = Math.ceil(places.length / mostWide);
  const narrow = wide * Math.ceil(places.length / wide / mostNarrow);
  const labelled = new Map(places.map((place, i) => [place, i]));
  return dates.map((date, i) => {
    const order = labelled.get(i);
    if (order === undefined || order % wide !== 0) return undefined;
    const isWideOnly = order % narrow !== 0;
    if (isByYear) return { text: date.slice(0, 4), isWideOnly };
    const { text, more } = labelOfBar(date, unit, today, dates.length <= mostWide);
    // A year stands below the first month and below each January.
    const hasMore = unit !== 'month' || i === 0 || date.endsWith('-01');
    return { text, ...(more && hasMore && { more }), isWideOnly };
  });
}

function labelOfBar(date: string, unit: Unit, today: Day, isRoomy: boolean): { text: string; more?: string } {
  if (unit === 'hour') return { text: `${Number(date.slice(-2))}:00` };
  if (unit === 'year') return { text: date };
  if (unit === 'month') return { text: monthAndYear(date).slice(0, 3), more: ` ${date.slice(0, 4)}` };
  if (unit === 'day' && date === today && isRoomy) return { text: 'Today' };
  if (unit === 'day' && isRoomy) {
    const [weekday = '', day] = weekdayAndDay(date as Day).split(' ');
    return { text: weekday, more: ` ${day}` };
  }
  return { text: dayAndMonth(date as Day) };
}

/** Returns the name of a bar's time: `Fri 20 Nov`, `Week of 16 Nov`, `Nov 2026` or `13:00–14:00`. */
export function barName(date: string, unit: Unit): string {
  if (unit === 'hour') return `${Number(date.slice(-2))}:00–${Number(date.slice(-2)) + 1}:00`;
  if (unit === 'day') return weekdayAndDay(date as Day);
  if (unit === 'week') return `Week of ${dayAndMonth(date as Day)}`;
  return unit === 'month' ? monthAndYear(date) : date;
}
