import { type Day, dayAt } from '../core/day.ts';
import { fold } from '../core/fold.ts';
import { closedMonths, daysOf, isMonth, isWhole, type Month, monthOf } from '../core/month.ts';
import { quoted } from '../core/quoted.ts';
import { dynamoClient, patient } from '../store/client.ts';
import { monthsStore } from '../store/months.ts';
import { statisticsStore } from '../store/statistics.ts';
import { parseSettings } from './settings.ts';

const { timeZone, retentionDays, statisticsTable, ...caps } = parseSettings(process.env);
// A month may be more than the table takes in a second: the client then waits, and hits wait on their queue.
const client = dynamoClient({ ...patient(), maxAttempts: 10 });
const statistics = statisticsStore(client, statisticsTable);
const { keep } = monthsStore(client, statisticsTable, statistics);

/** How far back a month is looked for that is not folded yet. */
const monthsLookedAt = 25;
/** Until this day of the next, a month is folded anew each day: a hit waits on the queue for 14 days at most. */
const lastDayToFoldAnew = 15;

/**
 * Once a day, at the instant `time` (ISO 8601): folds the months that are over and not folded yet. With `month`, by hand:
 * folds that one anew, or throws an Error that says why it cannot. Tells which months it folded.
 */
export async function handler({ time, month }: { time?: string; month?: string }): Promise<{ folded: Month[] }> {
  const epoch = time === undefined ? Date.now() : Date.parse(time);
  const today = dayAt(epoch, timeZone);
  const months = month === undefined ? await due(today, epoch) : [parseMonth(month, today)];
  for (const each of months) {
    const { add, rows } = fold(each, caps);
    // One after the other: what goes to `(other)` of a flood must not depend on which answer is faster.
    for (const day of daysOf(each)) await statistics.eachDay([day], epoch, {}, add);
    await keep(each, rows(), epoch);
  }
  return { folded: months };
}

async function due(today: Day, epoch: number): Promise<Month[]> {
  const folded = await statistics.folded(epoch);
  const mayHaveGrown = Number(today.slice(8)) <= lastDayToFoldAnew ? closedMonths(today, 1) : [];
  const wanted = closedMonths(today, monthsLookedAt).filter(
    (month) => isWhole(month, today, retentionDays) && (!folded.has(month) || mayHaveGrown.includes(month)),
  );
  return wanted.reverse(); // one that takes longer than there is time must not keep the later ones waiting each night
}

function parseMonth(text: string, today: Day): Month {
  if (!isMonth(text))
    throw new Error(`${quoted(String(text))} is not a month: write it like ${closedMonths(today, 1)}.`);
  if (text >= monthOf(today)) throw new Error(`${text} is not over: today is ${today}.`);
  if (!isWhole(text, today, retentionDays))
    throw new Error(`Of ${text} not all days are kept any more: it cannot be summed.`);
  return text;
}
