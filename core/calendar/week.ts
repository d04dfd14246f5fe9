import { type Day, dayAfter } from './day.ts';

/** Returns the first day of the week of a day. Weeks begin on Monday, as in ISO 8601. */
export const mondayOf = (day: Day): Day => dayAfter(day, -weekdayOf(day));

/** Returns the weekday of a day: 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (new Date(day).getUTCDay() + 6) % 7;
