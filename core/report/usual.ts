import { type Day, dayAfter } from '../calendar/day.ts';
import type { Spread } from './probability.ts';

/** The totals of closed days, to tell what is usual. */
export interface History {
  /** The first and the last counted day that it covers. */
  first: Day;
  last: Day;
  /** Numbers and hours by day. A day without counts may be missing. */
  days: Map<Day, Map<string, number>>;
}

/** How many weeks before a day tell what is usual. */
export const weeksOfHistory = 8;

/** How many of them there must be. */
const leastWeeks = 4;

/** Returns how often something was counted on a day. Undefined if the history does not cover it. */
const countOn = ({ first, last, days }: History, day: Day, counter: string): number | undefined =>
  day < first || day > last ? undefined : (days.get(day)?.get(counter) ?? 0);

/** Returns the counts of the same weekday in the weeks before a day, without the largest. */
function sameWeekdays(history: History, day: Day, counter: string): number[] {
  const counts = Array.from({ length: weeksOfHistory }, (_, i) =>
    countOn(history, dayAfter(day, -7 * (i + 1)), counter),
  );
  return withoutLargest(counts.filter((count) => count !== undefined));
}

const withoutLargest = (counts: number[]) => counts.sort((a, b) => a - b).slice(0, -1);
const sumOf = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
const meanOf = (counts: number[]) => sumOf(counts) / counts.length;

/** A sample of eight without its largest varies less than the whole: its variance is about 0.6 of it. */
const varianceCutOff = 0.6;

/** Returns the variance of counts against their mean, as a ratio: 1 for Poisson's. */
function dispersionOf(groups: number[][]): number {
  const used = groups.filter((counts) => counts.length > 1 && meanOf(counts) > 0);
  const squares = used.map((counts) => sumOf(counts.map((count) => (count - meanOf(counts)) ** 2)) / meanOf(counts));
  return sumOf(squares) / Math.max(1, sumOf(used.map(({ length }) => length - 1))) / varianceCutOff;
}

/** Returns what a day usually has: the mean of the same weekday over eight weeks without the largest. */
export function usualOn(history: History, day: Day, counter: string): Spread | undefined {
  const weekdays = Array.from({ length: 7 }, (_, i) => sameWeekdays(history, dayAfter(day, -i), counter));
  const [counts = []] = weekdays;
  if (counts.length < leastWeeks - 1) return undefined;
  // The mean is itself uncertain.
  const dispersion = Math.max(1, dispersionOf(weekdays)) * (1 + 1 / counts.length);
  return { mean: meanOf(counts), dispersion };
}

/**
 * Returns how much more a sum of days before `day` varies than a Poisson count: by day, or by week if weeks vary more.
 * Undefined if the history is too short.
 */
export function usualDispersion(history: History, day: Day, counter: string): number | undefined {
  const byDay = usualOn(history, day, counter);
  if (!byDay) return undefined;
  const weeks = Array.from({ length: weeksOfHistory }, (_, week) =>
    Array.from({ length: 7 }, (_, i) => countOn(history, dayAfter(day, -7 * week - i - 1), counter)),
  ).filter((days): days is number[] => days.every((count) => count !== undefined));
  return Math.max(byDay.dispersion, dispersionOf([withoutLargest(weeks.map(sumOf))]));
}

/** Returns the share of a day's views that usually have come when a part of an hour is over. Undefined if none have. */
export function shareOfDay({ days }: History, hour: number, partOfHour: number): number | undefined {
  const hours = Array.from({ length: 24 }, (_, i) => {
    const counter = `hour_${String(i).padStart(2, '0')}`;
    return sumOf([...days.values()].map((counts) => counts.get(counter) ?? 0));
  });
  const all = sumOf(hours);
  return all === 0 ? undefined : (sumOf(hours.slice(0, hour)) + (hours[hour] ?? 0) * partOfHour) / all;
}

/** Returns how much more the sum of a range varies than a Poisson count, if there is no history: by its days, if it has any. */
export function dispersionOfPairs(now: number[], before: number[]): number {
  const squares = now
    .map((count, i) => (count - (before[i] ?? 0)) ** 2 / Math.max(1, count + (before[i] ?? 0)))
    .sort((a, b) => a - b);
  const medianOfSquares = 0.455; // of a chi-squared variable
  return Math.max(leastUnknown, (squares[Math.floor(squares.length / 2)] ?? 0) / medianOfSquares);
}

/** Without a history, a change has to be larger. */
const leastUnknown = 3;
