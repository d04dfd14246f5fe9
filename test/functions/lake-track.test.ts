import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dayAt } from '../../core/calendar/day.ts';
import { startDatabase } from '../../local/database.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';
import { type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { startFirehose } from '../../local/firehose.ts';
import { startQueue } from '../../local/queue.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { firefox, linesLogged } from './footfall.ts';
import { lakeRecords } from './lake-records.ts';

const database = await startDatabase();
const queue = await startQueue();
const folder = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
const firehose = await startFirehose(folder);
let fault: Fault | undefined;
let asked = 0;
const toLake = await faultProxy(firehose.environment.FIREHOSE_URL ?? '', () => {
  asked++;
  return fault;
});
let tableTakes = true;
const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '' } = database.environment;
const toTable = await faultProxy(endpoint, () => (tableTakes ? undefined : 'fail before'));
const direct = new DynamoDBClient({ ...database.environment, endpoint, region: 'us-east-1' });
Object.assign(process.env, database.environment, queue.environment, firehose.environment, {
  SITES: 'blog.example.com',
  TIME_ZONE: 'Europe/Berlin',
  VISITORS: 'on',
  LIVE: 'off',
  HIT_TIMEOUT: '20000', // this machine may be slow
  AWS_ENDPOINT_URL_DYNAMODB: toTable.url,
});
after(async () => {
  direct.destroy();
  await Promise.all([toLake.close(), toTable.close(), firehose.close(), queue.close(), database.close()]);
  await rm(folder, { recursive: true });
});

const url = 'https://blog.example.com/';
const epoch = Date.parse('2026-11-25T22:41:00Z');
let loads = 0;
/** Loads the function anew. Returns what sends a view of a page, `after` ms later. */
async function coldStart(settings: Record<string, string> = {}) {
  Object.assign(process.env, { LAKE: 'on', VISITORS: 'on', FIREHOSE_URL: toLake.url }, settings);
  const { handler } = await import(`../../functions/track.ts?lake=${loads++}`);
  return (after: number, fields: object = {}, parts: EventParts = {}) => {
    const headers = { 'user-agent': firefox, 'accept-language': 'fr', ...parts.headers };
    const body = JSON.stringify({ url, ...fields });
    return handler(httpEvent({ method: 'POST', path: '/track', ...parts, headers, body, epoch: epoch + after }));
  };
}

/** Returns what is in the lake and was not there before. */
async function newRecords() {
  await firehose.flush();
  const records = await lakeRecords(folder);
  await rm(join(folder, 'events'), { recursive: true, force: true });
  return records;
}
const viewsNow = async () => {
  const rows = await statisticsStore(direct, 'SiteStatistics').rows(dayAt(epoch, 'Europe/Berlin'), 0);
  return rows.reduce((sum, { counters }) => sum + (counters.views ?? 0), 0);
};

beforeEach(async () => {
  fault = undefined;
  tableTakes = true;
  await newRecords();
  asked = 0;
});

const seen = { date: '2026-11-25', hour: 23, site: 'blog.example.com' };
const reader = { language: 'fr', browser: 'Firefox', os: 'Linux', device: 'desktop' };

test('the lake has each counted view and event, in the hour of the site, and no refused hit', async () => {
  const send = await coldStart();
  const from = { tz: 'Europe/Paris', width: 1280 };
  await send(0, { ...from, utm_source: 'News', referrer: 'https://news.ycombinator.com/item?id=1' });
  await send(60_000, { ...from, url: `${url}b?p=1`, referrer: url });
  await send(120_000, { event: 'Signup' });
  await send(180_000, { ...from, url: `${url}c`, referrer: `${url}b?p=2#x` });
  await send(240_000, { bot: true });
  await send(250_000, { url: 'https://elsewhere.example/' });
  const client = { ...reader, country: 'FR' };
  assert.deepEqual(await newRecords(), [
    { ...seen, page: '/', referrer: 'news.ycombinator.com', source: 'news', ...client, nth: 1 },
    { ...seen, page: '/b?p=1', before: '/', ...client, nth: 2 },
    { ...seen, page: '/', event: 'signup', ...reader },
    { ...seen, page: '/c', before: '/b', ...client, nth: 3 },
  ]);
});

test('a view of a browser that asks for privacy, or without visitor records, has no number in its visit', async () => {
  const send = await coldStart();
  for (const header of ['sec-gpc', 'dnt'])
    for (const after of [0, 1000]) await send(after, {}, { headers: { [header]: '1' } });
  const withoutVisitors = await coldStart({ VISITORS: 'off' });
  await withoutVisitors(0);
  assert.deepEqual(await newRecords(), Array(5).fill({ ...seen, page: '/', ...reader }));
});

test('a hit asks for nothing with LAKE=off, and explain says nothing of the lake', async () => {
  const send = await coldStart({ LAKE: 'off' });
  await send(0);
  const { body = '' } = await send(0, {}, { query: { explain: '1' } });
  assert.deepEqual([asked, 'lake' in JSON.parse(body)], [0, false]);
});

test('explain shows the record, and keeps none', async () => {
  const send = await coldStart();
  asked = 0; // of the connection
  const explain = async (fields: object) =>
    JSON.parse((await send(0, fields, { query: { explain: '1' } })).body ?? '').lake;
  assert.deepEqual(await explain({ tz: 'Europe/Paris' }), {
    ...seen,
    page: '/',
    ...reader,
    country: 'FR',
    nth: 1,
  });
  assert.deepEqual(await explain({ event: 'Signup' }), { ...seen, page: '/', event: 'signup', ...reader });
  assert.equal(await explain({ bot: true }), undefined);
  assert.equal(asked, 0);
});

/** Sends views while the lake has a fault. Asserts that they are answered and counted once each. */
async function assertCounted(send: Awaited<ReturnType<typeof coldStart>>, times = [0, 59_999, 60_000]) {
  const before = await viewsNow();
  for (const time of times) assert.deepEqual(await send(time), { statusCode: 204 });
  assert.equal(await viewsNow(), before + times.length);
}

for (const each of ['fail before', 'fail after', 'reset before', 'reset after', 'garble'] as const)
  test(`a lake with the fault "${each}" costs no view, gets no second attempt, and logs at most one line a minute`, async (t) => {
    const lines = linesLogged(t);
    const send = await coldStart();
    fault = each;
    asked = 0;
    await assertCounted(send);
    assert.equal(asked, 3);
    assert.deepEqual(
      lines.map(({ failed }) => failed),
      ['lake', 'lake'],
    );
    assert.equal((await newRecords()).length, /after|garble/.test(each) ? 3 : 0, 'as the counters, each once at most');
  });

test('a lake that is down costs no view', async (t) => {
  const lines = linesLogged(t);
  const send = await coldStart({ FIREHOSE_URL: 'http://localhost:1' });
  await assertCounted(send);
  assert.deepEqual(
    lines.map(({ failed }) => failed),
    ['lake', 'lake'],
  );
});

test('a lake that does not answer holds up no answer', async (t) => {
  const lines = linesLogged(t);
  const send = await coldStart();
  fault = 'stall before';
  asked = 0;
  await assertCounted(send);
  // The requests go on until they time out, which is a failure.
  assert.deepEqual([asked, lines], [3, []]);
});

test('a view that waits on the queue is in the lake, and one that nobody took is not', async (t) => {
  linesLogged(t);
  const send = await coldStart();
  tableTakes = false;
  assert.deepEqual(await send(0, { url: `${url}queued` }), { statusCode: 204 });
  await queue.close();
  assert.deepEqual(await send(0, { url: `${url}lost` }), { statusCode: 503 });
  const pages = (await newRecords()).map(({ page }) => page);
  assert.deepEqual(pages, ['/queued']);
});
