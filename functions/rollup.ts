import { readLimits, readRequestTimeout, readTableNames, summaryCaps } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAfter, dayAt, daysBetween, daysUpTo, isDay, oldestKept } from '../core/calendar/day.ts';
import { quoted } from '../core/report/quoted.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { DeadlineRetries } from '../store/deadline-retries.ts';
import { log } from '../store/log.ts';
import { nightlyRollup } from '../store/nightly-rollup.ts';

const timeZone = readSetting('TIME_ZONE', process.env);
const retentionDays = readSetting('RETENTION_DAYS', process.env);
const limits = readLimits(process.env);
const { statisticsTable } = readTableNames(process.env);
// A day can take more units than the table allows in a second. The client then waits, and hits wait on their queue.
const retries = new DeadlineRetries();
const client = dynamoClient({ ...standard(readRequestTimeout(process.env)), retryStrategy: retries });

/** Of the 900 s in serverless.yml. The next night goes on where the time ends. */
const msToWork = 840_000;
/** A hit of a day's last second may be written a little later. */
const msOfGrace = 3_600_000;

/** What to roll up: by default what is due now. */
export interface RollupEvent {
  /** ISO 8601. It stands for now. */
  time?: string;
  /** The first and last day of a range to add up again. One of them means that day. */
  from?: string;
  to?: string;
  /** Whether summaries may lose counts, for example after rows were deleted by hand. */
  shrink?: boolean;
}

/** The dates whose summaries were stored, those of which an earlier one has more and stays, and whether all is done. */
export interface RollupAnswer {
  stored: string[];
  kept: string[];
  isDone: boolean;
}

/**
 * Adds up each day that is over, once a day: the new ones, and those that had late increments. With `from` and `to`, by
 * hand, adds up these again. Throws an Error that says why it cannot.
 */
export async function handler({ time, from, to, shrink = false }: RollupEvent): Promise<RollupAnswer> {
  retries.begin(msToWork);
  const deadline = Date.now() + msToWork;
  const epoch = (time === undefined ? Date.now() : Date.parse(time)) - msOfGrace;
  const today = dayAt(epoch, timeZone);
  const again =
    from === undefined && to === undefined ? [] : daysToRepeat(String(from ?? to), String(to ?? from), today);
  const settings = { caps: summaryCaps(limits), detailDays: limits.detailDays, retentionDays };
  const { stored, kept, isDone } = await nightlyRollup(client, statisticsTable, settings, {
    ...{ epoch, today, again, mayShrink: shrink },
    isTimeOver: () => Date.now() > deadline,
  });
  for (const date of kept) log({ kept: date, because: 'the rows have less than the summary' });
  return { stored: [...stored].sort(), kept: [...kept].sort(), isDone };
}

function daysToRepeat(from: string, to: string, today: Day): Day[] {
  for (const day of [from, to])
    if (!isDay(day)) throw new Error(`${quoted(day)} is not a day: write it like ${dayAfter(today, -1)}.`);
  const [first, last] = [from as Day, to as Day];
  if (first > last) throw new Error(`The range from ${first} to ${last} ends before it begins: swap its days.`);
  if (last >= today) throw new Error(`${last} is not over: choose a day before ${today}.`);
  const oldest = oldestKept(today, limits.detailDays);
  if (first < oldest) throw new Error(`The rows of ${first} may have expired: choose days from ${oldest}.`);
  return daysUpTo(last, daysBetween(first, last) + 1);
}
