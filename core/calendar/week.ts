import { type Day, dayAfter } from './day.ts';

/** Returns the first day of the week of a day. Weeks begin on Monday, as in ISO 8601. */
export const mondayOf = (day: Day): Day => dayAfter(day, -((new Date(day).getUTCDay() + 6) % 7));
