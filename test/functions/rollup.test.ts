import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { daysOf } from '../../core/calendar/month.ts';
import type { Response } from '../../http/response.ts';
import { startDatabase } from '../../local/database.ts';
import { httpEvent } from '../../local/event.ts';
import { startMeter } from '../../local/meter.ts';
import { firefox, startFunctions } from './footfall.ts';

const database = await startDatabase();
let writesAllowed = Number.POSITIVE_INFINITY;
const meter = await startMeter(
  database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
  (operation) => operation !== 'BatchWriteItem' || writesAllowed-- > 0,
);
after(() => meter.close().then(() => database.close()));

const { track, dashboard, stats } = await startFunctions({
  SITES: 'blog.example.com,other.example',
  RETENTION_DAYS: '100',
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
});
const { handler: months } = await import('../../functions/rollup.ts');
const client = new DynamoDBClient();
const url = 'https://blog.example.com/';
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** A reader's view on a day at noon. */
const view = (day: string, fields: object = {}, ip = '203.0.113.7') =>
  track({ body: JSON.stringify({ url, ...fields }), epoch: noon(day), ip });

/** All items of the statistics, day rows too, as stored. */
async function table(): Promise<string[]> {
  const items: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: 'SiteStatistics' }))
    items.push(...Items.map((item) => JSON.stringify(Object.entries(item).sort())));
  return items.sort();
}

/** What the table has under a month, by URL. */
const kept = async (month: string): Promise<Record<string, Record<string, { N: string }>>> =>
  Object.fromEntries(
    (await table())
      .map((item) => Object.fromEntries(JSON.parse(item)))
      .filter(({ day }) => day.S === month)
      .map(({ day, url, ...numbers }) => [url.S, numbers]),
  );

const text = ({ body = '' }: Response) => Buffer.from(body, 'base64').toString();
const year = { period: '12mo' };
/** Of 93 days: the shortest of which the bars are months. */
const autumn = { from: '2026-09-01', to: '2026-12-02' };

/** Views of a range by month, but for those without any. */
async function viewsByMonth(today: string, query: Record<string, string> = autumn): Promise<Record<string, number>> {
  const { series } = JSON.parse(text(await stats({ path: '/stats.json', query, epoch: noon(today) })));
  return Object.fromEntries(
    series
      .filter(({ count }: { count: number }) => count > 0)
      .map(({ date, count }: { date: string; count: number }) => [date, count]),
  );
}

/** What a year is shown as, in ways that a fold must not change. */
async function everything(today: string): Promise<string[]> {
  const pages = [year, { ...autumn, page: `${url}3` }, { ...autumn, from: '2026-08-31' }];
  const files = [
    { ...autumn, site: 'blog.example.com' },
    { ...autumn, page: `${url}3`, source: 'mail' },
    { ...autumn, event: 'signup' },
    { period: '90d' },
  ];
  const epoch = noon(today);
  const answers: string[] = [];
  for (const query of pages) answers.push(text(await dashboard({ query, epoch })));
  for (const query of files) answers.push(text(await stats({ path: '/stats.json', query, epoch })));
  return answers;
}

test('a year shows the same from months as from days, and takes a part of the reading', async () => {
  const days = [...daysOf('2026-10'), ...daysOf('2026-11'), '2026-12-01', '2026-12-02'];
  for (const [i, day] of days.entries()) {
    await view(day, {
      url: `${url}${i % 31}`,
      utm_source: ['mail', 'slack', ''][i % 3],
      tz: 'Europe/Paris',
      width: 400,
    });
    await view(day, { url: `${url}3`, referrer: `https://${i % 7}.example/` }, '203.0.113.8');
    await view(day, i % 5 ? { url: 'https://foreign.example/' } : { url: 'https://other.example/' });
    if (i % 4 === 0) await view(day, { event: 'signup' });
  }
  const before = await everything('2026-12-02');
  meter.charged();
  await dashboard({ query: year, epoch: noon('2026-12-02') });
  const byDays = meter.charged();
  assert.deepEqual(await months({ time: '2026-12-02T03:30:00Z' }), { rolledUp: ['2026-11', '2026-10', '2026-09'] });
  meter.charged();
  await dashboard({ query: year, epoch: noon('2026-12-02') });
  const byMonths = meter.charged();
  const rolledUp = await everything('2026-12-02');
  assert.deepEqual(rolledUp, before);
  assert.doesNotMatch(rolledUp.join(), /\(months\)/);
  assert.equal(byDays.reads - byMonths.reads, 30 + 31 + 30 - 3);
  assert.ok(byMonths['items read'] < byDays['items read'] / 2, `${byMonths['items read']} of ${byDays['items read']}`);
});

test('folding twice changes nothing, and after some days is not done any more', async () => {
  const before = await table();
  assert.deepEqual(await months({ time: '2026-12-15T03:30:00Z' }), { rolledUp: ['2026-11'] });
  assert.deepEqual(await table(), before);
  assert.deepEqual(await months({ time: '2026-12-16T03:30:00Z' }), { rolledUp: [] });
  assert.deepEqual(await months({ month: '2026-10', time: '2026-12-16T03:30:00Z' }), { rolledUp: ['2026-10'] });
  assert.deepEqual(await table(), before);
});

test('what came late is taken by folding anew', async () => {
  const before = await viewsByMonth('2026-12-02');
  await view('2026-11-30', { url: `${url}late`, utm_source: 'late' }, '203.0.113.9');
  assert.deepEqual(await viewsByMonth('2026-12-02'), before);
  await months({ time: '2026-12-03T03:30:00Z' });
  const { '2026-11': november = 0, ...others } = before;
  assert.deepEqual(await viewsByMonth('2026-12-02'), { ...others, '2026-11': november + 1 });
  assert.equal((await kept('2026-11'))[`${url}late`]?.views_late?.N, '1');
});

test('a fold that was cut short is not taken for the whole', async () => {
  const { '2026-11': before = 0, ...others } = await viewsByMonth('2026-12-02');
  await view('2026-11-29', {}, '203.0.113.10');
  // Off the list; 34 rows in two parts; on the list again.
  for (const [allowed, november] of [0, 1, 2, 3].map((allowed) => [allowed, before + (allowed > 0 ? 1 : 0)] as const)) {
    writesAllowed = allowed;
    await assert.rejects(months({ time: '2026-12-03T03:30:00Z' }), { name: 'AccessDeniedException' });
    assert.deepEqual(await viewsByMonth('2026-12-02'), { ...others, '2026-11': november }, `after ${allowed} writes`);
  }
  const byDays = await viewsByMonth('2026-12-02');
  writesAllowed = 4;
  // As it is not on the list, it is folded on a later day, too.
  assert.deepEqual(await months({ time: '2026-12-16T03:30:00Z' }), { rolledUp: ['2026-11'] });
  writesAllowed = Number.POSITIVE_INFINITY;
  meter.charged();
  assert.deepEqual(await viewsByMonth('2026-12-02'), byDays);
  assert.equal(meter.charged().reads, 1 + 3 + 2 + 93);
});

test('months stay when their days have expired', async () => {
  const whole = await viewsByMonth('2026-12-02');
  const { '2026-12': _, ...closed } = whole;
  assert.deepEqual(await viewsByMonth('2027-09-30', year), closed);
  assert.deepEqual(await viewsByMonth('2027-09-30', { from: '2026-10-02', to: '2027-03-31' }), {
    '2026-11': closed['2026-11'],
  });
});

describe('by hand', () => {
  const run = (name: string, month: unknown, message: string) =>
    test(name, () =>
      assert.rejects(months({ month: month as string, time: '2026-12-02T03:30:00Z' }), { name: 'Error', message }),
    );

  run('no month', 'October', '"October" is not a month: write it like 2026-11.');
  run('a day', '2026-10-01', '"2026-10-01" is not a month: write it like 2026-11.');
  run('a number', 202610, '"202610" is not a month: write it like 2026-11.');
  run('this month', '2026-12', '2026-12 is not over: today is 2026-12-02.');
  run('a month to come', '2027-01', '2027-01 is not over: today is 2026-12-02.');
  run(
    'a month of which days have expired',
    '2026-08',
    'Some days of 2026-08 have expired: it cannot be rolled up any more.',
  );

  test('without a time, it is now', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await assert.rejects(months({ month: '9999-12' }), { message: `9999-12 is not over: today is ${today}.` });
  });
});

/** The functions with other settings. */
async function withSettings(settings: Record<string, string>) {
  Object.assign(process.env, settings);
  const query = new URLSearchParams(settings);
  const { handler: track } = await import(`../../functions/track.ts?${query}`);
  const { handler: months } = await import(`../../functions/rollup.ts?${query}`);
  Object.assign(process.env, { TIME_ZONE: '', RETENTION_DAYS: '100', MAX_PAGES_PER_DAY: '' });
  return {
    months: months as (event: { time?: string; month?: string }) => Promise<{ rolledUp: string[] }>,
    view: (time: string, url: string) =>
      track(
        httpEvent({
          method: 'POST',
          path: '/track',
          headers: { 'user-agent': firefox },
          body: JSON.stringify({ url }),
          epoch: Date.parse(time),
        }),
      ),
  };
}

describe('a month is over', () => {
  const run = (zone: string, first: string, last: string, month: string) =>
    test(`in ${zone} with its last day there, and has what was counted on its days`, async () => {
      const { view, months } = await withSettings({ TIME_ZONE: zone });
      const edges = [Date.parse(first) - 60_000, Date.parse(first), Date.parse(last) - 60_000, Date.parse(last)];
      for (const [i, epoch] of edges.entries()) await view(new Date(epoch).toISOString(), `${url}${zone}/${i}`);
      const before = new Date(Date.parse(last) - 1).toISOString();
      await assert.rejects(months({ month, time: before }), { message: /is not over/ });
      assert.ok(!(await months({ time: before })).rolledUp.includes(month));
      assert.ok((await months({ time: last })).rolledUp.includes(month));
      assert.deepEqual(Object.keys(await kept(month)), [`${url}${zone}/1`, `${url}${zone}/2`]);
    });

  run('UTC', '2018-12-01T00:00:00Z', '2019-01-01T00:00:00Z', '2018-12');
  run('Pacific/Kiritimati', '2023-12-31T10:00:00Z', '2024-01-31T10:00:00Z', '2024-01');
  run('America/Los_Angeles', '2020-03-01T08:00:00Z', '2020-04-01T07:00:00Z', '2020-03');
  run('Europe/Berlin', '2028-01-31T23:00:00Z', '2028-02-29T23:00:00Z', '2028-02');
});

test('where days are kept for less than a month and some days, no month is kept', async () => {
  const { view, months } = await withSettings({ RETENTION_DAYS: '30' });
  await view('2022-05-31T12:00:00Z', url);
  assert.deepEqual(await months({ time: '2022-06-01T03:30:00Z' }), { rolledUp: [] });
  await assert.rejects(months({ month: '2022-05', time: '2022-06-01T03:30:00Z' }), {
    message: /^Some days of 2022-05 have expired/,
  });
});

test('a month has no more pages than a day may, and its views are all there', async () => {
  const { view, months } = await withSettings({ MAX_PAGES_PER_DAY: '2' });
  for (const [day, pages] of [
    [1, 'ab'],
    [2, 'bc'],
    [3, 'ca'],
    [4, 'dc'],
  ] as const)
    for (const page of pages) await view(`2021-05-0${day}T12:00:00Z`, url + page);
  await months({ month: '2021-05', time: '2021-06-01T03:30:00Z' });
  const { '(other)': other, ...pages } = await kept('2021-05');
  assert.deepEqual(
    Object.entries(pages).map(([page, { views }]) => [page, views?.N]),
    [
      [`${url}a`, '2'],
      [`${url}c`, '3'],
    ].sort(),
  );
  assert.deepEqual([other?.views?.N, other?.pages], ['3', undefined]);
});
