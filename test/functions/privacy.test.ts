import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import tables from '../../infra/key-schemas.json' with { type: 'json' };
import { startDatabase } from '../../local/database.ts';
import { handOver } from '../../local/event-source.ts';
import { faultProxy } from '../../local/fault-proxy.ts';
import { startFirehose } from '../../local/firehose.ts';
import { close, listen } from '../../local/listen.ts';
import { localClient } from '../../local/local-client.ts';
import { queueClient, startQueue } from '../../local/queue.ts';
import { liveStore } from '../../store/live.ts';
import { linesLogged, startFunctions, textOf } from './footfall.ts';
import { lakeRecords } from './lake-records.ts';

const queue = await startQueue();
after(() => queue.close());
let tableTakes = true;
let queueTakes = true;
const database = await startDatabase();
after(() => database.close());
const { AWS_ENDPOINT_URL_DYNAMODB = '' } = database.environment;
const toDatabase = await faultProxy(AWS_ENDPOINT_URL_DYNAMODB, () => (tableTakes ? undefined : 'fail before'));
after(() => toDatabase.close());
const { AWS_ENDPOINT_URL_SQS = '' } = queue.environment;
const toQueue = await faultProxy(AWS_ENDPOINT_URL_SQS, () => (queueTakes ? undefined : 'fail before'));
after(() => toQueue.close());

const lake = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
const firehose = await startFirehose(lake);
after(async () => {
  await firehose.close(); // writes what waits
  await rm(lake, { recursive: true });
});
/** All that is sent to the stream. */
const records: unknown[] = [];
let lakeTakes = true;
const toLake = await faultProxy(firehose.environment.FIREHOSE_URL ?? '', ({ body }) => {
  if (body) records.push(body, Buffer.from(body.Record.Data, 'base64').toString());
  return lakeTakes ? undefined : 'fail before';
});
after(() => toLake.close());

const messages: string[] = [];
const api = createServer(async (request, response) => {
  messages.push(Buffer.concat(await request.toArray()).toString());
  response.end();
});
after(() => close(api));

const { track, dashboard } = await startFunctions({
  LIVE: 'websocket',
  LIVE_CONNECTIONS_URL: `http://localhost:${await listen(api)}`,
  ...firehose.environment,
  LAKE: 'on',
  FIREHOSE_URL: toLake.url,
  ATHENA_URL: toLake.url, // nothing is asked
  SITES: 'blog.example.com',
  AWS_ENDPOINT_URL_DYNAMODB: toDatabase.url,
  AWS_ENDPOINT_URL_SQS: toQueue.url,
  OVERFLOW_QUEUE_URL: new URL(new URL(queue.url).pathname, toQueue.url).href,
});
const epoch = Date.parse('2026-11-21T12:00:00Z');
const url = 'https://blog.example.com/';

// What nobody may find again: the marked parts of a visitor.
const ip = '198.51.100.177';
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 Marked/7391';
const secrets = [ip, 'Marked/7391', 'x-marked-7391', 'marked-cookie-7391'];

/** Hashes that anyone could make who knows a visitor's IP address and browser, as no salt is in them. */
const guessable = ['', ' ', '\n', '|', '/', ':', ','].flatMap((join) =>
  [
    [ip],
    [browser],
    [ip, browser],
    [browser, ip],
    ['network', ip],
    ['visitor', 'blog.example.com', ip, browser],
    ['blog.example.com', ip, browser],
    ['blog.example.com', browser, ip],
    [ip, browser, 'blog.example.com'],
    ['2026-11-21', 'blog.example.com', ip, browser],
  ].flatMap((parts) =>
    ['md5', 'sha1', 'sha256', 'sha512'].flatMap((kind) =>
      [createHash(kind), createHmac(kind, '')].flatMap((hash) => {
        const digest = hash.update(parts.join(join)).digest();
        return (['hex', 'base64', 'base64url'] as const).map((form) => digest.toString(form).slice(0, 20));
      }),
    ),
  ),
);

/** Hashes of a page or a name that anyone could make, as no salt is in them. */
const guessableTexts = [url, `${url}b`, 'views_twitter', 'event_signup', 'twitter', 'signup'].flatMap((text) =>
  ['md5', 'sha1', 'sha256', 'sha512'].flatMap((kind) =>
    ['', 'page\n', 'name\n'].flatMap((prefix) =>
      [createHash(kind), createHmac(kind, '')].map((hash) =>
        hash
          .update(prefix + text)
          .digest()
          .subarray(0, 8),
      ),
    ),
  ),
);

/** All that is written to the log, from now to the end of a test. */
function written(t: TestContext): unknown[] {
  const lines: unknown[] = linesLogged(t);
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    t.mock.method(console, method, (...args: unknown[]) => lines.push(args));
  }
  return lines;
}

const headers = {
  'user-agent': browser,
  'x-forwarded-for': ip,
  'x-request-id': 'x-marked-7391',
  cookie: 'id=marked-cookie-7391',
};
const bodies = [
  { url, utm_source: 'twitter', referrer: 'https://news.ycombinator.com/', tz: 'Europe/Berlin', width: 1280 },
  { url: `${url}b` },
  { url, event: 'signup' },
  { url: 7 },
  { url: 'https://elsewhere.example/' },
  { url, bot: true },
  { url, referrer: 'https://semalt.com/' },
];

function assertNobodyIn(traces: Record<string, unknown>): void {
  for (const [place, trace] of Object.entries(traces)) {
    const text = JSON.stringify(trace);
    for (const secret of [...secrets, ...guessable]) assert.ok(!text.includes(secret), `${secret} is in the ${place}`);
  }
}

/** Opens the live page, and a WebSocket as a browser does that has marked headers. */
async function watchLive(): Promise<void> {
  const page = await dashboard({ path: '/live', epoch, headers, ip });
  const [, data = ''] = /id="live-data">(.*?)<\/script>/.exec(textOf(page)) ?? [];
  const token = new URL(JSON.parse(data).socket).searchParams.get('token') ?? '';
  const { handler } = await import('../../functions/live-socket.ts');
  const identity = { sourceIp: ip, userAgent: browser };
  const requestContext = { routeKey: '$connect', connectionId: 'c=', requestTimeEpoch: epoch, identity };
  const origin = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com';
  const connect = { requestContext, headers: { ...headers, Origin: origin }, queryStringParameters: { token } };
  assert.equal((await handler(connect)).statusCode, 200);
  await handler({ requestContext: { ...requestContext, routeKey: '$default' }, headers: {} });
  // The first hit learns that somebody watches.
  await track({ body: JSON.stringify({ url: 7 }), headers, ip, epoch });
  assert.ok((await liveStore(localClient(), 'SiteLive').watchedUntil()) > epoch / 1000);
}

test('neither address nor user agent of a visitor, nor a hash of them, is anywhere afterwards', async (t) => {
  const lines = written(t);
  const answers: unknown[] = [];
  await watchLive();
  for (const [i, fields] of bodies.entries()) {
    for (const query of [{}, { explain: '1' }]) {
      // Hits of one second would share a message.
      answers.push(await track({ body: JSON.stringify(fields), headers, ip, query, epoch: epoch + 2_000 * i }));
    }
  }
  const ring = async () => (await liveStore(localClient(), 'SiteLive').ring(epoch)).hits;
  while (messages.length < 3 || (await ring()).length < 3) await nextTurn();
  const page = await dashboard({ epoch, headers, ip });
  answers.push(page.headers, textOf(page));

  const stored: unknown[] = [];
  for (const TableName of Object.keys(tables)) {
    const { Items = [] } = await localClient().send(new ScanCommand({ TableName }));
    stored.push(...Items);
  }
  const text = JSON.stringify(stored);
  const parts = ['country_DE', 'event_signup', 'malformed', 'salt/', 'seen', '"watch"', '"connections"', '"ring"'];
  for (const part of parts) assert.ok(text.includes(part), part);

  assert.deepEqual(lines.slice(0, 1), [{ refused: 'malformed', hits: 1 }]);
  assert.match(messages.join('\n'), /twitter.*signup/s);
  await firehose.flush();
  const files = await lakeRecords(lake);
  assert.deepEqual(
    files.map(({ page, event }) => event ?? page),
    ['/', '/b', 'signup'],
  );
  assertNobodyIn({ log: lines, answers, tables: stored, messages, files, records });
});

test('records of a day tell nothing once its salt is gone', async () => {
  const { handler: purge } = await import('../../functions/purge-salts.ts');
  await purge({ time: '2026-11-22T00:10:00Z' });
  const { Items = [] } = await localClient().send(new ScanCommand({ TableName: 'SiteVisitors' }));
  assert.ok(!Items.some(({ visitor }) => visitor?.S?.startsWith('salt/2026-11-21')));
  const records = Items.filter(({ visitor }) => /(^|\/)2026-11-21\//.test(visitor?.S ?? ''));
  const ofKind = (pattern: RegExp) => records.filter(({ visitor }) => pattern.test(visitor?.S ?? '')).length;
  assert.deepEqual([ofKind(/^2026-/), ofKind(/^names\/2026-/), records.length], [1, 1, 2]);
  // What is left: keyed hashes, instants, numbers, the names of a link that many share, and the random name of the last write.
  const plain = ['seen', 'seenBefore', 'seenEarlier', 'views', 'expires', 'last', 'visitor', 'source', 'campaign'];
  const links = records.flatMap(({ source, campaign }) => (source?.S === undefined ? [] : [[source.S, campaign?.S]]));
  assert.deepEqual(links, [['twitter', '']]);
  for (const record of records) {
    const hashes = Object.entries(record).flatMap(
      ([name, { BS }]): (Uint8Array | undefined)[] => BS ?? (plain.includes(name) ? [] : [undefined]),
    );
    assert.ok(hashes.length > 0);
    for (const hash of hashes) {
      assert.equal(hash?.length, 8);
      assert.ok(!guessableTexts.some((guess) => guess.equals(hash ?? [])));
    }
  }
});

test('nor on the queue, nor in the log, where the tables fail, and the queue, too', async (t) => {
  const lines = written(t);
  tableTakes = false;
  lakeTakes = false;
  const send = () => Promise.all(bodies.map((fields) => track({ body: JSON.stringify(fields), headers, ip, epoch })));
  const answers: unknown[] = await send();
  queueTakes = false;
  answers.push(...(await send()));
  const client = queueClient(queue.environment);
  t.after(() => client.destroy());
  const waiting: unknown[] = [];
  await handOver(queue.url, client, async ({ Records }) => {
    waiting.push(...Records.map(({ body }) => JSON.parse(body)));
    return { batchItemFailures: [] };
  });
  assert.equal(waiting.length, bodies.length);
  const counted = { day: '2026-11-21', url: `${url}b` };
  assert.ok(waiting.some((increment) => isMatch(increment, counted)));
  assert.ok(lines.some((line) => isMatch(line, { failed: 'counting', ...counted })));
  assert.ok(lines.some((line) => isMatch(line, { failed: 'lake' })));
  assertNobodyIn({ log: lines, answers, queue: waiting, records });
});

const isMatch = (whole: unknown, part: object) =>
  Object.entries(part).every(([name, value]) => (whole as Record<string, unknown>)[name] === value);
