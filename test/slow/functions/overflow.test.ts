import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, afterEach, test } from 'node:test';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Increment } from '../../../core/counters/increment.ts';
import { replay } from '../../../deploy/replay.ts';
import { startDatabase } from '../../../local/database.ts';
import { handOver } from '../../../local/event-source.ts';
import { type Asked, type Fault, faultProxy } from '../../../local/fault-proxy.ts';
import { lengthOf, mostReceives, queueClient, startQueue } from '../../../local/queue.ts';
import { concurrently } from '../../../store/concurrently.ts';
import { linesLogged, type Numbers, startFunctions } from '../../functions/footfall.ts';

const url = 'https://blog.example.com/';
const sqs = { faultOf: (_: Asked): Fault | undefined => undefined };
const dynamo = { ...sqs };
afterEach(() => {
  for (const service of [sqs, dynamo]) service.faultOf = () => undefined;
});

// A slow machine may drain for long. A message must not come back meanwhile: it would count twice.
const queue = await startQueue({ visibility: 3600 });
after(() => queue.close());
const toQueue = await faultProxy(queue.environment.AWS_ENDPOINT_URL_SQS ?? '', (asked) => sqs.faultOf(asked));
after(() => toQueue.close());
const database = await startDatabase();
after(() => database.close());
const toDatabase = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', (asked) =>
  dynamo.faultOf(asked),
);
after(() => toDatabase.close());

const { track, numbers } = await startFunctions({
  SITES: 'blog.example.com',
  VISITORS: 'on',
  LIVE: 'off', // it would ask besides
  HIT_TIMEOUT: '4001', // it is this machine that may be slow, and shares of it are no whole numbers
  AWS_ENDPOINT_URL_DYNAMODB: toDatabase.url,
  AWS_ENDPOINT_URL_SQS: toQueue.url,
  OVERFLOW_QUEUE_URL: new URL(new URL(queue.url).pathname, toQueue.url).href,
});
const { handler: drain } = await import('../../../functions/drain.ts');
const client = queueClient(queue.environment);
after(() => client.destroy());

const isWrite = ({ operation, body }: Asked) => operation === 'UpdateItem' && body.TableName === 'SiteStatistics';
const ofVisitors = ({ body }: Asked) => body.TableName === 'SiteVisitors';
const view = (epoch: number, path = '', ip = '203.0.113.7') =>
  track({ body: JSON.stringify({ url: url + path }), epoch, ip });

test('a view that the table throttles waits on the queue, and is added later, without a line of the log', async (t) => {
  const lines = linesLogged(t);
  const epoch = Date.parse('2026-03-01T12:00:00Z');
  let attempts = 0;
  dynamo.faultOf = (asked) => (isWrite(asked) && ++attempts ? 'throttle' : undefined);
  assert.equal((await view(epoch)).statusCode, 204);
  assert.equal(attempts, 2);
  dynamo.faultOf = () => undefined;
  assert.deepEqual((await numbers(epoch)).pages, []);
  assert.equal(await lengthOf(queue.url, client), 1);
  assert.equal(await handOver(queue.url, client, drain), 1);
  const { pages, totals } = await numbers(epoch);
  assert.deepEqual([viewsByPage(pages), totals.visitors], [{ '': 1 }, 1]);
  assert.equal(await lengthOf(queue.url, client), 0);
  assert.deepEqual(lines, []);
});

test('refusals and events wait on the queue while the table fails', async () => {
  const epoch = Date.parse('2026-03-11T12:00:00Z');
  dynamo.faultOf = () => 'fail before';
  await track({ body: '', epoch });
  await track({ body: JSON.stringify({ url, event: 'signup' }), epoch });
  dynamo.faultOf = () => undefined;
  await handOver(queue.url, client, drain);
  const { notCounted, events } = await numbers(epoch);
  assert.deepEqual([notCounted, events], [[{ name: 'malformed', count: 1 }], [{ name: 'signup', count: 1 }]]);
});

test('a view whose answer from the table was lost counts once', async () => {
  const epoch = Date.parse('2026-04-21T12:00:00Z');
  for (const [i, fault] of (['fail after', 'reset after', 'stall after'] as const).entries()) {
    await view(epoch, `kept/${i}`, `203.0.113.${i}`);
    let first = true;
    dynamo.faultOf = (asked) => {
      if (!isWrite(asked) || !first) return undefined;
      first = false;
      return fault;
    };
    assert.equal((await view(epoch, `kept/${i}`, `203.0.113.${i}`)).statusCode, 204);
    assert.equal(first, false);
  }
  assert.equal(await lengthOf(queue.url, client), 0);
  assert.deepEqual(viewsByPage((await numbers(epoch)).pages), { 'kept/0': 2, 'kept/1': 2, 'kept/2': 2 });
});

// After these, the SDK's quota of retries is used up.
test('a page that gets 1,200 hits while its item takes few writes costs few writes, and each hit is counted', async (t) => {
  linesLogged(t);
  const epoch = Date.parse('2026-03-21T12:00:00Z');
  const most = 50;
  // An answer that a slow machine gives too late is lost. Its view may count twice.
  const lost = () => [...toDatabase.lost, ...toQueue.lost];
  const lostBefore = lost().length;
  let writes = 0;
  dynamo.faultOf = (asked) => {
    if (ofVisitors(asked)) return 'fail before';
    if (!isWrite(asked)) return undefined;
    return ++writes > most ? 'throttle' : undefined;
  };
  const answers = await concurrently(25, Array.from({ length: 1_200 }), () => view(epoch, 'hot'));
  assert.ok(answers.every(({ statusCode }) => statusCode === 204));
  dynamo.faultOf = (asked) => {
    if (isWrite(asked)) writes++;
    return undefined;
  };
  writes = most;
  while ((await handOver(queue.url, client, drain)) > 0);
  assert.ok(writes <= most + 4, `${writes} writes`);
  const { hot = 0 } = viewsByPage((await numbers(epoch)).pages);
  assert.ok(hot >= 1_200 && hot <= 1_200 + lost().length - lostBefore, `${hot} views`);
});

test('the queue is asked a second time although the table has used up its own retries', async (t) => {
  linesLogged(t);
  const epoch = Date.parse('2026-06-01T12:00:00Z');
  dynamo.faultOf = (asked) => (isWrite(asked) ? 'throttle' : undefined);
  await concurrently(25, Array.from({ length: 200 }), () => view(epoch, 'busy'));
  const again = Array.from({ length: 10 }, (_, i) => i);
  for (const i of again) {
    let first = true;
    sqs.faultOf = () => {
      const fault = first ? 'fail before' : undefined;
      first = false;
      return fault;
    };
    assert.equal((await view(epoch, 'busy', `203.0.113.${i}`)).statusCode, 204);
  }
  dynamo.faultOf = () => undefined;
  while ((await handOver(queue.url, client, drain)) > 0);
  assert.deepEqual(viewsByPage((await numbers(epoch)).pages), { busy: 210 });
});

test('a hit is answered 503 and logged for npm run replay if table and queue fail', async (t) => {
  const lines = linesLogged(t);
  const epoch = Date.parse('2026-04-01T12:00:00Z');
  dynamo.faultOf = (asked) => (isWrite(asked) ? 'fail before' : undefined);
  sqs.faultOf = () => 'reset before';
  assert.equal((await view(epoch, 'lost')).statusCode, 503);
  assert.equal((await view(epoch, 'lost', '203.0.113.8')).statusCode, 503);
  dynamo.faultOf = () => undefined;
  sqs.faultOf = () => undefined;
  assert.deepEqual(
    lines.map(({ add, ...line }) => line),
    Array(2).fill({
      failed: 'counting',
      error: 'InternalServerError',
      queue: 'TimeoutError',
      day: '2026-04-01',
      url: `${url}lost`,
    }),
  );
  const log = [
    'START RequestId: 1',
    '{"refused":"bot","hits":1}',
    ...lines.map((line) => `2026-04-01T12:00:00 ${JSON.stringify(line)}`),
    '{"failed":"counting","day":"nonsense"}',
  ];
  const { statisticsStore } = await import('../../../store/statistics.ts');
  const { localClient } = await import('../../../local/local-client.ts');
  const statistics = statisticsStore(localClient(), 'SiteStatistics');
  const add = ({ day, url, add }: Increment) => statistics.add(day, url, add, 760).then(() => {});
  const { added, left } = await replay(Readable.from(log), add);
  assert.deepEqual([added.length, left.length], [2, 0]);
  const { pages, totals } = await numbers(epoch);
  assert.deepEqual([viewsByPage(pages), totals.visitors], [{ lost: 2 }, 2]);
  const refusing = await replay(Readable.from(log), () => Promise.reject(new Error('no')));
  assert.deepEqual([refusing.added.length, refusing.left.map(({ sum }) => sum.parts.length)], [0, [2]]);
});

test('a hit gives up on tables and a queue that do not answer', async (t) => {
  const lines = linesLogged(t);
  const epoch = Date.parse('2026-04-11T12:00:00Z');
  const asked: string[] = [];
  const stall =
    (service: string) =>
    ({ operation }: Asked): Fault => {
      asked.push(`${service} ${operation}`);
      return 'stall before';
    };
  dynamo.faultOf = stall('dynamo');
  sqs.faultOf = stall('sqs');
  assert.equal((await view(epoch)).statusCode, 503);
  assert.deepEqual([...new Set(asked)], ['dynamo UpdateItem', 'sqs SendMessage']);
  assert.ok(asked.length <= 6, asked.join());
  assert.deepEqual(
    lines.map(({ failed }) => failed),
    ['visitors table', 'counting'],
  );
});

test('a hit asks neither tables nor queue when its time is up', async (t) => {
  const lines = linesLogged(t);
  const asked: string[] = [];
  sqs.faultOf = dynamo.faultOf = ({ operation }) => void asked.push(operation);
  const times: number[] = [];
  t.mock.method(AbortSignal, 'timeout', (ms: number) => {
    times.push(ms);
    return AbortSignal.abort();
  });
  assert.equal((await view(Date.parse('2026-04-12T12:00:00Z'))).statusCode, 503);
  assert.deepEqual(asked, []);
  assert.ok(times.length === 3 && times.every((ms) => ms < 4_001), times.join());
  assert.deepEqual(
    lines.map(({ failed, error }) => [failed, error]),
    [
      ['visitors table', 'AbortError'],
      ['counting', 'AbortError'],
    ],
  );
});

test('a drained batch leaves what the table refuses, and unreadable messages become dead letters', async (t) => {
  const lines = linesLogged(t);
  const epoch = Date.parse('2026-05-01T12:00:00Z');
  const bodies = [
    ...['a', 'b', 'b'].map((path) => JSON.stringify({ day: '2026-05-01', url: url + path, add: { views: 1 } })),
    'nonsense',
  ];
  for (const MessageBody of bodies) await client.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
  dynamo.faultOf = (asked) => (isWrite(asked) && asked.body.Key.url.S === `${url}b` ? 'fail before' : undefined);
  assert.equal(await handOver(queue.url, client, drain), 4);
  assert.equal(await lengthOf(queue.url, client), 3);
  dynamo.faultOf = () => undefined;
  for (let i = 0; i < mostReceives; i++) await handOver(queue.url, client, drain);
  assert.deepEqual(viewsByPage((await numbers(epoch)).pages), { a: 1, b: 2 });
  assert.deepEqual([await lengthOf(queue.url, client), await lengthOf(queue.deadLettersUrl, client)], [0, 1]);
  assert.deepEqual([...new Set(lines.map(({ failed }) => failed))], ['reading messages', 'draining']);
});

test('a drained batch leaves on the queue what it has no time for', async (t) => {
  const lines = linesLogged(t);
  const epoch = Date.parse('2026-05-11T12:00:00Z');
  const Entries = ['slow', 'quick'].map((path) => ({
    Id: path,
    MessageBody: JSON.stringify({ day: '2026-05-11', url: url + path, add: { views: 1 } }),
  }));
  await client.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
  const timeIsUp = new AbortController();
  const timeout = t.mock.method(AbortSignal, 'timeout', () => timeIsUp.signal);
  let asked = 0;
  dynamo.faultOf = (each) => {
    if (!isWrite(each) || each.body.Key.url.S !== `${url}slow`) return undefined;
    asked++;
    setTimeout(() => timeIsUp.abort(), 1_500); // before the write itself is given up
    return 'stall before';
  };
  assert.equal(await handOver(queue.url, client, drain), 2);
  timeout.mock.restore();
  assert.deepEqual([asked, await lengthOf(queue.url, client)], [1, 1]);
  assert.deepEqual(lines, [{ failed: 'draining', error: 'AbortError' }]);
  dynamo.faultOf = () => undefined;
  assert.equal(await handOver(queue.url, client, drain), 1);
  assert.deepEqual(viewsByPage((await numbers(epoch)).pages), { quick: 1, slow: 1 });
});

/** Returns the views of each page, by its path. */
const viewsByPage = (pages: Numbers['pages']) =>
  Object.fromEntries(pages.map((page) => [page.url.slice(url.length), page.views]));
