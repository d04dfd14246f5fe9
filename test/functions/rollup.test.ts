import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Month } from '../../core/calendar/month.ts';
import { httpEvent } from '../../local/event.ts';
import { dynamoClient } from '../../store/client.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { firefox, startFunctions } from './footfall.ts';

await startFunctions({ SITES: 'blog.example.com,other.example', RETENTION_DAYS: '100' });
const { handler: rollup } = await import('../../functions/rollup.ts');
const url = 'https://blog.example.com/';

/** The counters of a rolled-up month, by URL. */
const rolledUp = async (month: Month) =>
  Object.fromEntries(
    (await statisticsStore(dynamoClient(), 'SiteStatistics').rows(month, 0)).map((row) => [row.url, row.counters]),
  );

describe('npx sls invoke of rollup', () => {
  const run = (name: string, month: unknown, message: string) =>
    test(name, () =>
      assert.rejects(rollup({ month: month as string, time: '2026-12-02T03:30:00Z' }), { name: 'Error', message }),
    );

  run('no month', 'October', '"October" is not a month: write it like 2026-11.');
  run('a day', '2026-10-01', '"2026-10-01" is not a month: write it like 2026-11.');
  run('a number', 202610, '"202610" is not a month: write it like 2026-11.');
  run('this month', '2026-12', '2026-12 is not over: today is 2026-12-02.');
  run('a month to come', '2027-01', '2027-01 is not over: today is 2026-12-02.');
  run(
    'a month of which days have expired',
    '2026-08',
    'Some days of 2026-08 have expired, so its sums would be too low. Roll up a later month.',
  );

  test('without a time, it is now', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await assert.rejects(rollup({ month: '9999-12' }), { message: `9999-12 is not over: today is ${today}.` });
  });
});

/** The functions with other settings. */
async function withSettings(settings: Record<string, string>) {
  Object.assign(process.env, settings);
  const query = new URLSearchParams(settings);
  const { handler: track } = await import(`../../functions/track.ts?${query}`);
  const { handler: rollup } = await import(`../../functions/rollup.ts?${query}`);
  Object.assign(process.env, { TIME_ZONE: '', RETENTION_DAYS: '100', MAX_PAGES_PER_DAY: '' });
  return {
    rollup: rollup as (event: { time?: string; month?: string }) => Promise<{ rolledUp: string[] }>,
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
  const run = (zone: string, first: string, last: string, month: Month) =>
    test(`in ${zone} with its last day there, and has what was counted on its days`, async () => {
      const { view, rollup } = await withSettings({ TIME_ZONE: zone });
      const edges = [Date.parse(first) - 60_000, Date.parse(first), Date.parse(last) - 60_000, Date.parse(last)];
      for (const [i, epoch] of edges.entries()) await view(new Date(epoch).toISOString(), `${url}${zone}/${i}`);
      const before = new Date(Date.parse(last) - 1).toISOString();
      await assert.rejects(rollup({ month, time: before }), { message: /is not over/ });
      assert.ok(!(await rollup({ time: before })).rolledUp.includes(month));
      assert.ok((await rollup({ time: last })).rolledUp.includes(month));
      assert.deepEqual(Object.keys(await rolledUp(month)), [`${url}${zone}/1`, `${url}${zone}/2`]);
    });

  run('UTC', '2018-12-01T00:00:00Z', '2019-01-01T00:00:00Z', '2018-12');
  run('Pacific/Kiritimati', '2023-12-31T10:00:00Z', '2024-01-31T10:00:00Z', '2024-01');
  run('America/Los_Angeles', '2020-03-01T08:00:00Z', '2020-04-01T07:00:00Z', '2020-03');
  run('Europe/Berlin', '2028-01-31T23:00:00Z', '2028-02-29T23:00:00Z', '2028-02');
});

test('no month is rolled up where days are kept for less than a month and some days', async () => {
  const { view, rollup } = await withSettings({ RETENTION_DAYS: '30' });
  await view('2022-05-31T12:00:00Z', url);
  assert.deepEqual(await rollup({ time: '2022-06-01T03:30:00Z' }), { rolledUp: [] });
  await assert.rejects(rollup({ month: '2022-05', time: '2022-06-01T03:30:00Z' }), {
    message: /^Some days of 2022-05 have expired/,
  });
});

test('a rolled-up month has no more pages than a day may, and all of its views', async () => {
  const { view, rollup } = await withSettings({ MAX_PAGES_PER_DAY: '2' });
  for (const [day, pages] of [
    [1, 'ab'],
    [2, 'bc'],
    [3, 'ca'],
    [4, 'dc'],
  ] as const)
    for (const page of pages) await view(`2021-05-0${day}T12:00:00Z`, url + page);
  await rollup({ month: '2021-05', time: '2021-06-01T03:30:00Z' });
  const { '(other)': other, ...pages } = await rolledUp('2021-05');
  assert.deepEqual(
    Object.entries(pages).map(([page, { views }]) => [page, views]),
    [
      [`${url}a`, 2],
      [`${url}c`, 3],
    ].sort(),
  );
  assert.deepEqual([other?.views, other?.pages], [3, undefined]);
});
