import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { packSummary, type Summary } from '../../core/counters/summary.ts';
import { summaryBuilder } from '../../core/counters/summary-builder.ts';
import type { SummaryDate } from '../../core/report/parts.ts';
import { startDatabase } from '../../local/database.ts';
import { summariesStore } from '../../store/summaries.ts';
import { TornSummary } from '../../store/summary-chunks.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
const summaries = summariesStore(client, 'SiteStatistics');
const site = 'blog.example.com';
const epoch = Date.parse('2026-11-21T12:00:00Z');
const TableName = 'SiteStatistics';

/** A summary of several parts: hashes do not compress. */
function longSummary(views: number): Summary {
  const { addRow, summary } = summaryBuilder();
  for (let i = 0; i < 1_500; i++) {
    const hash = createHash('sha512').update(String(i)).digest('base64url');
    addRow(
      `https://blog.example.com/${hash}`,
      new Map([
        ['views', views],
        [`referrer_${hash}`, 1],
      ]),
    );
  }
  return summary();
}

const store = (date: SummaryDate, summary: Summary) =>
  summaries.replace({ site, date, summary, expires: undefined }, epoch);

async function read(date: SummaryDate, withNames = true): Promise<Summary[]> {
  const found: Summary[] = [];
  await summaries.each({ site, first: date, last: date }, withNames, epoch, (summary) => found.push(summary));
  return found;
}

async function itemsIn(partition: string) {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': { S: partition } },
    }),
  );
  return Items;
}
const urlsIn = async (partition: string) => (await itemsIn(partition)).map(({ url }) => url?.S ?? '');

const keyOf = (day: string, url: string) => ({ day: { S: day }, url: { S: url } });

test('a summary of several parts is read as it was stored, and replaced whole', async () => {
  const summary = longSummary(1);
  assert.equal(await store('2026-11-01', summary), 'stored');
  const [parts, names] = [await urlsIn(`(day) ${site}`), await urlsIn(`(day names) ${site}`)];
  assert.ok(parts.length > 1 && names.length > 1, `${parts.length} and ${names.length} parts`);
  assert.deepEqual((await read('2026-11-01')).map(packSummary), [packSummary(summary)]);
  const [main] = (await read('2026-11-01', false)).map(packSummary);
  assert.deepEqual(main, { main: packSummary(summary).main, names: '' });

  assert.equal(await store('2026-11-01', longSummary(2)), 'stored');
  assert.deepEqual((await read('2026-11-01')).map(packSummary), [packSummary(longSummary(2))]);
  assert.equal((await urlsIn(`(day) ${site}`)).length, parts.length, 'the parts of before are gone');
  assert.equal((await urlsIn(`(day names) ${site}`)).length, names.length);
});

test('the bytes of a summary are those of all its parts', async () => {
  const sizes = async () => [...(await summaries.sizes({ site, first: '2026-09-01', last: '2026-09-02' }, epoch))];
  await store('2026-09-01', longSummary(1));
  await store('2026-09-02', summaryBuilder().summary()); // nothing to store
  const parts = (await Promise.all([itemsIn(`(day) ${site}`), itemsIn(`(day names) ${site}`)])).flat();
  const ofDay = parts.filter(({ url }) => url?.S?.startsWith('2026-09-01'));
  const bytes = ofDay.reduce((sum, { body }) => sum + (body?.B?.length ?? 0), 0);
  assert.ok(bytes > 100_000);
  assert.deepEqual(await sizes(), [['2026-09-01', bytes]]);
});

test('a summary that lacks a part is not read, and is stored again', async () => {
  for (const [partition, part] of [
    ['(month)', 'main0'],
    ['(month names)', 'names0'],
  ]) {
    await store('2026-10', longSummary(1));
    const url = (await urlsIn(`${partition} ${site}`)).find((each) => each.endsWith(`/${part}`)) ?? '';
    await client.send(new DeleteItemCommand({ TableName, Key: keyOf(`${partition} ${site}`, url) }));
    await assert.rejects(read('2026-10'), TornSummary);
    assert.equal(await store('2026-10', longSummary(1)), 'stored');
    assert.equal((await read('2026-10')).length, 1);
  }
});

test('parts that an interrupted roll-up left are deleted, also if the summary does not change', async () => {
  const left = async (year: SummaryDate) => {
    for (const partition of [`(year) ${site}`, `(year names) ${site}`])
      await client.send(
        new PutItemCommand({
          TableName,
          Item: { ...keyOf(partition, `${year}/left/main0`), body: { B: Buffer.of(1) } },
        }),
      );
  };
  const isLeft = async () =>
    [...(await urlsIn(`(year) ${site}`)), ...(await urlsIn(`(year names) ${site}`))].some((url) =>
      url.includes('left'),
    );
  await store('2025', longSummary(2));
  for (const [summary, outcome] of [
    [longSummary(2), 'unchanged'],
    [longSummary(1), 'kept'],
    [longSummary(3), 'stored'],
  ] as const) {
    await left('2025');
    assert.equal(await store('2025', summary), outcome);
    assert.ok(!(await isLeft()), outcome);
  }
});

test('a day without counts has no item', async () => {
  assert.equal(await store('2026-11-02', summaryBuilder().summary()), 'unchanged');
  assert.deepEqual(await read('2026-11-02'), []);
});
