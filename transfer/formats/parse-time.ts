import { type Day, isDay } from '../../core/calendar/day.ts';
import { UnreadableFile } from '../format.ts';

export const firstPossibleDay: Day = '1990-01-01';
const firstPossibleTime = Date.parse(firstPossibleDay);

/** Returns whether something can have happened at a time: since 1990, and not after `now`. Both are in milliseconds. */
export const isPossibleTime = (time: number, now: number): boolean => time >= firstPossibleTime && time <= now;

const pattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * Returns an instant in milliseconds since 1970: `2026-11-25 10:20:30`, with `T`, fractions and a zone or not. Without a
 * zone it is in UTC. Throws `UnreadableFile` for any other text.
 */
export function parseTime(text: string): number {
  const [, day = '', minute, second = ':00', fraction = '', zone = 'Z'] = pattern.exec(text.trim()) ?? [];
  const time = Date.parse(`${day}T${minute}${second}${fraction.slice(0, 4)}${isoZone(zone)}`);
  if (isDay(day) && !Number.isNaN(time)) return time;
  throw new UnreadableFile(
    `"${text.slice(0, 40)}" is not a time like 2026-11-25 10:20:30. Correct or remove the line.`,
  );
}

const isoZone = (zone: string) => (zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2'));

/** Returns a day: `2026-11-25`, or without dashes. Throws `UnreadableFile` for any other text. */
export function parseDay(text: string): Day {
  const day = text.trim().replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  if (isDay(day)) return day;
  throw new UnreadableFile(`"${text.slice(0, 40)}" is not a day like 2026-11-25. Correct or remove the line.`);
}
