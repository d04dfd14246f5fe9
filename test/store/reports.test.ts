import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { summaryBuilder } from '../../core/counters/summary-builder.ts';
import { startDatabase } from '../../local/database.ts';
import { reportsFrom } from '../../store/reports.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { summariesStore } from '../../store/summaries.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const table = 'SiteStatistics';
const summaries = summariesStore(new DynamoDBClient(), table);
const state = rollupState(new DynamoDBClient(), table);
const [site, day] = ['blog.example.com', '2026-11-01'] as const;
const url = `https://${site}/`;
const epoch = Date.parse('2026-11-20T12:00:00Z');

async function store(views: number): Promise<void> {
  const { addRow, summary } = summaryBuilder();
  const counters = { views, hour_07: views, visits: 1, country_FR: 1 };
  addRow(url, new Map(Object.entries(counters)));
  await summaries.replace({ site, date: day, summary: summary(), expires: undefined }, epoch);
}

/** A client on which each Query of names by page comes after a Query of summaries, and then after `meanwhile`. */
function clientWith(meanwhile: () => Promise<void>): DynamoDBClient {
  const client = new DynamoDBClient();
  let isRead: () => void = () => {};
  const summariesRead = new Promise<void>((resolve) => {
    isRead = resolve;
  });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        const values = (request.input as QueryCommandInput).ExpressionAttributeValues;
        const partition = commandName === 'QueryCommand' ? values?.[':day']?.S : undefined;
        if (partition === `(day names) ${site}`) await summariesRead.then(meanwhile);
        const answer = await next(request);
        if (partition === `(day) ${site}`) isRead();
        return answer;
      },
    { step: 'initialize' },
  );
  return client;
}

async function viewsOfPage(client: DynamoDBClient) {
  const reports = reportsFrom(client, table);
  const range = { period: undefined, days: [day], unit: 'day' as const };
  const { report } = await reports.read({ range, filter: { page: url } }, await reports.rolledUp(epoch), epoch);
  return report.totals.views;
}

test('a summary that a roll-up replaces while it is read is read again', async () => {
  await state.advance(day, new Map([[site, day]]));
  await store(1);
  let times = 0;
  const client = clientWith(async () => {
    if (times++ === 0) await store(2);
  });
  assert.equal(await viewsOfPage(client), 2);
  assert.equal(times, 2);
});

test('a summary that lacks a part for good is an error, not fewer views', async () => {
  let views = 2;
  const client = clientWith(() => store(++views));
  await assert.rejects(viewsOfPage(client), { message: `The summary of ${day} changed while it was read.` });
});

test('what belongs to no site is told beside the numbers of one site, on open days as on closed ones', async () => {
  const statistics = statisticsStore(new DynamoDBClient(), table);
  for (const [url, views] of [
    ['https://www.blog.example.com/', 3],
    ['https://notes.example.org/', 5],
    ['(other)', 7],
  ] as const)
    await statistics.add('2026-11-19', url, { views }, 45);
  const reports = reportsFrom(new DynamoDBClient(), table);
  const range = { period: undefined, days: ['2026-11-19' as const], unit: 'day' as const };
  const { report } = await reports.read({ range, filter: {}, site }, await reports.rolledUp(epoch), epoch);
  assert.deepEqual([report.totals.views, report.unassigned], [3, 7]);
});
