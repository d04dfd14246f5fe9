import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { after, beforeEach, describe, mock, type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { dayAt } from '../../core/calendar/day.ts';
import { type LiveBatch, maxBatch, parseLiveBatch } from '../../core/live/live-hit.ts';
import { startDatabase } from '../../local/database.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';
import { type Asked, type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { close, listen } from '../../local/listen.ts';
import { startMeter } from '../../local/meter.ts';
import { liveStore } from '../../store/live.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { firefox, linesLogged } from './footfall.ts';

const database = await startDatabase();
const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '' } = database.environment;
const meter = await startMeter(endpoint);
let liveFault: Fault | undefined;
let countingFault: Fault | undefined;
let liveRequests: Asked[] = [];
const proxy = await faultProxy(meter.endpoint, (asked) => {
  if (asked.body.TableName === 'SiteStatistics') return countingFault;
  if (asked.body.TableName !== 'SiteLive') return undefined;
  liveRequests.push(asked);
  return liveFault;
});

/** A stand-in for the API that posts to connections. */
let posts: { id: string; batch: LiveBatch | undefined; response: ServerResponse }[] = [];
let answerPost = (response: ServerResponse): void => void response.end();
const api = createServer(async (request, response) => {
  const text = Buffer.concat(await request.toArray()).toString();
  posts.push({ id: decodeURIComponent(request.url ?? ''), batch: parseLiveBatch(text), response });
  answerPost(response);
});

Object.assign(process.env, database.environment);
const direct = new DynamoDBClient({ endpoint });
const store = liveStore(direct, 'SiteLive');
Object.assign(process.env, {
  SITES: 'blog.example.com,b.example',
  TIME_ZONE: 'UTC',
  VISITORS: 'on',
  OVERFLOW_QUEUE_URL: '',
  HIT_TIMEOUT: '20000', // this machine may be slow
  AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
});
const connectionsUrl = `http://localhost:${await listen(api)}/prod`;
after(async () => {
  direct.destroy();
  await Promise.all([close(api), proxy.close(), meter.close(), database.close()]);
});

const url = 'https://blog.example.com/';
const site = 'blog.example.com';
// A function looks once while it loads, by the machine's clock. Hits of the next 30 s believe that.
const now = 60_000 * Math.floor(Date.now() / 60_000);
mock.timers.enable({ apis: ['Date'], now });

let loads = 0;
/** Loads the function anew. Returns what sends a view of a page, `after` ms later. */
async function coldStart(LIVE: string, LIVE_CONNECTIONS_URL = '') {
  Object.assign(process.env, { LIVE, LIVE_CONNECTIONS_URL });
  const { handler } = await import(`../../functions/track.ts?live=${loads++}`);
  liveRequests = [];
  return async (after: number, fields: object = {}, parts: EventParts = {}) => {
    const headers = { 'user-agent': firefox, ...parts.headers };
    const body = JSON.stringify({ url, ...fields });
    return handler(httpEvent({ method: 'POST', path: '/track', ...parts, headers, body, epoch: now + after }));
  };
}

const until = async (isTrue: () => boolean | Promise<boolean>) => {
  while (!(await isTrue())) await nextTurn();
};
const asked = () => liveRequests.map(({ operation }) => operation);
const ringWrites = () => meter.writes().filter(({ table }) => table === 'SiteLive').length;
const viewsNow = async () => {
  const rows = await statisticsStore(direct, 'SiteStatistics').rows(dayAt(now, 'UTC'), 0);
  return rows.reduce((sum, { counters }) => sum + (counters.views ?? 0), 0);
};
const watch = () => store.watch(Math.floor(now / 1000) + 3600);

beforeEach(async () => {
  liveFault = countingFault = undefined;
  answerPost = (response) => void response.end();
  posts = [];
  const { Items = [] } = await direct.send(new ScanCommand({ TableName: 'SiteLive' }));
  for (const { part, at } of Items)
    if (part && at) await direct.send(new DeleteItemCommand({ TableName: 'SiteLive', Key: { part, at } }));
});

describe('while nobody watches', () => {
  const times = [0, 10_000, 29_999, 30_000, 45_000, 60_000, 60_001];
  /** Returns what the same hits write with a setting. */
  async function writesOf(setting: string, ip: string) {
    const send = await coldStart(setting, connectionsUrl);
    meter.charged();
    for (const time of times) await send(time, {}, { ip });
    return meter.writes().map(({ table, units }) => `${table} ${units}`);
  }

  test('a hit costs what it costs without a live view, but for an eventually consistent read every 30 s', async () => {
    await writesOf('off', '192.0.2.1'); // the first hit of a page has its own price
    const off = await writesOf('off', '192.0.2.2');
    assert.deepEqual(asked(), []);
    for (const [i, setting] of ['refresh', 'websocket'].entries()) {
      assert.deepEqual(await writesOf(setting, `192.0.2.${3 + i}`), off);
      assert.deepEqual(asked(), ['GetItem', 'GetItem']);
      for (const { body } of liveRequests) assert.equal(body.ConsistentRead, undefined);
    }
    assert.deepEqual(posts, []);
  });
});

test('a hit looks again when the clock goes back', async () => {
  const send = await coldStart('refresh');
  await send(-30_000);
  assert.deepEqual(asked(), ['GetItem']);
});

test('a hit does not wait for its look, and does not mind if it fails', async (t) => {
  const lines = linesLogged(t);
  const send = await coldStart('refresh');
  liveFault = 'stall before';
  assert.deepEqual(await send(30_000), { statusCode: 204 });
  assert.deepEqual(lines, []); // there is a line when the look ends
  liveFault = 'fail before';
  assert.deepEqual(await send(60_000), { statusCode: 204 });
  await until(() => lines.length > 0);
  assert.deepEqual(lines, [{ failed: 'live view', error: 'InternalServerError' }]);
});

test('a hit that does not count is not shown', async (t) => {
  await connect();
  const lines = linesLogged(t);
  const send = await coldStart('websocket', connectionsUrl);
  countingFault = 'fail before';
  assert.equal((await send(0)).statusCode, 503);
  assert.deepEqual([asked(), posts], [[], []]);
  assert.equal(lines.length, 1);
});

test('a hit asks for nothing with LIVE=off, even if somebody watched before', async () => {
  await watch();
  const send = await coldStart('off', connectionsUrl);
  await send(0);
  await send(40_000);
  assert.deepEqual([asked(), posts], [[], []]);
});

test('a hit costs one write of one unit more while somebody watches', async () => {
  const plain = await coldStart('off');
  await plain(0, {}, { ip: '192.0.2.10' });
  meter.charged();
  await plain(1000, {}, { ip: '192.0.2.10' });
  const before = meter.charged();
  await watch();
  const send = await coldStart('refresh');
  meter.charged();
  await send(2000, {}, { ip: '192.0.2.10' });
  await until(() => ringWrites() === 1);
  const { writes, 'write units': units } = meter.charged();
  assert.deepEqual([writes, units], [before.writes + 1, before['write units'] + 1]);
  assert.deepEqual(asked(), ['PutItem']);
});

test('the ring has what the counters say, and of those who ask for privacy only their views', async () => {
  await watch();
  const send = await coldStart('refresh');
  const parts = { ip: '192.0.2.11', headers: { 'accept-language': 'fr' } };
  await send(0, { tz: 'Europe/Paris', width: 1280, referrer: 'https://news.ycombinator.com/' }, parts);
  await send(2000, { url: `${url}b`, referrer: url }, parts);
  await send(4000, { event: 'Signup' }, parts);
  await send(6000, {}, { ...parts, headers: { 'sec-gpc': '1' } });
  await send(8000, { referrer: url }, { ...parts, headers: { 'sec-gpc': '1' } });
  await send(9000, { bot: true }, parts);
  await send(9500, { url: 'https://elsewhere.example/' }, parts);
  await until(async () => (await store.ring(now)).hits.length === 5);
  const { hits } = await store.ring(now);
  const byPage = (url: string, event?: string) => hits.filter((hit) => hit.url === url && hit.event === event);
  const view = { time: 60_000 * Math.floor(now / 60_000), site, url };
  assert.deepEqual(byPage(`${url}b`), [{ ...view, url: `${url}b`, gap: 0 }]);
  assert.deepEqual(byPage(url, 'signup'), [{ ...view, event: 'signup' }]);
  const begins = { ...view, from: 'news.ycombinator.com', country: 'FR', device: 'desktop', begins: true };
  assert.deepEqual(
    byPage(url).sort((a, b) => Object.keys(b).length - Object.keys(a).length),
    [begins, view, view],
  );
  assert.deepEqual(asked(), Array(5).fill('PutItem'));
});

/** Opens the connections of one who sees all, and of two who see one site. */
async function connect() {
  await watch();
  const expires = Math.floor(now / 1000) + 3600;
  for (const [id, scope] of [
    ['all=', ''],
    ['blog=', site],
    ['b=', 'b.example'],
  ] as const)
    await store.connect({ id, site: scope }, expires);
}
const received = () => posts.map(({ id, batch }) => [id.split('/').at(-1), batch?.hits.map((hit) => hit.url)]).sort();

test('a view goes to each connection that may see its site', async () => {
  await connect();
  const send = await coldStart('websocket', connectionsUrl);
  await send(0);
  await until(() => posts.length === 2);
  assert.deepEqual(received(), [
    ['all=', [url]],
    ['blog=', [url]],
  ]);
  assert.ok(posts.every(({ id }) => id.startsWith('/prod/@connections/')));
});

test('hits of one second share a message', async () => {
  await connect();
  const send = await coldStart('websocket', connectionsUrl);
  for (const time of [0, 100, 200, 999]) await send(time);
  await until(() => posts.length === 2);
  await send(1000, { url: 'https://b.example/' });
  await until(() => posts.length === 5);
  const shared = [url, url, url];
  assert.deepEqual(received().slice(0), [
    ['all=', [url]],
    ['all=', [...shared, 'https://b.example/']],
    ['b=', ['https://b.example/']],
    ['blog=', [url]],
    ['blog=', shared],
  ]);
});

test('a connection that is gone is forgotten', async () => {
  await connect();
  answerPost = (response) => void response.writeHead(410).end();
  const send = await coldStart('websocket', connectionsUrl);
  await send(0);
  await until(async () => (await store.connections(now / 1000)).length === 1);
  assert.deepEqual(await store.connections(now / 1000), [{ id: 'b=', site: 'b.example' }]);
});

test('a flood is four writes and one message in a second, and says how many hits it leaves out', async () => {
  await watch();
  await store.connect({ id: 'all=', site: '' }, Math.floor(now / 1000) + 3600);
  const send = await coldStart('websocket', connectionsUrl);
  meter.charged();
  for (let i = 0; i < 60; i++) await send(i);
  await until(() => ringWrites() === 4 && posts.length === 1);
  assert.deepEqual(asked().sort(), ['PutItem', 'PutItem', 'PutItem', 'PutItem', 'Query']);
  await send(1000);
  await until(() => ringWrites() === 5 && posts.length === 2);
  assert.equal(posts[1]?.batch?.hits.length, maxBatch);
  assert.deepEqual(posts[1].batch.more, { [site]: 60 - maxBatch });
});

/** Sends views while a part of the live view fails. Asserts that they count once each. */
async function assertCountedOnce(t: TestContext, afterEach: () => void = () => {}) {
  await connect();
  const lines = linesLogged(t);
  const send = await coldStart('websocket', connectionsUrl);
  const before = await viewsNow();
  return {
    lines,
    async send(fault?: Fault) {
      liveFault = fault;
      for (const time of [0, 2000, 4000]) {
        assert.deepEqual(await send(time), { statusCode: 204 });
        afterEach();
      }
      assert.equal(await viewsNow(), before + 3);
    },
  };
}

for (const fault of ['fail before', 'fail after', 'reset before', 'throttle', 'garble'] as const)
  test(`a table that answers with "${fault}" costs no view, gets no second attempt, and logs at most one line a minute`, async (t) => {
    const { lines, send } = await assertCountedOnce(t);
    await send(fault);
    await until(() => liveRequests.length >= 6);
    assert.deepEqual(asked().sort(), ['PutItem', 'PutItem', 'PutItem', 'Query', 'Query', 'Query']);
    assert.ok(lines.length <= 1, JSON.stringify(lines));
    assert.ok(lines.every(({ failed }) => failed === 'live view'));
  });

test('a table that does not answer holds up no answer', async (t) => {
  // A request ends in a line of the log. There is none when the answer comes.
  const { lines, send } = await assertCountedOnce(t, () => assert.deepEqual(lines, []));
  await send('stall before');
  assert.deepEqual(asked().sort(), ['PutItem', 'PutItem', 'PutItem', 'Query', 'Query', 'Query']);
});

test('an API that does not answer holds up no answer, and gets one post a second for each connection', async (t) => {
  answerPost = () => {};
  const { send } = await assertCountedOnce(t, () => assert.ok(posts.every(({ response }) => !response.destroyed)));
  await send();
  await until(() => posts.length === 6);
  for (const { response } of posts) response.end();
});

for (const status of [403, 429, 500])
  test(`an API that answers ${status} costs no view, and logs at most one line a minute`, async (t) => {
    answerPost = (response) => void response.writeHead(status).end('198.51.100.177');
    const { lines, send } = await assertCountedOnce(t);
    await send();
    await until(() => posts.length === 6 && lines.length > 0);
    assert.deepEqual(lines, [{ failed: 'live view', error: 'FailedPost' }]);
    assert.equal((await store.connections(now / 1000)).length, 3);
  });
