import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Month } from '../../core/calendar/month.ts';
import type { StoredRow } from '../../core/report/report.ts';
import { startDatabase } from '../../local/database.ts';
import { close, listen } from '../../local/listen.ts';
import { rolledUpMonthsStore } from '../../store/rolled-up-months.ts';
import { statisticsStore } from '../../store/statistics.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
const statistics = statisticsStore(client, 'SiteStatistics');
const { replace } = rolledUpMonthsStore(client, 'SiteStatistics', statistics);
const now = Date.parse('2026-11-21T12:00:00Z');

const row = (month: Month, page: string, views: number): StoredRow => ({
  partition: month,
  url: `https://blog.example.com/${page}`,
  counters: { views },
});

test('a roll-up replaces the rows of its month, and removes all others', async () => {
  const many = Array.from({ length: 60 }, (_, i) => row('2026-10', String(i).padStart(2, '0'), 1));
  await replace('2026-10', many, now);
  assert.deepEqual(await statistics.rows('2026-10', now), many);
  const few = [row('2026-10', '07', 59), row('2026-10', 'new', 1)];
  await replace('2026-10', few, now);
  await replace('2026-10', few, now);
  assert.deepEqual(await statistics.rows('2026-10', now), few);
});

test('a rolled-up month is listed, and nothing of it expires', async () => {
  await replace('2026-09', [row('2026-09', '', 1)], now);
  assert.ok((await statistics.rolledUpMonths(now)).has('2026-09'));
  for (const day of ['2026-09', '(months)']) {
    const values = { ':day': { S: day } };
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: 'SiteStatistics',
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: values,
      }),
    );
    assert.ok(Items.length > 0 && Items.every(({ expires }) => expires === undefined));
  }
});

test('a roll-up does not replace one with more views, because its days have expired', async () => {
  const rows = [row('2026-08', '', 3)];
  await replace('2026-08', rows, now);
  await assert.rejects(replace('2026-08', [row('2026-08', 'x', 2)], now), {
    message: '2026-08 was rolled up with 3 views, and its days have only 2 left: the earlier roll-up stays.',
  });
  assert.deepEqual(await statistics.rows('2026-08', now), rows);
  assert.ok((await statistics.rolledUpMonths(now)).has('2026-08'));
});

test('refused hits do not count as views of a rolled-up month', async () => {
  const refused = ['(not counted)', '(not counted) blog.example.com'].map(
    (url): StoredRow => ({ partition: '2026-07', url, counters: { views: 5 } }),
  );
  await replace('2026-07', [row('2026-07', '', 1), ...refused], now);
  await replace('2026-07', [row('2026-07', '', 2)], now);
  assert.deepEqual(await statistics.rows('2026-07', now), [row('2026-07', '', 2)]);
});

test('a roll-up writes again what DynamoDB left of a batch', async (t) => {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  let batches = 0;
  /** Takes the first 15 writes of a batch, and says that it left the others. */
  const busy = createServer(async (request, response) => {
    const asked = JSON.parse((await request.toArray()).join(''));
    const writes = asked.RequestItems?.SiteStatistics ?? [];
    if (asked.RequestItems) asked.RequestItems.SiteStatistics = writes.slice(0, 15);
    if (writes.length > 0) batches++;
    const names = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
    const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(asked) });
    const told = await answer.json();
    if (writes.length > 15) told.UnprocessedItems = { SiteStatistics: writes.slice(15) };
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(told));
  });
  const port = await listen(busy);
  t.after(() => close(busy));
  const asking = new DynamoDBClient({ endpoint: `http://localhost:${port}` });
  t.after(() => asking.destroy());
  const rows = Array.from({ length: 25 }, (_, i) => row('2026-06', String(i).padStart(2, '0'), 1));
  await rolledUpMonthsStore(asking, 'SiteStatistics', statistics).replace('2026-06', rows, now);
  assert.deepEqual(await statistics.rows('2026-06', now), rows);
  assert.equal(batches, 4, 'the list, the rows twice, the list');
});
