import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../../local/database.ts';
import { type Asked, faultProxy } from '../../../local/fault-proxy.ts';
import { lengthOf, queueClient, startQueue } from '../../../local/queue.ts';
import { randomFrom } from '../../../simulator/random.ts';
import { statisticsStore } from '../../../store/statistics.ts';

const queue = await startQueue({ visibility: 2 });
after(() => queue.close());
const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const random = randomFrom(11, 0);
let onWrite = () => {};
// Half of the writes are throttled at first, so that half of the hits are on the queue when the process dies.
let throttled = 0.5;
const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ operation }: Asked) => {
  if (operation !== 'UpdateItem') return undefined;
  onWrite();
  return random.chance(throttled) ? 'throttle' : undefined;
});
after(() => proxy.close());

const environment = {
  ...database.environment,
  ...queue.environment,
  AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
  SITES: 'blog.example.com',
  TIME_ZONE: 'UTC',
  VISITORS: 'off',
  HIT_TIMEOUT: '20000', // it is this machine that may be slow
};

/** Starts a process that is ended when this one is. */
function start(work: 'track' | 'drain'): ChildProcess {
  const child = fork(join(import.meta.dirname, 'mortal.ts'), [work], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  after(() => child.kill('SIGKILL'));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

test('each hit that was answered 204 counts, although track was killed once and drain twice', async (t) => {
  const answered: number[] = [];
  const tracking = start('track');
  await new Promise<void>((resolve) => {
    tracking.on('message', (hit: number) => {
      answered.push(hit);
      if (answered.length === 200) resolve();
    });
  });
  await killed(tracking);
  throttled = 0;
  const client = queueClient(queue.environment);
  t.after(() => client.destroy());
  const waiting = await lengthOf(queue.url, client);
  assert.ok(waiting > 20, `${waiting} hits wait`);

  for (const writes of [5, 15]) {
    const draining = start('drain');
    let seen = 0;
    await new Promise<void>((resolve) => {
      onWrite = () => ++seen === writes && resolve();
    });
    await killed(draining);
  }
  onWrite = () => {};
  while ((await lengthOf(queue.url, client)) > 0) await once(start('drain'), 'exit');

  const direct = new DynamoDBClient();
  t.after(() => direct.destroy());
  const rows = await statisticsStore(direct, 'SiteStatistics').rows('2026-11-21', Date.parse('2026-11-21'));
  const counted = new Set(rows.filter(({ counters }) => counters.views).map(({ url }) => url));
  const lost = answered.filter((hit) => !counted.has(`https://blog.example.com/${hit}`));
  assert.deepEqual(lost, []);
  assert.equal(await lengthOf(queue.deadLettersUrl, client), 0);
  t.diagnostic(`${answered.length} answered 204, of which ${waiting} waited on the queue; ${counted.size} are counted`);
});
