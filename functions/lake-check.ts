import { readAthenaPlace, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAfter, dayAt, isDay, oldestKept } from '../core/calendar/day.ts';
import { type CheckedDay, type HitSums, sumsByDate } from '../core/lake/checked-days.ts';
import { athenaStore } from '../store/athena.ts';
import { checkLake } from '../store/check-lake.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { log } from '../store/log.ts';

const detailDays = readSetting('DETAIL_DAYS', process.env);
const timeZone = readSetting('TIME_ZONE', process.env);
const { statisticsTable } = readTableNames(process.env);
const place = readAthenaPlace(process.env);
const client = dynamoClient(standard(readRequestTimeout(process.env)));

/** A little less than the function has. */
const msToAsk = 100_000;
const daysToCheck = 7;

/** The event of the schedule, or of a caller who asks for all days since another. */
export interface LakeCheckEvent {
  time?: string;
  from?: string;
}

/**
 * Compares the lake with the counters of the last seven closed days, or of all days since another. Logs each day that fails
 * as a failure, and returns all days. Throws if Athena or the table fails.
 */
export async function handler({ time, from }: LakeCheckEvent): Promise<CheckedDay[]> {
  const epoch = time ? Date.parse(time) : Date.now();
  const today = dayAt(epoch, timeZone);
  const first = firstDay(from, today);
  const kept = await keptSums(first, today);
  const days = await checkLake(client, statisticsTable, { first, today, epoch, kept });
  for (const { day, counted, kept: has, missing, fails } of days)
    if (fails) log({ failed: 'lake', day, counted, kept: has, missing });
  return days;
}

/** Returns what the lake keeps of each date. Throws an Error if Athena does not answer. */
async function keptSums(first: Day, last: Day): Promise<Map<Day, HitSums>> {
  if (!place) throw new Error('There is no lake: LAKE is off.');
  const rows = await athenaStore(place, client).select(sumsByDate(first, last), { ms: msToAsk, reuseMinutes: 0 });
  if (typeof rows === 'string') throw new Error(`Athena gave no answer: ${rows}.`);
  return new Map(
    rows.map(({ date, views, events }) => [date as Day, { views: Number(views), events: Number(events) }]),
  );
}

/** The rows of older days have expired. */
function firstDay(from: string | undefined, today: Day): Day {
  const oldest = oldestKept(today, detailDays);
  const wanted = from && isDay(from) ? from : dayAfter(today, -daysToCheck);
  return wanted < oldest ? oldest : wanted;
}
