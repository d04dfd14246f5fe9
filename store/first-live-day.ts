import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, daysBetween, daysUpTo } from '../core/calendar/day.ts';
import { isNotCounted, siteOf } from '../core/counters/names.ts';
import { noSite, siteOfRow } from '../core/counters/summary.ts';
import { maxOpenDays } from '../core/report/parts.ts';
import { concurrently } from './concurrently.ts';
import { rollupState } from './rollup-state.ts';
import { statisticsStore } from './statistics.ts';

const daysAtOnce = 14;

/**
 * Reads the first day on which a site was counted live, up to `today`. Of hits without a site, it is that of any site. It
 * also looks at the rows of days that are not rolled up. Returns undefined if there is none. Throws the SDK's errors.
 */
export async function firstLiveDay(
  client: DynamoDBClient,
  tableName: string,
  { site, today, epoch }: { site: string; today: Day; epoch: number },
): Promise<Day | undefined> {
  const statistics = statisticsStore(client, tableName);
  const { through, since, late } = await rollupState(client, tableName, { ConsistentRead: true }).read(epoch);
  const rolledUp = site === noSite ? [...since.values()].sort()[0] : since.get(siteOf(site));
  const isOfSite = (url: string) => site === noSite || (!isNotCounted(url) && siteOfRow(url) === siteOf(site));
  const firstOpen = through ? dayAfter(through, 1) : dayAfter(today, 1 - maxOpenDays);
  const open = firstOpen > today ? [] : daysUpTo(today, daysBetween(firstOpen, today) + 1);
  const days = [...new Set([...late, ...open])].filter((day) => !rolledUp || day < rolledUp);

  async function isCounted(day: Day): Promise<boolean> {
    let isFound = false;
    await statistics.eachRow(day, epoch, (url) => {
      isFound ||= isOfSite(url);
    });
    return isFound;
  }
  const found = await concurrently(daysAtOnce, days, async (day) => ((await isCounted(day)) ? day : undefined));
  return [rolledUp, ...found].filter((day) => day !== undefined).sort()[0];
}
