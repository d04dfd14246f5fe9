import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { readRequestTimeout } from '../../config/function-settings.ts';
import { startDatabase } from '../../local/database.ts';
import { type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { close, listen } from '../../local/listen.ts';
import { dynamoClient, standard } from '../../store/client.ts';
import type { WriteOptions } from '../../store/statistics.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const { statisticsStore } = await import('../../store/statistics.ts');
const client = new DynamoDBClient();
const statistics = statisticsStore(client, 'SiteStatistics');
const url = 'https://blog.example.com/';
const now = Date.parse('2026-11-21T12:00:00Z');

test('adds increments to one item for each day and page', async () => {
  await statistics.add('2026-01-01', url, { views: 1 }, 760);
  await statistics.add('2026-01-01', url, { views: 1, views_twitter: 1 }, 760);
  await statistics.add('2026-01-01', `${url}b`, { views: 5 }, 760);
  await statistics.add('2026-01-02', url, { views: 1 }, 760);
  assert.deepEqual(await statistics.rows('2026-01-01', now), [
    { partition: '2026-01-01', url, counters: { views: 2, views_twitter: 1 } },
    { partition: '2026-01-01', url: `${url}b`, counters: { views: 5 } },
  ]);
  assert.deepEqual(await statistics.rows('2026-01-03', now), []);
});

test('loses none of 500 increments that come at once', async () => {
  const standard = new DynamoDBClient({ requestHandler: { httpAgent: { maxSockets: 500 }, requestTimeout: 60_000 } });
  const { add } = statisticsStore(standard, 'SiteStatistics');
  const numbers = Array.from({ length: 500 }, (_, i) => i);
  await Promise.all(numbers.map((i) => add('2026-01-04', url + (i % 3), { views: 1, [`views_${i % 2}`]: 1 }, 760)));
  standard.destroy();
  assert.deepEqual(
    (await statistics.rows('2026-01-04', now)).map(({ counters }) => counters),
    [
      { views: 167, views_0: 84, views_1: 83 },
      { views: 167, views_0: 83, views_1: 84 },
      { views: 166, views_0: 83, views_1: 83 },
    ],
  );
});

test('counts under any name, and none becomes part of an expression', async () => {
  const names = [
    'a-b',
    'a.b.c',
    '日本',
    'views',
    '#x',
    ':x',
    '#0',
    "x = :y REMOVE views --'",
    '__proto__',
    'x'.repeat(64),
    ' ',
  ];
  const counters = Object.fromEntries(names.map((name) => [`views_${name}`, 1]));
  await statistics.add('2026-02-01', url, { views: 1, ...counters }, 760);
  await statistics.add('2026-02-01', url, { views: 1, ...counters }, 760);
  const [row] = await statistics.rows('2026-02-01', now);
  const doubled = Object.fromEntries(names.map((name) => [`views_${name}`, 2]));
  assert.deepEqual(row?.counters, { views: 2, ...doubled });
});

test('reads a day to the last page of its Query', async () => {
  const day = '2026-03-01';
  const urls = Array.from('abcde', (letter) => url + letter);
  const large = { views: { N: '1' }, note: { S: 'x'.repeat(300_000) } };
  for (const each of urls) {
    const Item = { day: { S: day }, url: { S: each }, ...large };
    await client.send(new PutItemCommand({ TableName: 'SiteStatistics', Item }));
  }
  const query = new QueryCommand({
    TableName: 'SiteStatistics',
    KeyConditionExpression: '#day = :day',
    ExpressionAttributeNames: { '#day': 'day' },
    ExpressionAttributeValues: { ':day': { S: day } },
  });
  assert.ok((await client.send(query)).LastEvaluatedKey, 'one page holds not all of it');
  assert.deepEqual(
    (await statistics.rows(day, now)).map((row) => row.url),
    urls,
  );
});

test('leaves out expired items that are not deleted yet, and keeps items without an end', async () => {
  await statistics.add('2026-11-10', url, { views: 1 }, 10);
  assert.equal((await statistics.rows('2026-11-10', Date.parse('2026-11-20T23:59:59Z'))).length, 1);
  assert.equal((await statistics.rows('2026-11-10', Date.parse('2026-11-21T00:00:00Z'))).length, 0);
  const item = { day: { S: '2022-02-01' }, url: { S: url }, views: { N: '4' }, note: { S: 'not a counter' } };
  await client.send(new PutItemCommand({ TableName: 'SiteStatistics', Item: item }));
  assert.deepEqual(await statistics.rows('2022-02-01', now), [
    { partition: '2022-02-01', url, counters: { views: 4 } },
  ]);
});

test('a write whose answer was lost is recognised, or throws if nobody can know', async (t) => {
  const faults: Fault[] = [];
  const lossy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ operation }) =>
    operation === 'UpdateItem' ? faults.shift() : undefined,
  );
  t.after(() => lossy.close());
  let delay = 10;
  const retryStrategy = new ConfiguredRetryStrategy(2, () => delay);
  const asking = new DynamoDBClient({ endpoint: lossy.url, retryStrategy });
  t.after(() => asking.destroy());
  const day = '2026-01-06';
  const condition = (expression: string) => ({ condition: { expression, names: { '#url': 'url' } } });
  const add = (page: string, fault: Fault, manner: WriteOptions) => {
    faults.push(fault);
    return statisticsStore(asking, 'SiteStatistics').add(day, url + page, { views: 1 }, 760, manner);
  };
  const isNew = condition('attribute_not_exists(#url)');
  assert.equal(await add('a', 'fail after', {}), true);
  assert.equal(await add('b', 'reset after', isNew), true);
  assert.equal(await add('c', 'reset before', isNew), true);
  assert.equal(await add('d', 'fail before', condition('attribute_exists(#url)')), false);
  delay = 1_000;
  const unsure = add('e', 'reset after', isNew);
  while (!lossy.lost.some(({ body }) => body.Key.url.S === `${url}e`)) await sleep(5);
  await statistics.add(day, `${url}e`, { views: 1 }, 760); // within the second before the other is tried again
  await assert.rejects(unsure, { name: 'ConditionalCheckFailedException' });
  assert.deepEqual(
    (await statistics.rows(day, now)).map((row) => [row.url.slice(url.length), row.counters.views]),
    [
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['e', 2],
    ],
  );
});

test('a write ends after three attempts when the database does not answer', async (t) => {
  let attempts = 0;
  const silent = createServer(() => attempts++);
  const port = await listen(silent);
  t.after(() => close(silent));
  process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://localhost:${port}`;
  const impatient = dynamoClient(standard(1000)); // a busy machine must still connect within it
  await assert.rejects(statisticsStore(impatient, 'SiteStatistics').add('2026-01-01', url, { views: 1 }, 760), {
    name: 'TimeoutError',
  });
  assert.equal(attempts, 3);
  impatient.destroy();
});

test('each attempt to ask the database takes at most two seconds on AWS', () => {
  const { requestTimeout, throwOnRequestTimeout } = standard(readRequestTimeout({})).requestHandler;
  assert.deepEqual([requestTimeout, throwOnRequestTimeout], [2_000, true]);
});
