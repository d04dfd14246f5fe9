import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ScanCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../../core/calendar/day.ts';
import type { FollowedLink } from '../../core/counters/outcomes.ts';
import tables from '../../infra/key-schemas.json' with { type: 'json' };
import { startDatabase } from '../../local/database.ts';
import { faultProxy } from '../../local/fault-proxy.ts';
import { close, listen } from '../../local/listen.ts';
import { concurrently } from '../../store/concurrently.ts';
import { dailySalts } from '../../store/salts.ts';
import { type VisitorIdentity, type VisitorsStore, visitorsStore } from '../../store/visitors.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
const { saltOf, purgeSalts } = dailySalts(client, 'SiteVisitors');
const store = visitorsStore(client, 'SiteVisitors', saltOf);
const recordIn =
  ({ record }: VisitorsStore) =>
  (day: Day, visitor: VisitorIdentity, url: string, now: number, link: FollowedLink = {}, signal?: AbortSignal) =>
    record(day, visitor, { url, link }, now, signal);
const record = recordIn(store);
/** Another function, which knows no salt yet. */
const coldRecord = (asked = client, table = 'SiteVisitors') =>
  recordIn(visitorsStore(asked, table, dailySalts(asked, table).saltOf));
const url = 'https://blog.example.com/';
const day = '2026-11-21';
const now = Date.parse('2026-11-21T12:00:00Z') / 1000;
let people = 0;
const someone = () => ({ site: 'blog.example.com', ip: `198.51.100.${people++}`, userAgent: 'Firefox' });

async function items() {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteVisitors' }));
  return Items;
}
const keys = async () => (await items()).map(({ visitor }) => visitor?.S ?? '');

test('follows a visitor over a day', async () => {
  const he = someone();
  const views: [string, number, Record<string, number>][] = [
    ['a', 0, { visitors: 1, site_visitors: 1, visits: 1 }],
    ['b', 20, { visitors: 1, engaged: 1, seconds: 20 }],
    ['a', 50, { seconds: 30 }],
    ['a', 50 + 1801, { visits: 1 }],
    ['a', 50 + 1802, { engaged: 1, seconds: 1 }],
    ['c', 9000, { visitors: 1, visits: 1 }],
  ];
  for (const [page, after, want] of views) {
    assert.deepEqual(await record(day, he, url + page, now + after), want);
  }
});

test('follows the link of a visit to its second view and its end', async () => {
  const she = someone();
  const first = { visitors: 1, site_visitors: 1, visits: 1 };
  const link = { source: 'newsletter', campaign: 'spring' };
  const followed = async (after: number) => await store.linkOfVisit(day, she, now + after);
  assert.deepEqual(await followed(0), {}, 'unknown before the first view');
  const linked = { linked_source_newsletter: 1, linked_campaign_spring: 1 };
  assert.deepEqual(await record(day, she, url, now, link), { ...first, ...linked });
  const engaged = { engaged: 1, engaged_source_newsletter: 1, engaged_campaign_spring: 1 };
  // The reader follows another link within the visit.
  assert.deepEqual(await record(day, she, url, now + 20, { source: 'ads' }), { seconds: 20, ...engaged });
  assert.deepEqual(await record(day, she, url, now + 1800), { seconds: 1780 });
  assert.deepEqual([await followed(1800 + 1800), await followed(1800 + 1801)], [link, {}]);
});

test('a further visit of the day has its own link, or none', async () => {
  const she = someone();
  const visit = async (hours: number, link: FollowedLink) => {
    const at = now + hours * 3600;
    const first = await record(day, she, url, at, link);
    const second = await record(day, she, url, at + 5);
    const counted = Object.keys({ ...first, ...second }).filter((name) => /_(source|campaign)_/.test(name));
    return [...counted, await store.linkOfVisit(day, she, at + 60)];
  };
  assert.deepEqual(await visit(0, {}), [{ source: '', campaign: '' }]);
  const ofAds = ['linked_source_ads', 'engaged_source_ads', { source: 'ads', campaign: '' }];
  for (const hours of [1, 2]) assert.deepEqual(await visit(hours, { source: 'ads' }), ofAds);
  const ofSpring = ['linked_campaign_spring', 'engaged_campaign_spring', { source: '', campaign: 'spring' }];
  assert.deepEqual(await visit(3, { campaign: 'spring' }), ofSpring);
  assert.deepEqual(await visit(4, {}), [{ source: '', campaign: '' }]);
});

test('tells visitors apart by site, address and browser, and by day', async () => {
  const he = someone();
  const first = { visitors: 1, site_visitors: 1, visits: 1 };
  assert.deepEqual(await record(day, he, url, now), first);
  assert.deepEqual(await record(day, { ...he, site: 'example.org' }, url, now), first);
  assert.deepEqual(await record(day, { ...he, ip: '203.0.113.1' }, url, now), first);
  assert.deepEqual(await record(day, { ...he, userAgent: 'Safari' }, url, now), first);
  assert.deepEqual(await record('2026-11-20', he, url, now), first);
  assert.deepEqual(await record(day, he, url, now), { engaged: 1 });
});

test('the same visitor in 40 tabs at once, on two cold functions, is one visit', async () => {
  const he = someone();
  const functions = [record, coldRecord(), coldRecord()];
  const at = Date.parse('2026-06-01T12:00:00Z') / 1000; // a day without a salt
  const numbers = Array.from({ length: 40 }, (_, i) => i);
  const answers = await concurrently(40, numbers, (i) => (functions[i % 3] ?? record)('2026-06-01', he, url, at));
  const sum = (counter: string) => answers.reduce((total, answer) => total + (answer?.[counter] ?? 0), 0);
  assert.deepEqual(['visitors', 'site_visitors', 'visits', 'engaged', 'seconds'].map(sum), [1, 1, 1, 1, 0]);
  assert.equal((await keys()).filter((key) => key === 'salt/2026-06-01').length, 1);
});

test('purging deletes the salts of past days, and leaves that of today', async () => {
  const he = someone();
  const days: Day[] = ['2027-01-01', '2027-01-03', '2027-01-04', '2027-01-05'];
  for (const each of days) await record(each, he, url, Date.parse(each) / 1000);
  const salts = async () => (await keys()).filter((key) => key.startsWith('salt/2027')).sort();
  assert.equal((await salts()).length, 4);
  await purgeSalts('2027-01-05');
  assert.deepEqual(await salts(), ['salt/2027-01-05']);
  await purgeSalts('2027-01-05');
  assert.deepEqual(await salts(), ['salt/2027-01-05']);
  // A function that still has today's salt, and one that has not, know the visitor again.
  const at = Date.parse('2027-01-05') / 1000 + 60;
  assert.deepEqual(await record('2027-01-05', he, url, at), { engaged: 1, seconds: 60 });
  assert.deepEqual(await coldRecord()('2027-01-05', he, url, at), {});
});

test('the key of a visitor record depends on the salt, and tells nothing without it', async () => {
  const he = someone();
  const recordOn = async (date: Day) => {
    const before = await keys();
    await coldRecord()(date, he, url, now);
    return (await keys()).find((key) => key.startsWith(`${date}/`) && !before.includes(key))?.slice(date.length + 1);
  };
  const first = await recordOn('2027-05-01');
  await purgeSalts('2027-05-02');
  const second = await recordOn('2027-05-01');
  assert.ok(first && second);
  assert.notEqual(first, second, 'the same person and day, another salt');
});

test('what expires does so within 48 hours, and not before its day is over', async () => {
  for (const { expires, seen } of (await items()).filter(({ visitor }) => visitor?.S?.includes('2027-01-05'))) {
    const since = Number(seen?.N ?? Date.parse('2027-01-05') / 1000) - 60;
    assert.ok(Number(expires?.N) >= since + 25 * 3600 && Number(expires?.N) <= since + 48 * 3600);
  }
  const salt = (await items()).find(({ visitor }) => visitor?.S === 'salt/2027-01-05')?.salt?.B;
  assert.equal(salt?.length, 32);
});

test('a table that failed once is asked again', async () => {
  const lateRecord = coldRecord(client, 'LateVisitors');
  await assert.rejects(lateRecord(day, someone(), url, now), { name: 'ResourceNotFoundException' });
  await client.send(
    new CreateTableCommand({
      TableName: 'LateVisitors',
      BillingMode: 'PAY_PER_REQUEST',
      ...tables.SiteVisitors,
    } as CreateTableCommandInput),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 10 }, { TableName: 'LateVisitors' });
  assert.deepEqual(await lateRecord(day, someone(), url, now), { visitors: 1, site_visitors: 1, visits: 1 });
});

test('a visitor record expires a day after the first view, however long its visitor goes on', async () => {
  const [date, he] = ['2027-03-01', someone()] as const;
  const at = Date.parse(date) / 1000;
  for (const hours of [0, 10, 20]) await record(date, he, url, at + hours * 3600);
  const visitorRecord = (await items()).find(({ visitor }) => visitor?.S?.startsWith(`${date}/`));
  assert.equal(Number(visitorRecord?.expires?.N), at + 26 * 3600);
  assert.match(visitorRecord?.visitor?.S ?? '', /^2027-03-01\/[\w-]{22}$/, '16 bytes');
  const [page] = visitorRecord?.pages?.BS ?? [];
  const salt = (await items()).find(({ visitor }) => visitor?.S === `salt/${date}`)?.salt?.B ?? new Uint8Array();
  const hash = createHmac('sha256', salt).update(`page\n${url}`).digest().subarray(0, 8);
  assert.deepEqual(Buffer.from(page ?? []), hash, 'a hash of the page with the salt');
});

test('a visitor who views too much is past the daily cap', async () => {
  const hammer = someone();
  const before = await keys();
  await record(day, hammer, url, now);
  const key = (await keys()).find((each) => !before.includes(each)) ?? '';
  await client.send(
    new UpdateItemCommand({
      TableName: 'SiteVisitors',
      Key: { visitor: { S: key } },
      UpdateExpression: 'ADD #views :more',
      ExpressionAttributeNames: { '#views': 'views' },
      ExpressionAttributeValues: { ':more': { N: '989' } },
    }),
  );
  const numbers = Array.from({ length: 260 }, (_, i) => i);
  const answers = await concurrently(20, numbers.slice(0, 30), () => record(day, hammer, url, now));
  assert.equal(answers.filter((answer) => answer === undefined).length, 20);
  const crawler = someone();
  const pages = await concurrently(20, numbers, (i) => record(day, crawler, url + i, now));
  assert.equal(pages.filter((answer) => answer === undefined).length, 10);
});

test('never makes a record that stays, when a link changes', async () => {
  assert.ok((await items()).every(({ expires }) => expires));
});

/** Records two views, the second through a service whose first answer is lost. Returns what the second adds. */
async function secondOfTwo(first: string | undefined, second: string, seconds: number, link: FollowedLink = {}) {
  const reader = someone();
  if (first) await record(day, reader, first, now, link);
  let isFirst = true;
  const proxy = await faultProxy(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ body }) => {
    const isLost = isFirst && body.Key.visitor.S.startsWith(`${day}/`);
    if (isLost) isFirst = false;
    return isLost ? 'fail after' : undefined;
  });
  const asking = new DynamoDBClient({ endpoint: proxy.url });
  const added = await coldRecord(asking)(day, reader, second, now + seconds);
  const third = await coldRecord(asking)(day, reader, second, now + seconds + 5);
  asking.destroy();
  await proxy.close();
  assert.equal(proxy.lost.length, 1);
  return [added, third];
}

test('a write that is sent twice makes no new visitor one seen before', async () => {
  assert.deepEqual(await secondOfTwo(undefined, url, 0), [
    { visitors: 1, site_visitors: 1, visits: 1 },
    { engaged: 1, seconds: 5 },
  ]);
});

test('a write that is sent twice counts the second view of a visit once', async () => {
  assert.deepEqual(await secondOfTwo(url, url, 20), [{ engaged: 1, seconds: 20 }, { seconds: 5 }]);
});

test('a write that is sent twice keeps the link of its visit', async () => {
  const [second] = await secondOfTwo(url, url, 20, { source: 'ads' });
  assert.deepEqual(second, { engaged: 1, engaged_source_ads: 1, seconds: 20 });
});

test('gives up when its time is over and the table did not answer', async () => {
  const silent = createServer(() => {});
  const endpoint = `http://localhost:${await listen(silent)}`;
  const waiting = new DynamoDBClient({ endpoint });
  await assert.rejects(coldRecord(waiting)(day, someone(), url, now, {}, AbortSignal.timeout(50)), {
    name: 'AbortError',
  });
  waiting.destroy();
  await close(silent);
});
