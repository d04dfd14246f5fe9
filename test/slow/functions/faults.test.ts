import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { daysUpTo } from '../../../core/calendar/day.ts';
import type { Increment } from '../../../core/counters/increment.ts';
import { replay } from '../../../deploy/replay.ts';
import { useDatabaseProcess } from '../../../local/database-process.ts';
import { handOver } from '../../../local/event-source.ts';
import { type Asked, type Fault, faultProxy } from '../../../local/fault-proxy.ts';
import { lengthOf, queueClient, startQueue } from '../../../local/queue.ts';
import { randomFrom } from '../../../simulator/random.ts';
import { concurrently } from '../../../store/concurrently.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { linesLogged, startFunctions } from '../../functions/footfall.ts';

const seed = 7;
/** npm run test:faults passes another number. */
const hits = Number(process.argv[2] ?? 2_000);

/** Which requests of a thousand meet a fault: those up to so many. */
const rates: [Fault, upTo: number][] = [
  ['throttle', 60],
  ['fail before', 80],
  ['fail after', 100],
  ['reset before', 120],
  ['reset after', 140],
  ['garble', 160],
  ['stall before', 162],
  ['stall after', 164],
];

let troubled = true;
const random = randomFrom(seed, 0);
function faultOf(): Fault | undefined {
  const number = random.between(1, 1000);
  return troubled ? rates.find(([, upTo]) => number <= upTo)?.[0] : undefined;
}

// A slow machine may drain for long. A message must not come back meanwhile: it would count twice.
const queue = await startQueue({ visibility: 3600 });
after(() => queue.close());
const client = queueClient(queue.environment);
after(() => client.destroy());
const database = await useDatabaseProcess();
after(() => database.close());
const direct = new DynamoDBClient({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
after(() => direct.destroy());
const toDatabase = await faultProxy(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', faultOf);
after(() => toDatabase.close());
// The queue fails so often that both attempts of some hits fail, and the log is needed.
const toQueue = await faultProxy(
  queue.environment.AWS_ENDPOINT_URL_SQS ?? '',
  () => faultOf() ?? faultOf() ?? faultOf(),
);
after(() => toQueue.close());

const { track } = await startFunctions({
  SITES: 'blog.example.com',
  MAX_PAGES_PER_DAY: '99999',
  HIT_TIMEOUT: '4000', // this machine may be slow
  FOOTFALL_REQUEST_TIMEOUT: '2000',
  AWS_ENDPOINT_URL_DYNAMODB: toDatabase.url,
  AWS_ENDPOINT_URL_SQS: toQueue.url,
  OVERFLOW_QUEUE_URL: new URL(new URL(queue.url).pathname, toQueue.url).href,
});
const { handler: drain } = await import('../../../functions/drain.ts');

const days = daysUpTo('2026-11-21', 10);

/** Every tenth hit is the only one of its page; the others are on twenty pages, over ten days. */
const pageOf = (hit: number) => `https://blog.example.com/${hit % 10 === 0 ? `once/${hit}` : `often/${hit % 20}`}`;
const placeOf = (hit: number) => `${days[Math.floor((hit * days.length) / hits)]} ${pageOf(hit)}`;

/** What a request adds to the views of a page. */
function viewsOf({ operation, body }: Asked): [place: string, views: number] | undefined {
  if (operation === 'SendMessage') {
    const { day, url, add }: Increment = JSON.parse(body.MessageBody);
    return [`${day} ${url}`, add.views ?? 0];
  }
  if (operation !== 'UpdateItem' || body.TableName !== 'SiteStatistics') return undefined;
  const [name] = Object.entries(body.ExpressionAttributeNames).find(([, counter]) => counter === 'views') ?? [''];
  const value = body.ExpressionAttributeValues[name.replace('#', ':')]?.N;
  return [`${body.Key.day.S} ${body.Key.url.S}`, Number(value ?? 0)];
}

const addTo = (sums: Map<string, number>, place: string, count: number) =>
  sums.set(place, (sums.get(place) ?? 0) + count);

test(`of ${hits} hits through throttles, errors, resets, stalls and garbage none is lost, and few count twice`, async (t) => {
  const lines = linesLogged(t);
  const wanted = new Map<string, number>();
  const answers = new Map<number, number>();
  await concurrently(
    25,
    Array.from({ length: hits }, (_, hit) => hit),
    async (hit) => {
      const [day, url] = placeOf(hit).split(' ') as [string, string];
      const { statusCode = 0 } = await track({
        body: JSON.stringify({ url }),
        headers: hit % 3 === 0 ? {} : { 'sec-gpc': '1' },
        ip: `198.51.${hit % 100}.${hit % 250}`,
        epoch: Date.parse(`${day}T12:00:00Z`) + hit,
      });
      answers.set(statusCode, (answers.get(statusCode) ?? 0) + 1);
      addTo(wanted, placeOf(hit), 1);
    },
  );
  const waited = await lengthOf(queue.url, client);
  for (let batch = 0; (await handOver(queue.url, client, drain)) > 0; batch++) if (batch === 3) troubled = false;

  // What was answered 503 stands in the log, and nothing else that it has of a hit.
  const statistics = statisticsStore(direct, 'SiteStatistics');
  const log = Readable.from(lines.map((line) => JSON.stringify(line)));
  const { added, left } = await replay(log, async ({ day, url, add }) => {
    await statistics.add(day, url, add, 760);
  });
  assert.deepEqual([left.length, answers.get(204), answers.get(503) ?? 0], [0, hits - added.length, added.length]);

  const counted = new Map<string, number>();
  for (const day of days)
    for (const { url, counters } of await statistics.rows(day, Date.parse('2026-11-21')))
      if (counters.views) counted.set(`${day} ${url}`, counters.views);
  const unsure = new Map<string, number>();
  for (const asked of [...toDatabase.lost, ...toQueue.lost]) {
    const [place, views] = viewsOf(asked) ?? ['', 0];
    addTo(unsure, place, views);
  }
  const twice = new Map<string, number>();
  for (const [place, sent] of wanted) {
    const more = (counted.get(place) ?? 0) - sent;
    assert.ok(more >= 0, `${place}: ${-more} of ${sent} are lost`);
    assert.ok(
      more <= (unsure.get(place) ?? 0),
      `${place}: ${more} too many, but the answers to ${unsure.get(place)} were lost`,
    );
    if (more > 0) twice.set(place, more);
  }
  assert.deepEqual(
    [...counted.keys()].filter((place) => !wanted.has(place)),
    [],
  );
  assert.equal(await lengthOf(queue.deadLettersUrl, client), 0);

  const sum = (sums: Map<string, number>) => [...sums.values()].reduce((a, b) => a + b, 0);
  t.diagnostic(`requests by fault: ${JSON.stringify(Object.fromEntries(toDatabase.met))}`);
  t.diagnostic(`${waited} hits waited on the queue, ${added.length} in the log`);
  t.diagnostic(`of ${sum(unsure)} views whose answer was lost, ${sum(twice)} counted twice`);
  for (const [fault] of rates) assert.ok((toDatabase.met.get(fault) ?? 0) > 0, fault);
  assert.ok(waited > 0 && added.length > 0, 'queue and log were needed');
});
