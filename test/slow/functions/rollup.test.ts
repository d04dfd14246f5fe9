import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, daysBetween, daysUpTo } from '../../../core/calendar/day.ts';
import type { Counters } from '../../../core/counters/names.ts';
import { siteOfRow } from '../../../core/counters/summary.ts';
import { startDatabase } from '../../../local/database.ts';
import { startMeter } from '../../../local/meter.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { startFunctions, textOf } from '../../functions/footfall.ts';

const database = await startDatabase();
const writing = ['PutItem', 'DeleteItem', 'UpdateItem'];
let writesAllowed = Number.POSITIVE_INFINITY;
let isCutting = false;
const meter = await startMeter(
  database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
  (operation) => !isCutting || !writing.includes(operation) || writesAllowed-- > 0,
);
after(() => meter.close().then(() => database.close()));

const { dashboard, stats } = await startFunctions({
  SITES: 'blog.example.com,www.notes.example.org',
  TIME_ZONE: 'Europe/Berlin',
  DETAIL_DAYS: '45',
  RETENTION_DAYS: '760',
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
});
const { handler: rollup } = await import('../../../functions/rollup.ts');
const { handler: drain } = await import('../../../functions/drain.ts');
const client = new DynamoDBClient();
const statistics = statisticsStore(client, 'SiteStatistics');
const today = '2026-04-20';
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const night = (day: string) => `${day}T03:30:00Z`;
const rollUpOn = (day: string, event: object = {}) => rollup({ time: night(day), ...event });

/** A generator of the same numbers in each run. */
let seed = 7;
const random = (below: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * below);
};
const pick = <Item>(...items: Item[]): Item => items[random(items.length)] as Item;

const pages = [
  ...['', 'about', 'posts/one', 'posts/two'].map((path) => `https://blog.example.com/${path}`),
  ...['https://www.notes.example.org/', 'http://notes.example.org/x', 'https://gone.example.net/old'],
];

/** Counters as a page has them after some hits. */
function someCounters(): Counters {
  const views = 1 + random(9);
  return {
    views,
    [`hour_${pick('00', '02', '03', '07', '23')}`]: views,
    visitors: 1 + random(views),
    visits: 1 + random(3),
    ...(random(2) && { site_visitors: 1, engaged: 1, seconds: random(400) + 1 }),
    ...(random(3) === 0 && { unlinked: 1 }),
    [`country_${pick('DE', 'FR', 'US')}`]: 1,
    [`device_${pick('mobile', 'desktop')}`]: 1,
    [`referrer_${pick('(direct)', 'news.example', '__proto__', '日本.example')}`]: 1,
    ...(random(3) === 0 && { views_mail: 1, source_mail: 1, campaign_spring: 1 }),
    ...(random(5) === 0 && { event_signup: 1 + random(3) }),
  };
}

/** The first day of each site that has a page. */
const since = new Map<string, Day>();

async function fill(days: Day[]): Promise<void> {
  for (const day of days) {
    for (const page of pages)
      if (random(3)) {
        await statistics.add(day, page, someCounters(), 760);
        if (!since.has(siteOfRow(page))) since.set(siteOfRow(page), day);
      }
    if (random(4) === 0) await statistics.add(day, '(other)', { views: 2, pages: 1, country_DE: 1, visits: 1 }, 760);
    if (random(2)) await statistics.add(day, '(not counted)', { malformed: 1 + random(3) }, 760);
    if (random(2)) await statistics.add(day, '(not counted) notes.example.org', { bot: 1 + random(5) }, 760);
  }
}

const daysFrom = (first: Day, last: Day) => daysUpTo(last, daysBetween(first, last) + 1);

// Until now, the last day of an earlier range is estimated: rows know the hours of pages, summaries those of the site.
const compare = 'none';
const ranges: Record<string, string>[] = [
  { period: 'today', compare },
  { period: 'yesterday' },
  { period: '7d', compare },
  { period: '90d', compare },
  { period: 'month', compare },
  { period: 'last-month' },
  { period: '12mo' },
  { from: '2026-03-29', to: '2026-03-29' },
  { from: '2025-10-26', to: '2025-10-26' },
  { from: '2025-12-30', to: '2026-01-02' },
  { from: '2025-11-15', to: '2026-03-15' },
];
const filters: Record<string, string>[] = [
  {},
  { page: 'https://blog.example.com/posts/one' },
  { country: 'FR' },
  { source: 'mail' },
  { event: 'signup' },
  { referrer: '__proto__', page: 'https://blog.example.com/' },
];
const sites: Record<string, string>[] = [{ site: 'blog.example.com' }, { site: 'www.notes.example.org' }];
const filtersOfSites = [{}, { country: 'FR' }];
const scopes = [...filters, ...sites.flatMap((site) => filtersOfSites.map((filter) => ({ ...site, ...filter })))];

const get = async (path: string, query: Record<string, string>) =>
  textOf(await stats({ path, query, epoch: noon(today) }));

/** What is concluded from the weeks before is left out: a roll-up stores their totals. */
function counted(json: string): string {
  const { why, unusual, forecast, ...numbers } = JSON.parse(json);
  return JSON.stringify(numbers);
}

/** What readers see, in every way that a roll-up must not change. */
async function everything(): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const range of ranges)
    for (const scope of scopes) {
      const query = { ...range, ...scope };
      seen.set(`/stats.json ${new URLSearchParams(query)}`, counted(await get('/stats.json', query)));
    }
  for (const panel of ['range', 'pages', 'country', 'not-counted', 'event'])
    for (const site of [{}, ...sites]) {
      const query = { period: '12mo', panel, ...site };
      seen.set(`/stats.csv ${new URLSearchParams(query)}`, await get('/stats.csv', query));
    }
  seen.set('/feed.xml', await get('/feed.xml', {}));
  for (const each of [
    { period: 'last-month' },
    { period: '12mo', site: 'blog.example.com' },
    { period: 'yesterday' },
  ]) {
    const query = { ...each, compare };
    seen.set(`/dashboard ${new URLSearchParams(query)}`, textOf(await dashboard({ query, epoch: noon(today) })));
  }
  return seen;
}

/** All items of the statistics, as stored. */
async function table(): Promise<string[]> {
  const items: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: 'SiteStatistics' }))
    items.push(...Items.map((item) => JSON.stringify(Object.entries(item).sort())));
  return items.sort();
}

const first = '2025-09-01';
await fill(daysFrom(first, today));
// Nothing is compared with days before counting began, and only a roll-up knows when it did.
await rollupState(client, 'SiteStatistics').advance(undefined, since);
const fromRows = await everything();

test('every number is the same from summaries as from rows, with a fraction of the reads', async () => {
  meter.charged();
  await get('/stats.json', { period: '12mo' });
  const byRows = meter.charged();
  const { stored, kept, isDone } = await rollUpOn(today);
  assert.deepEqual([stored.length, kept, isDone], [231 + 7 + 1, [], true], 'days, months and the year 2025');
  meter.charged();
  await get('/stats.json', { period: '12mo' });
  const bySummaries = meter.charged();
  assert.deepEqual(await everything(), fromRows);
  assert.ok(bySummaries.reads < byRows.reads / 10, `${bySummaries.reads} of ${byRows.reads}`);
  assert.ok(bySummaries['items read'] < byRows['items read'] / 5);
});

test('rolling up again changes nothing, by itself and by hand', async () => {
  const before = await table();
  assert.deepEqual((await rollUpOn(today)).stored, []);
  assert.deepEqual((await rollUpOn(today, { from: '2026-03-10', to: '2026-04-10' })).stored, []);
  assert.deepEqual(await table(), before);
});

const message = (day: Day, url: string, add: Counters, messageId = 'a') => ({
  messageId,
  body: JSON.stringify({ day, url, add }),
});
const drained = (...records: object[]) => drain({ Records: records } as Parameters<typeof drain>[0]);

describe('an increment that comes late', () => {
  test('shows at once, and stays when its day is rolled up again', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: noon(today) });
    const query = { from: '2025-10-01', to: today, site: 'blog.example.com' };
    const totals = async () => JSON.parse(await get('/stats.json', query)).totals;
    const before = await totals();
    assert.deepEqual(await drained(message('2026-03-15', 'https://blog.example.com/late', { views: 5, visits: 1 })), {
      batchItemFailures: [],
    });
    const later = { ...before, views: before.views + 5, visits: before.visits + 1 };
    assert.deepEqual(await totals(), later);
    const { stored } = await rollUpOn(dayAfter(today, 1));
    assert.deepEqual(stored, ['2026-03', '2026-03-15', today]);
    assert.deepEqual(await totals(), later);
    meter.charged();
    await totals();
    const { 'items read': items } = meter.charged();
    assert.ok(items < 100, `${items} items: the day is read from its summary again`);
  });

  test('stays on the queue if the rows of its day may have expired', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: noon(today) });
    const before = await table();
    const tooLate = message('2026-03-07', 'https://blog.example.com/', { views: 1 }, 'too late');
    assert.deepEqual(await drained(tooLate), { batchItemFailures: [{ itemIdentifier: 'too late' }] });
    assert.deepEqual(await table(), before);
  });
});

test('a roll-up that is cut at any write goes on the next night, and nobody sees a part', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: noon(today) });
  const late = { views: 3, country_FR: 3, event_signup: 1 };
  for (const day of ['2025-12-31', '2026-03-31', '2026-04-01'] as const)
    await statistics.add(day, 'https://blog.example.com/posts/one', late, 760);
  await drained(
    message('2026-03-31', 'https://www.notes.example.org/', { views: 1 }, 'a'),
    message('2026-04-01', 'https://new.example.com/', { views: 1 }, 'b'),
  );
  await fill(daysFrom('2026-04-21', '2026-05-02'));
  const wanted = { from: '2026-01-01', to: '2026-05-03' };
  const on = '2026-05-03';
  const seen = async () =>
    Promise.all(
      [wanted, { ...wanted, country: 'FR' }, { ...wanted, page: 'https://blog.example.com/posts/one' }].map(
        async (query) => textOf(await stats({ path: '/stats.json', query, epoch: noon(on) })),
      ),
    );
  const before = await seen();
  isCutting = true;
  let cuts = 0;
  for (let allowed = 0; ; allowed++) {
    writesAllowed = allowed;
    const isWhole = await rollUpOn(on).then(
      ({ isDone }) => isDone,
      (error: Error) => assert.equal(error.name, 'AccessDeniedException'),
    );
    assert.deepEqual(await seen(), before, `after a cut at write ${allowed}`);
    if (isWhole) break;
    cuts++;
  }
  isCutting = false;
  assert.ok(cuts > 12, `${cuts} cuts`);
  assert.deepEqual((await rollUpOn(on)).stored, []);
});

test('a day does not shrink, unless it is asked to', async () => {
  const on = '2026-05-04';
  await rollUpOn(on);
  const add = (views: number) => statistics.add('2026-05-01', 'https://blog.example.com/', { views }, 760);
  await add(1_000);
  assert.deepEqual((await rollUpOn(on, { from: '2026-05-01' })).stored, ['2026-05-01']);
  const views = async () =>
    JSON.parse(
      textOf(await stats({ path: '/stats.json', query: { from: '2026-05-01', to: '2026-05-01' }, epoch: noon(on) })),
    ).totals.views;
  const many = await views();
  await add(-999);
  const { stored, kept } = await rollUpOn(on, { from: '2026-05-01' });
  assert.deepEqual([stored, kept, await views()], [[], ['2026-05-01'], many]);
  assert.deepEqual((await rollUpOn(on, { from: '2026-05-01', shrink: true })).stored, ['2026-05-01']);
  assert.equal(await views(), many - 999);
});

test('rows expire, then summaries of days; months and years stay', async () => {
  const at = async (day: Day, query: Record<string, string>) =>
    JSON.parse(textOf(await stats({ path: '/stats.json', query, epoch: noon(day) }))).totals.views;
  const october = { from: '2025-10-01', to: '2025-10-31' };
  const years = { from: '2025-01-01', to: '2026-04-30' };
  const [ofOctober, ofYears] = [await at('2026-05-04', october), await at('2026-05-04', years)];
  assert.ok(ofOctober > 0 && ofYears > ofOctober);
  assert.equal((await statistics.rows('2026-05-02', noon('2029-01-01'))).length, 0, 'rows have expired');
  assert.equal(await at('2027-10-01', october), ofOctober);
  assert.equal(await at('2027-12-15', october), 0, 'the days of October have expired');
  assert.equal(await at('2030-01-01', years), ofYears, 'its months have not');
});
