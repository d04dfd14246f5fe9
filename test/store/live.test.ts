import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';
import { startMeter } from '../../local/meter.ts';
import { liveStore } from '../../store/live.ts';

const database = await startDatabase();
const meter = await startMeter(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '');
after(() => Promise.all([database.close(), meter.close()]));
Object.assign(process.env, database.environment);
const client = new DynamoDBClient({ endpoint: meter.endpoint });
after(() => client.destroy());
const live = liveStore(client, 'SiteLive');

const time = Date.parse('2026-11-26T12:00:00Z');
const now = time / 1000;
const site = 'blog.example.com';
const hit = (url: string) => ({ time, site, url: `https://blog.example.com/${url}` });

test('says until when somebody watches, for half a unit', async () => {
  assert.equal(await live.watchedUntil(), 0);
  await live.watch(now + 45);
  meter.charged();
  assert.equal(await live.watchedUntil(), now + 45);
  assert.deepEqual(meter.charged(), { writes: 0, 'write units': 0, reads: 1, 'read units': 0.5, 'items read': 1 });
});

test('never watches for a shorter time than somebody else', async () => {
  await live.watch(now + 180);
  await live.watch(now + 45);
  assert.equal(await live.watchedUntil(), now + 180);
});

test('returns the hits since a minute, by minute, and how many more there were', async () => {
  await live.keep({ hits: [hit('old')], more: { [site]: 9 } }, time - 1_000);
  meter.charged();
  await live.keep({ hits: [hit('a'), hit('b')], more: { [site]: 2 } }, time + 59_000);
  const { writes, 'write units': units } = meter.charged();
  assert.deepEqual([writes, units], [1, 1]);
  await live.keep({ hits: [hit('c')], more: { [site]: 1, 'b.example': 4 } }, time + 60_000);
  assert.deepEqual(await live.ring(time + 30_000), {
    hits: [hit('a'), hit('b'), hit('c')],
    more: { [site]: 3, 'b.example': 4 },
    truncated: false,
  });
});

test('keeps a hit for 31 minutes, and tells no seconds apart', async () => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteLive' }));
  const ring = Items.filter(({ part }) => part?.S === 'ring');
  assert.equal(ring.length, 3);
  for (const { at, expires } of ring) {
    const minute = Number.parseInt(at?.S ?? '', 10);
    assert.deepEqual([minute % 60, Number(expires?.N) - minute], [0, 32 * 60]);
  }
});

test('leaves out an item that it cannot read', async () => {
  const Item = { part: { S: 'ring' }, at: { S: `${now + 120}-x` }, batch: { S: '{"hits":[{"ip":"192.0.2.1"}]}' } };
  await client.send(new PutItemCommand({ TableName: 'SiteLive', Item }));
  assert.deepEqual((await live.ring(time + 120_000)).hits, []);
});

test('reads no more of a flood than two pages, the newest hits', async () => {
  const later = time + 600_000;
  const long = 'x'.repeat(900);
  for (let i = 0; i < 50; i++)
    await live.keep({ hits: Array.from({ length: 50 }, () => hit(i + long)), more: {} }, later + 60_000 * i);
  meter.charged();
  const { hits, truncated } = await live.ring(later);
  assert.equal(truncated, true);
  assert.ok(hits.length < 50 * 50 && hits.at(-1)?.url.includes('/49x'));
  assert.equal(meter.charged().reads, 2);
});

test('lists the connections that are open', async () => {
  await live.connect({ id: 'a=', site: '' }, now + 1);
  await live.connect({ id: 'b=', site }, now + 1);
  await live.connect({ id: 'over=', site }, now);
  assert.deepEqual(await live.connections(now), [
    { id: 'a=', site: '' },
    { id: 'b=', site },
  ]);
  await live.disconnect('a=');
  assert.deepEqual(await live.connections(now), [{ id: 'b=', site }]);
});
