import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunctions } from './footfall.ts';

const { track, numbers: uncompared } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'Europe/Berlin' });
const numbers = (epoch: number, query: Record<string, string> = {}) =>
  uncompared(epoch, { compare: 'previous', ...query });
const body = JSON.stringify({ url: 'https://blog.example.com/' });
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
const evening = (date: string) => Date.parse(`${date}T20:00:00Z`);
const viewsAt = async (instant: string, count = 1) => {
  for (let i = 0; i < count; i++) await track({ body, epoch: Date.parse(instant) });
};

test('counts the last seven days, today included, with a zero for a day without views', async () => {
  for (const [day, count] of [
    ['2026-01-01', 1],
    ['2026-01-02', 2],
    ['2026-01-05', 1],
    ['2026-01-08', 1],
    ['2026-01-09', 1],
  ] as const)
    await viewsAt(`${day}T12:00:00Z`, count);
  const { totals, previous, series } = await numbers(evening('2026-01-08'));
  assert.deepEqual([totals.views, previous.views], [4, 1]);
  assert.deepEqual(series, [
    { date: '2026-01-02', count: 2, previous: 0 },
    { date: '2026-01-03', count: 0, previous: 0 },
    { date: '2026-01-04', count: 0, previous: 0 },
    { date: '2026-01-05', count: 1, previous: 0 },
    { date: '2026-01-06', count: 0, previous: 0 },
    { date: '2026-01-07', count: 0, previous: 0 },
    { date: '2026-01-08', count: 1, previous: 1 },
  ]);
});

test("counts the hours of a day on the site's clock, beside those of its weekday before", async () => {
  await viewsAt('2026-01-14T06:30:00Z', 2);
  await viewsAt('2026-01-21T06:30:00Z', 3);
  await viewsAt('2026-01-21T22:30:00Z');
  const { totals, series } = await numbers(noon('2026-02-10'), { from: '2026-01-21', to: '2026-01-21' });
  assert.deepEqual([totals.views, series.length], [4, 24]);
  assert.deepEqual(
    series.filter(({ count, previous }) => count + (previous ?? 0) > 0),
    [
      { date: '2026-01-21T07', count: 3, previous: 2 },
      { date: '2026-01-21T23', count: 1, previous: 0 },
    ],
  );
});

test('counts by month when the range has more than 92 days', async () => {
  for (const date of ['2024-12-01', '2025-03-31', '2025-04-01']) await viewsAt(`${date}T12:00:00Z`);
  const { series } = await numbers(noon('2025-04-05'), { from: '2024-12-01' });
  assert.deepEqual(series, [
    { date: '2024-12', count: 1, previous: 0 },
    { date: '2025-01', count: 0, previous: 0 },
    { date: '2025-02', count: 0, previous: 0 },
    { date: '2025-03', count: 1, previous: 0 },
    { date: '2025-04', count: 1, previous: 0 },
  ]);
});

test('counts by week and by year on request, beside as many days before', async () => {
  for (const date of ['2022-11-02', '2022-12-24', '2023-01-01', '2023-01-02']) await viewsAt(`${date}T12:00:00Z`);
  const range = { from: '2022-12-24', to: '2023-01-04' };
  const byWeek = await numbers(noon('2023-02-01'), { ...range, by: 'week' });
  assert.deepEqual(byWeek.series, [
    { date: '2022-12-19', count: 1, previous: 0 },
    { date: '2022-12-26', count: 1, previous: 0 },
    { date: '2023-01-02', count: 1, previous: null },
  ]);
  const byYear = await numbers(noon('2023-02-01'), { ...range, by: 'year' });
  assert.deepEqual(byYear.series, [
    { date: '2022', count: 1, previous: 0 },
    { date: '2023', count: 2, previous: null },
  ]);
  assert.deepEqual([byWeek.range.unit, byYear.range.unit], ['week', 'year']);
});

test('compares this week with the same days of the week before', async () => {
  for (const date of ['2023-05-08', '2023-05-10', '2023-05-11', '2023-05-16']) await viewsAt(`${date}T12:00:00Z`);
  const { totals, previous, series } = await numbers(evening('2023-05-17'), { period: 'week' });
  assert.deepEqual([totals.views, previous.views], [1, 2]);
  assert.deepEqual(series, [
    { date: '2023-05-15', count: 0, previous: 1 },
    { date: '2023-05-16', count: 1, previous: 0 },
    { date: '2023-05-17', count: 0, previous: 1 },
  ]);
});

test('has nothing to compare all time with, which is 30 days while no day is rolled up', async () => {
  for (const date of ['2023-07-01', '2023-07-02', '2023-07-31']) await viewsAt(`${date}T12:00:00Z`);
  const { range, totals, previous, previousSeries } = await numbers(noon('2023-07-31'), { period: 'all' });
  assert.deepEqual(range, { from: '2023-07-02', to: '2023-07-31', period: 'all', unit: 'day' });
  assert.deepEqual([totals.views, previous, previousSeries], [2, {}, []]);
});

test('compares today with the same hours of its weekday before, with the part of this hour that is over', async () => {
  await viewsAt('2024-03-06T08:10:00Z', 2);
  await viewsAt('2024-03-06T09:10:00Z', 4);
  await viewsAt('2024-03-06T10:10:00Z', 8);
  await viewsAt('2024-03-13T08:00:00Z');
  const { totals, previous, series, compared } = await numbers(Date.parse('2024-03-13T09:30:00Z'), { period: 'today' });
  assert.deepEqual([totals.views, previous.views], [1, 4]);
  assert.deepEqual(
    series.slice(8, 13).map((each) => each.previous),
    [0, 2, 2, null, null],
  );
  assert.deepEqual(compared, { by: 'previous', from: '2024-03-06', to: '2024-03-06', until: '10:30' });
});

test('compares with the year before, with the same weekdays, or with nothing, on request', async () => {
  await viewsAt('2024-05-02T08:00:00Z', 3);
  await viewsAt('2025-04-26T08:00:00Z', 2);
  await viewsAt('2025-05-02T08:00:00Z');
  const range = { from: '2025-05-01', to: '2025-05-03' };
  const views = async (compare: string) => (await numbers(evening('2025-05-10'), { ...range, compare })).previous.views;
  assert.deepEqual([await views('year'), await views('week'), await views('previous')], [3, 2, 0]);
  const { previous, compared, series } = await numbers(evening('2025-05-10'), { ...range, compare: 'none' });
  assert.deepEqual([previous, compared, series[0]?.previous], [{}, null, null]);
});
