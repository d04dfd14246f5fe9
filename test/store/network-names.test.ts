import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';
import { concurrently } from '../../store/concurrently.ts';
import { networkNames } from '../../store/network-names.ts';
import { dailySalts } from '../../store/salts.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
const { saltOf } = dailySalts(client, 'SiteVisitors');
const caps = { maxPagesPerDay: 9, maxNamesPerDimension: 6 };
const { bring } = networkNames(client, 'SiteVisitors', saltOf, caps);
const day = '2026-11-21';
const now = Date.parse('2026-11-21T12:00:00Z') / 1000;
const of = (network: string) => ({ site: 'blog.example.com', network });
const bringAll = (network: string, names: string[]) =>
  concurrently(9, names, (name) => bring(day, of(network), [name], now));

test('a network brings a third of each quota, and no more', async () => {
  const names = Array.from({ length: 20 }, (_, i) => i);
  const accepted = async (kind: string) =>
    (
      await bringAll(
        '198.51.100.1',
        names.map((i) => `${kind}_${i}`),
      )
    ).filter(Boolean).length;
  assert.deepEqual([await accepted('source'), await accepted('referrer'), await accepted('event')], [2, 4, 6]);
});

test('a name that a network has brought is no new one of it', async () => {
  const inTurn = ['term_a', 'term_b', 'term_a', 'term_c'];
  const accepted = await concurrently(1, inTurn, (name) => bring(day, of('198.51.100.2'), [name], now));
  assert.deepEqual(accepted, [true, true, true, false]);
  assert.equal(await bring(day, of('198.51.100.2'), ['term_a', 'source_a'], now), true);
  assert.equal(await bring(day, of('198.51.100.3'), ['term_c'], now), true, 'another network');
  const elsewhere = { ...of('198.51.100.2'), site: 'example.org' };
  assert.equal(await bring(day, elsewhere, ['term_c'], now), true, 'another site');
  assert.equal(await bring('2026-11-22', of('198.51.100.2'), ['term_c'], now), true, 'another day');
});

test('a network brings three quarters of the outcomes, and two new ones need room for both', async () => {
  const linked = (name: string) => [`linked_source_${name}`, `linked_campaign_${name}`];
  const network = of('198.51.100.5');
  const inTurn = [linked('a'), ['events_source_a'], linked('b'), ['events_source_b'], ['events_source_c'], linked('a')];
  const accepted = await concurrently(1, inTurn, (names) => bring(day, network, names, now));
  assert.deepEqual(accepted, [true, true, false, true, false, true]);
});

test('a network that brings one name too many brings none of the hit', async () => {
  await bringAll('198.51.100.4', ['term_a', 'term_b']);
  assert.equal(await bring(day, of('198.51.100.4'), ['term_c', 'medium_mail'], now), false);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteVisitors' }));
  assert.ok(!Items.some(({ medium }) => medium));
});

test('a record holds hashes alone, and expires 26 hours after its first name', async () => {
  await bring(day, of('198.51.100.1'), ['content_a'], now + 3600);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteVisitors' }));
  const records = Items.filter(({ visitor }) => visitor?.S?.startsWith('names/'));
  assert.ok(records.length >= 4);
  for (const { visitor, expires, ...names } of records) {
    assert.match(visitor?.S ?? '', /^names\/2026-11-2[12]\/[\w-]{22}$/);
    assert.equal(Number(expires?.N), now + 26 * 3600);
    assert.ok(Object.values(names).every(({ BS }) => BS?.every((hash) => hash.length === 8)));
  }
});
