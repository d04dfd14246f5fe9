import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isDay } from '../core/calendar/day.ts';
import { addTo } from '../core/counters/counter-sums.ts';
import { other } from '../core/counters/names.ts';
import { partsOf, type RolledUp, runsOf, type SummaryDate } from '../core/report/parts.ts';
import { concurrently } from './concurrently.ts';
import { statisticsStore } from './statistics.ts';
import { summariesStore } from './summaries.ts';

const queriesAtOnce = 14;
/** CSV in a zip takes more than a summary: 1.4 to 2.4 times as much, measured for 20 to 5,000 pages. */
const zipRatio = 2.5;
/** A page of a blog takes 200 bytes in a zip, and one of a flood 600. */
const bytesOfOpenPage = 600;

/**
 * Returns about how many bytes each date takes in an export of sites: days first, then months and years. It reads no names
 * and few rows. Throws the SDK's errors.
 */
export async function exportSizes(
  client: DynamoDBClient,
  tableName: string,
  sites: { site: string; dates: SummaryDate[] }[],
  rolledUp: RolledUp,
  epoch: number,
): Promise<[SummaryDate, number][]> {
  const summaries = summariesStore(client, tableName);
  const statistics = statisticsStore(client, tableName);
  const all = [...new Set(sites.flatMap(({ dates }) => dates))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const sizes = new Map<SummaryDate, number>(all.map((date) => [date, 0]));
  const ranges = sites.flatMap(({ site, dates }) => {
    const imports = rolledUp.imports.filter((each) => each.site === site).map(({ name }) => name);
    return [undefined, ...imports].flatMap((importName) => runsOf(dates).map((run) => ({ site, importName, ...run })));
  });
  await concurrently(queriesAtOnce, ranges, async (range) => {
    for (const [date, bytes] of await summaries.sizes(range, epoch)) addTo(sizes, date, zipRatio * bytes);
  });
  const { open } = partsOf({ days: all.filter(isDay), unit: 'day' }, rolledUp);
  await concurrently(queriesAtOnce, open, (day) => {
    const addPages = (_: string, counters: Map<string, number>) =>
      addTo(sizes, day, bytesOfOpenPage * ((counters.get('pages') ?? 0) + (counters.get('kept_pages') ?? 0)));
    return statistics.eachRow(day, epoch, addPages, { url: other });
  });
  return [...sizes];
}
