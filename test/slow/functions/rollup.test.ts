import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { daysOf } from '../../../core/calendar/month.ts';
import { startDatabase } from '../../../local/database.ts';
import { startMeter } from '../../../local/meter.ts';
import { startFunctions, textOf } from '../../functions/footfall.ts';

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
const { handler: rollup } = await import('../../../functions/rollup.ts');
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

const year = { period: '12mo' };
/** Of 93 days: the shortest of which the bars are months. */
const autumn = { from: '2026-09-01', to: '2026-12-02' };

/** Views of a range by month, but for those without any. */
async function viewsByMonth(today: string, query: Record<string, string> = autumn): Promise<Record<string, number>> {
  const { series } = JSON.parse(textOf(await stats({ path: '/stats.json', query, epoch: noon(today) })));
  return Object.fromEntries(
    series
      .filter(({ count }: { count: number }) => count > 0)
      .map(({ date, count }: { date: string; count: number }) => [date, count]),
  );
}

/** What a year is shown as, in ways that a roll-up must not change. */
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
  for (const query of pages) answers.push(textOf(await dashboard({ query, epoch })));
  for (const query of files) answers.push(textOf(await stats({ path: '/stats.json', query, epoch })));
  return answers;
}

test('a year shows the same from rolled-up months as from days, with fewer reads', async () => {
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
  assert.deepEqual(await rollup({ time: '2026-12-02T03:30:00Z' }), { rolledUp: ['2026-11', '2026-10', '2026-09'] });
  meter.charged();
  await dashboard({ query: year, epoch: noon('2026-12-02') });
  const byMonths = meter.charged();
  const rolledUp = await everything('2026-12-02');
  assert.deepEqual(rolledUp, before);
  assert.doesNotMatch(rolledUp.join(), /\(months\)/);
  assert.equal(byDays.reads - byMonths.reads, 30 + 31 + 30 - 3);
  assert.ok(byMonths['items read'] < byDays['items read'] / 2, `${byMonths['items read']} of ${byDays['items read']}`);
});

test('rolling a month up again changes nothing, and stops after the first days of the next month', async () => {
  const before = await table();
  assert.deepEqual(await rollup({ time: '2026-12-15T03:30:00Z' }), { rolledUp: ['2026-11'] });
  assert.deepEqual(await table(), before);
  assert.deepEqual(await rollup({ time: '2026-12-16T03:30:00Z' }), { rolledUp: [] });
  assert.deepEqual(await rollup({ month: '2026-10', time: '2026-12-16T03:30:00Z' }), { rolledUp: ['2026-10'] });
  assert.deepEqual(await table(), before);
});

test('a view that came late is in its month after the next roll-up', async () => {
  const before = await viewsByMonth('2026-12-02');
  await view('2026-11-30', { url: `${url}late`, utm_source: 'late' }, '203.0.113.9');
  assert.deepEqual(await viewsByMonth('2026-12-02'), before);
  await rollup({ time: '2026-12-03T03:30:00Z' });
  const { '2026-11': november = 0, ...others } = before;
  assert.deepEqual(await viewsByMonth('2026-12-02'), { ...others, '2026-11': november + 1 });
  const { pages } = JSON.parse(
    textOf(await stats({ path: '/stats.json', query: { ...autumn, source: 'late' }, epoch: noon('2026-12-02') })),
  );
  assert.deepEqual(pages, [{ url: `${url}late`, views: 1, visits: 1 }]);
});

test('a roll-up that was cut short is not taken for the whole month', async () => {
  const { '2026-11': before = 0, ...others } = await viewsByMonth('2026-12-02');
  await view('2026-11-29', {}, '203.0.113.10');
  // Off the list; 34 rows in two parts; on the list again.
  for (const [allowed, november] of [0, 1, 2, 3].map((allowed) => [allowed, before + (allowed > 0 ? 1 : 0)] as const)) {
    writesAllowed = allowed;
    await assert.rejects(rollup({ time: '2026-12-03T03:30:00Z' }), { name: 'AccessDeniedException' });
    assert.deepEqual(await viewsByMonth('2026-12-02'), { ...others, '2026-11': november }, `after ${allowed} writes`);
  }
  const byDays = await viewsByMonth('2026-12-02');
  writesAllowed = 4;
  // As it is not on the list, it is rolled up on a later day, too.
  assert.deepEqual(await rollup({ time: '2026-12-16T03:30:00Z' }), { rolledUp: ['2026-11'] });
  writesAllowed = Number.POSITIVE_INFINITY;
  meter.charged();
  assert.deepEqual(await viewsByMonth('2026-12-02'), byDays);
  const earlier = 94; // the days from 1 May to 2 August
  assert.equal(meter.charged().reads, 1 + 3 + 2 + earlier);
});

test('rolled-up months stay when their days have expired', async () => {
  const whole = await viewsByMonth('2026-12-02');
  const { '2026-12': _, ...closed } = whole;
  assert.deepEqual(await viewsByMonth('2027-09-30', year), closed);
  assert.deepEqual(await viewsByMonth('2027-09-30', { from: '2026-10-02', to: '2027-03-31' }), {
    '2026-11': closed['2026-11'],
  });
});
