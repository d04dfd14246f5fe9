import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { httpEvent } from '../../../local/event.ts';
import { localClient } from '../../../local/local-client.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { firefox, linesLogged, startFunctions } from '../../functions/footfall.ts';

const { numbers } = await startFunctions({ SITES: 'blog.example.com', DETAIL_DAYS: '45', RETENTION_DAYS: '100' });
const { handler: rollup } = await import('../../../functions/rollup.ts');
const url = 'https://blog.example.com/';
const state = rollupState(localClient(), 'SiteStatistics');
const statistics = statisticsStore(localClient(), 'SiteStatistics');

describe('npx sls invoke of rollup', () => {
  const run = (name: string, event: { from?: string; to?: string }, message: string) =>
    test(name, () => assert.rejects(rollup({ ...event, time: '2026-12-02T03:30:00Z' }), { name: 'Error', message }));

  run('no day', { from: 'October' }, '"October" is not a day: write it like 2026-12-01.');
  run('a month', { from: '2026-11' }, '"2026-11" is not a day: write it like 2026-12-01.');
  run('today', { from: '2026-12-02' }, '2026-12-02 is not over: choose a day before 2026-12-02.');
  run(
    'a day to come',
    { from: '2026-12-01', to: '2027-01-01' },
    '2027-01-01 is not over: choose a day before 2026-12-02.',
  );
  run(
    'a range backwards',
    { from: '2026-12-01', to: '2026-11-30' },
    'The range from 2026-12-01 to 2026-11-30 ends before it begins: swap its days.',
  );
  run(
    'days whose rows may have expired',
    { from: '2026-10-19', to: '2026-11-30' },
    'The rows of 2026-10-19 may have expired: choose days from 2026-10-20.',
  );

  test('without a time, it is now', async () => {
    await assert.rejects(rollup({ from: '9999-12-01' }), { message: /^9999-12-01 is not over/ });
  });
});

/** The functions with another time zone. */
async function inZone(TIME_ZONE: string) {
  Object.assign(process.env, { TIME_ZONE });
  const query = new URLSearchParams({ TIME_ZONE });
  const { handler: track } = await import(`../../../functions/track.ts?${query}`);
  const { handler: rollup } = await import(`../../../functions/rollup.ts?${query}`);
  Object.assign(process.env, { TIME_ZONE: '' });
  return {
    rollup: rollup as (event: { time?: string }) => Promise<{ stored: string[] }>,
    view: (epoch: number, url: string) =>
      track(
        httpEvent({
          ...{ method: 'POST', path: '/track', headers: { 'user-agent': firefox } },
          ...{ body: JSON.stringify({ url }), epoch },
        }),
      ),
  };
}

describe('a day is over', () => {
  const run = (zone: string, first: string, last: string, day: string) =>
    test(`in ${zone} an hour after its end there, and has what was counted on it`, async () => {
      const { view, rollup } = await inZone(zone);
      const [begin, end] = [Date.parse(first), Date.parse(last)];
      for (const [i, epoch] of [begin - 60_000, begin, end - 60_000, end].entries())
        await view(epoch, `${url}${zone}/${i}`);
      const at = (epoch: number) => rollup({ time: new Date(epoch).toISOString() });
      assert.ok(!(await at(end + 3_599_000)).stored.includes(day));
      assert.ok((await at(end + 3_600_000)).stored.includes(day));
      const { pages } = await numbers(end + 90_000_000, { from: day, to: day });
      assert.deepEqual(
        pages.map((page) => page.url),
        [`${url}${zone}/1`, `${url}${zone}/2`],
      );
    });

  run('UTC', '2018-12-31T00:00:00Z', '2019-01-01T00:00:00Z', '2018-12-31');
  run('Pacific/Kiritimati', '2024-01-30T10:00:00Z', '2024-01-31T10:00:00Z', '2024-01-31');
  // A day of 25 hours, and one of 23.
  run('America/Los_Angeles', '2025-11-02T07:00:00Z', '2025-11-03T08:00:00Z', '2025-11-02');
  run('Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '2026-03-29');
});

test('a mark stays if an increment may still be under way when its day is rolled up', async () => {
  const night = Date.parse('2026-08-10T03:30:00Z');
  await state.markLate('2026-08-07', night / 1000 - 6_000);
  await state.markLate('2026-08-07', night / 1000 - 1_800);
  await state.markLate('2026-08-08', night / 1000 - 1_800);
  await state.markLate('2026-08-09', night / 1000 - 4_000);
  await state.markLate('2026-08-09', night / 1000 - 5_000);
  await rollup({ time: new Date(night).toISOString() });
  assert.deepEqual([...(await state.read(night)).late], ['2026-08-07', '2026-08-08']);
  await rollup({ time: new Date(night + 86_400_000).toISOString() });
  assert.deepEqual([...(await state.read(night)).late], []);
});

test('an earlier summary with more counts than the rows stays, and the log says so', async (t) => {
  const add = (views: number) => statistics.add('2026-09-01', url, { views }, 45);
  await add(5);
  const time = '2026-09-02T03:30:00Z';
  await rollup({ time });
  await add(-2);
  const lines = linesLogged(t);
  assert.deepEqual((await rollup({ time, from: '2026-09-01' })).kept, ['2026-09-01']);
  assert.deepEqual(lines, [{ kept: '2026-09-01', because: 'the rows have less than the summary' }]);
});
