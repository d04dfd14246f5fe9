import { readLimits, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAt } from '../core/calendar/day.ts';
import { closedMonths, daysOf, isWhole, type Month, monthOf, parseMonth } from '../core/calendar/month.ts';
import { monthRollup } from '../core/counters/month-rollup.ts';
import { quoted } from '../core/report/quoted.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { DeadlineRetries } from '../store/deadline-retries.ts';
import { rolledUpMonthsStore } from '../store/rolled-up-months.ts';
import { statisticsStore } from '../store/statistics.ts';

const timeZone = readSetting('TIME_ZONE', process.env);
const { retentionDays, ...caps } = readLimits(process.env);
const { statisticsTable } = readTableNames(process.env);
// A month can take more units than the table allows in a second. The client then waits, and hits wait on their queue.
const retries = new DeadlineRetries();
const client = dynamoClient({ ...standard(), retryStrategy: retries });
const statistics = statisticsStore(client, statisticsTable);
const rolledUpMonths = rolledUpMonthsStore(client, statisticsTable, statistics);

/** Of the 900 s in serverless.yml. */
const msToWork = 840_000;
/** How many past months are checked each night. */
const monthsChecked = 25;
/** Until this day of the next month, a month is rolled up again each night: hits wait on the queue for up to 14 days. */
const lastDayToRepeat = 15;

/**
 * Rolls up the months that are over, once a day, at the instant `time` (ISO 8601). With `month`, by hand, rolls up that
 * one. Throws an Error that says why it cannot. Returns the months that it rolled up.
 */
export async function handler({ time, month }: { time?: string; month?: string }): Promise<{ rolledUp: Month[] }> {
  retries.begin(msToWork);
  const epoch = time === undefined ? Date.now() : Date.parse(time);
  const today = dayAt(epoch, timeZone);
  const months = month === undefined ? await due(today, epoch) : [closedMonth(month, today)];
  for (const each of months) {
    const { add, rows } = monthRollup(each, caps);
    // One day after the other: which names of a flood go to `(other)` must not depend on the speed of answers.
    for (const day of daysOf(each)) await statistics.eachPartition([day], epoch, {}, add);
    await rolledUpMonths.replace(each, rows(), epoch);
  }
  return { rolledUp: months };
}

async function due(today: Day, epoch: number): Promise<Month[]> {
  const rolledUp = await statistics.rolledUpMonths(epoch);
  const mayHaveGrown = Number(today.slice(8)) <= lastDayToRepeat ? closedMonths(today, 1) : [];
  const wanted = closedMonths(today, monthsChecked).filter(
    (month) => isWhole(month, today, retentionDays) && (!rolledUp.has(month) || mayHaveGrown.includes(month)),
  );
  return wanted.reverse(); // latest first: a month that takes too long must not hold up the later ones
}

function closedMonth(text: string, today: Day): Month {
  const month = parseMonth(String(text));
  if (!month) throw new Error(`${quoted(String(text))} is not a month: write it like ${closedMonths(today, 1)}.`);
  if (month >= monthOf(today)) throw new Error(`${month} is not over: today is ${today}.`);
  if (!isWhole(month, today, retentionDays))
    throw new Error(`Some days of ${month} have expired, so its sums would be too low. Roll up a later month.`);
  return month;
}
