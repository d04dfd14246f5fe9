import { type Day, dayAfter } from '../calendar/day.ts';
import { type Cause, explain, findSuspects } from './explain.ts';
import { type Spread, spreadAtLeast } from './probability.ts';
import { type History, usualOn } from './usual.ts';
import type { VisitsSide } from './visits-side.ts';

/** A day that has many more or fewer than the same weekday of the weeks before. */
export interface UnusualDay {
  day: Day;
  count: number;
  /** The mean of the same weekday. */
  usual: number;
  /** What brought the difference to the same weekday a week before, if anything stands out. */
  causes: Cause[];
}

/** How unlikely such a day is by chance, at most, and by how much it differs, at least. */
const maxChance = 0.001;
const leastDifference = 10;

function isUnusual(count: number, usual: Spread): boolean {
  if (Math.abs(count - usual.mean) < leastDifference) return false;
  const chance = count > usual.mean ? spreadAtLeast(count, usual) : 1 - spreadAtLeast(count + 1, usual);
  return chance < maxChance;
}

/** Returns the unusual ones of some closed days. `visitsOn` tells the visits of a day, if they are known by name. */
export function unusualDays(
  { history, days, counter }: { history: History; days: Day[]; counter: string },
  visitsOn: (day: Day) => VisitsSide | undefined,
): UnusualDay[] {
  return days.flatMap((day) => {
    if (day > history.last) return [];
    const usual = usualOn(history, day, counter);
    const count = history.days.get(day)?.get(counter) ?? 0;
    if (!usual || !isUnusual(count, usual)) return [];
    return [{ day, count, usual: Math.round(usual.mean), causes: causesOn(day, count - usual.mean, visitsOn) }];
  });
}

function causesOn(day: Day, difference: number, visitsOn: (day: Day) => VisitsSide | undefined): Cause[] {
  const [now, before] = [visitsOn(day), visitsOn(dayAfter(day, -7))];
  if (!now || !before) return [];
  // A week after a larger spike, a day above the usual has fewer than the day that it is compared with.
  if ((now.visits - before.visits) * difference <= 0) return [];
  const noise = { exposure: 1, dispersion: 1 }; // That the day is unusual is known.
  return explain(now, before, { noise, suspects: findSuspects(now, before, noise), sidesOf: () => undefined }).causes;
}
