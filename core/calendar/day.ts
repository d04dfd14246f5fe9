/** A calendar date in the site's time zone, `2026-11-21`: never an instant. */
export type Day = `${number}-${number}-${number}`;

/** A time on the site's clock: an hour from `00` to `23`, and a minute from `00` to `59`. */
export interface TimeOfDay {
  hour: string;
  minute: string;
}

/** A day and a time in the site's time zone. */
export interface Moment extends TimeOfDay {
  day: Day;
}

export const secondsPerDay = 86_400;
const msPerDay = 1000 * secondsPerDay;
const clocks = new Map<string, Intl.DateTimeFormat>();

// Swedish writes dates as ISO 8601 does. A formatter takes 3 µs for each date.
function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const digits = '2-digit';
  const date = { year: 'numeric', month: digits, day: digits } as const;
  const clock = new Intl.DateTimeFormat('sv-SE', {
    ...{ ...date, hour: digits, minute: digits },
    ...{ hourCycle: 'h23', timeZone },
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** Returns the day and time at an instant (ms since 1970) in an IANA time zone. Throws a RangeError for an unknown zone. */
export function momentAt(epoch: number, timeZone: string): Moment {
  // The first formatter of a process takes 10 ms. UTC, the default, needs none.
  const clock = timeZone === 'UTC' ? new Date(epoch).toISOString() : clockIn(timeZone).format(epoch);
  return { day: clock.slice(0, 10) as Day, hour: clock.slice(11, 13), minute: clock.slice(14, 16) };
}

/** Returns the day at an instant. */
export const dayAt = (epoch: number, timeZone: string): Day => momentAt(epoch, timeZone).day;

/** Returns the day that is `count` days after another. */
export const dayAfter = (day: Day, count: number): Day =>
  new Date(Date.parse(day) + count * msPerDay).toISOString().slice(0, 10) as Day;

/** Returns the last `count` days up to and including `today`, oldest first. */
export const daysUpTo = (today: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => dayAfter(today, i + 1 - count));

/** Returns the oldest day whose items do not expire today, when they are kept for `count` days. */
export const oldestKept = (today: Day, count: number): Day => dayAfter(today, 2 - count);

/** Returns how many days lie between two days. */
export const daysBetween = (first: Day, last: Day): number => (Date.parse(last) - Date.parse(first)) / msPerDay;

/** Returns the day's number in its month, from 1. */
export const dayOfMonth = (day: Day): number => Number(day.slice(8));

/** Returns whether a text is a day of the calendar. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}
