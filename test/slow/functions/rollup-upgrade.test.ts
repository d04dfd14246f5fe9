import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { daysBetween, daysUpTo } from '../../../core/calendar/day.ts';
import { daysOf, type Month, monthOf } from '../../../core/calendar/month.ts';
import type { Counters } from '../../../core/counters/names.ts';
import { startDatabase } from '../../../local/database.ts';
import { startMeter } from '../../../local/meter.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { startFunctions, textOf } from '../../functions/footfall.ts';

const database = await startDatabase();
let writesAllowed = Number.POSITIVE_INFINITY;
const meter = await startMeter(
  database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
  (operation) => !['PutItem', 'DeleteItem', 'UpdateItem'].includes(operation) || writesAllowed-- > 0,
);
after(() => meter.close().then(() => database.close()));

const { stats } = await startFunctions({
  SITES: 'blog.example.com,other.example',
  DETAIL_DAYS: '45',
  RETENTION_DAYS: '100',
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
});
const { handler: rollup } = await import('../../../functions/rollup.ts');
const client = new DynamoDBClient();
const statistics = statisticsStore(client, 'SiteStatistics');
const today = '2026-02-10';
const oldestDay = '2025-11-03';
const epoch = Date.parse(`${today}T12:00:00Z`);
const TableName = 'SiteStatistics';
const keyOf = (day: string, url: string) => ({ day: { S: day }, url: { S: url } });

/** Adds up a month's rows into one row for each page, as an earlier version did. Old days have expired since. */
async function rollUpAsBefore(month: Month): Promise<void> {
  const sums = new Map<string, Counters>();
  for (const day of daysOf(month))
    for (const { url, counters } of await statistics.rows(day, epoch)) {
      const sum = sums.get(url) ?? {};
      for (const [name, count] of Object.entries(counters)) sum[name] = (sum[name] ?? 0) + count;
      sums.set(url, sum);
      if (day < oldestDay) await client.send(new DeleteItemCommand({ TableName, Key: keyOf(day, url) }));
    }
  for (const [url, sum] of sums) {
    const numbers = Object.entries(sum).map(([name, count]) => [name, { N: String(count) }]);
    await client.send(
      new PutItemCommand({ TableName, Item: { ...keyOf(month, url), ...Object.fromEntries(numbers) } }),
    );
  }
  await client.send(new PutItemCommand({ TableName, Item: keyOf('(months)', month) }));
}

async function numbersByMonth(): Promise<string[]> {
  const range = { from: '2024-12-01', to: today, compare: 'none' };
  const queries = [
    { ...range, by: 'month' },
    { ...range, by: 'month', country: 'FR' },
    { ...range, by: 'month', page: 'https://blog.example.com/1' },
    { ...range, by: 'month', site: 'other.example' },
    { ...range, by: 'year' },
    { from: '2026-01-01', to: today, compare: 'none' },
  ];
  return Promise.all(
    queries.map(async (query) => {
      const answer = textOf(await stats({ path: '/stats.json', query, epoch }));
      // What is concluded from the weeks before needs their totals, which a roll-up stores.
      const { why, unusual, forecast, ...numbers } = JSON.parse(answer);
      return JSON.stringify(numbers);
    }),
  );
}

const itemsIn = async (day: string) =>
  (
    await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': { S: day } },
      }),
    )
  ).Count;

test('the first nights after an upgrade turn months and rows into summaries, wherever they are cut', async () => {
  const days = daysUpTo(today, daysBetween('2024-12-20', today) + 1);
  for (const [i, day] of days.entries()) {
    const views = 1 + (i % 5);
    await statistics.add(
      day,
      `https://blog.example.com/${i % 3}`,
      { views, visits: 1, country_FR: 1, views_mail: 1 },
      760,
    );
    if (i % 2) await statistics.add(day, 'https://www.other.example/', { views: 2, event_signup: 1 }, 760);
    if (i % 3) await statistics.add(day, '(not counted)', { bot_ai: 1 }, 760);
  }
  const before = await numbersByMonth();
  for (const month of new Set(days.map(monthOf))) if (month !== monthOf(today)) await rollUpAsBefore(month);
  assert.deepEqual([await itemsIn('2025-06-15'), await itemsIn('2025-06'), await itemsIn('(months)')], [0, 5, 14]);

  let nights = 0;
  for (writesAllowed = 7; nights < 200; writesAllowed = 7 + 8 * nights) {
    nights++;
    const night = await rollup({ time: `${today}T03:30:00Z` }).catch((error: Error) => error);
    if (!(night instanceof Error)) break;
    assert.equal(night.name, 'AccessDeniedException');
  }
  writesAllowed = Number.POSITIVE_INFINITY;
  assert.ok(nights > 5, `${nights} nights`);
  assert.deepEqual(await numbersByMonth(), before);
  assert.deepEqual(await Promise.all(['2024-12', '2025-06', '2025-12', '(months)'].map(itemsIn)), [0, 0, 0, 0]);
  assert.deepEqual((await rollup({ time: `${today}T03:30:00Z` })).stored, []);
});
