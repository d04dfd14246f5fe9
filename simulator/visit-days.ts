import { randomFrom } from './random.ts';
import type { Site, Spike } from './site.ts';

const day = 86_400_000;
/** How many visits begin on each day of the week, from Sunday, as weights. */
const weekdays = [0.5, 1.05, 1.1, 1.1, 1, 0.85, 0.45];
/** How much more visits come in the middle of winter, and how much less in summer. */
const season = 0.18;
/** How far a day may be off by chance, up or down. */
const noise = 0.2;
/** What is left of a spike on the next day. */
const usualFade = 0.3;
const leastShare = 0.03;

/** Visits that begin on one day (UTC), and what brings them. */
export interface VisitDay {
  /** When the day begins, in milliseconds since 1970. */
  midnight: number;
  /** How many days before the end it is. */
  age: number;
  /** How many of a history's visits they are. */
  weight: number;
  spike?: Spike;
}

/**
 * Returns the visits of each of the last days up to `until` (ms): the usual ones, and those of spikes. The usual ones grow,
 * follow the seasons and the week, and differ by chance. A day is the same in every history of a seed, site and end.
 */
export function visitDays({ growth, spikes }: Site, seed: number, days: number, until: number): VisitDay[] {
  const lastMidnight = Math.floor(until / day) * day;
  return Array.from({ length: days + 1 }, (_, age) => {
    const midnight = lastMidnight - age * day;
    const level = growth ** (-age / 365);
    const date = new Date(midnight);
    const ofSeason =
      1 + season * Math.cos((2 * Math.PI * (midnight - Date.UTC(date.getUTCFullYear(), 0, 15))) / day / 365.25);
    const usual = level * ofSeason * Number(weekdays[date.getUTCDay()]) * chanceOf(seed, midnight / day);
    const fromSpikes = spikes.flatMap((spike) => {
      const { daysBefore, times, fade = usualFade } = spike;
      const share = age <= daysBefore ? fade ** (daysBefore - age) : 0;
      return share < leastShare ? [] : [{ midnight, age, weight: level * (times - 1) * share, spike }];
    });
    return [{ midnight, age, weight: usual }, ...fromSpikes];
  }).flat();
}

function chanceOf(seed: number, dayNumber: number): number {
  const random = randomFrom(seed, -2 - dayNumber);
  const sum = Array.from({ length: 4 }, random.fraction).reduce((total, part) => total + part, 0);
  return 1 + noise * (sum - 2);
}
