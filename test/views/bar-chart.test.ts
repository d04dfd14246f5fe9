import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stylesheet } from '../../build/stylesheet.ts';
import { type Day, daysBetween, daysUpTo } from '../../core/calendar/day.ts';
import { monthAfter } from '../../core/calendar/month.ts';
import type { Chartable } from '../../core/report/filter.ts';
import { type DayUnit, dateIn } from '../../core/report/unit.ts';
import { axisOf } from '../../views/axis.ts';
import { barChart } from '../../views/bar-chart.ts';
import { barLabels, barName } from '../../views/bar-labels.ts';
import { chartSize } from '../../views/chart-spec.ts';
import type { SeriesBar } from '../../views/series-bars.ts';

const barsOf = (counts: number[], previous: number[] = [], last: Partial<SeriesBar> = {}): SeriesBar[] =>
  counts.map((count, i) => ({
    date: `2026-03-${String(i + 1).padStart(2, '0')}`,
    count,
    previous: previous[i] ?? 0,
    isPartial: false,
    isFuture: false,
    ...(i === counts.length - 1 && last),
  }));
const axis = { top: 1234, ticks: [0, 617, 1234] };

/** Returns the bars of one of the layers as left edge and top. */
function edgesIn(svg: string, layer: 'previous' | 'now' | 'unfinished') {
  const group = new RegExp(`${layer}_marks"(/>|>.*?</g>)`, 's').exec(svg)?.[0] ?? '';
  return [...group.matchAll(/ d="M([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
}
const topsIn = (...[svg, layer]: Parameters<typeof edgesIn>) => edgesIn(svg, layer).map(([, y]) => y);

test('the chart has a bar for each day, as high as its count, in front of the bar of the earlier range', async () => {
  const svg = await barChart(barsOf([0, 1234, 617], [0, 617, 0]), axis);
  assert.deepEqual(topsIn(svg, 'now'), [chartSize.height, 0, chartSize.height / 2]);
  assert.deepEqual(topsIn(svg, 'previous'), [chartSize.height / 2]);
  assert.ok(svg.indexOf('previous_marks') < svg.indexOf('now_marks'));
});

test('a bar whose time is not over looks different, and there is none for what is to come', async () => {
  const partial = await barChart(barsOf([1, 617], [], { isPartial: true }), axis);
  assert.deepEqual([topsIn(partial, 'now').length, topsIn(partial, 'unfinished')], [1, [chartSize.height / 2]]);
  const estimated = await barChart(barsOf([1, 617], [], { isPartial: true, expected: 1234 }), axis);
  assert.deepEqual([topsIn(estimated, 'now')[1], topsIn(estimated, 'unfinished')], [chartSize.height / 2, [0]]);
  for (const when of [{ isFuture: true }, { isUncounted: true }]) {
    const svg = await barChart(barsOf([1, 0], [], when), axis);
    assert.deepEqual([topsIn(svg, 'now').length, topsIn(svg, 'unfinished').length], [1, 0]);
  }
});

test('the chart has a line at each tick', async () => {
  const svg = await barChart(barsOf([1]), axis);
  const lines = /role-axis-grid.*?<\/g>/s.exec(svg)?.[0] ?? '';
  assert.equal([...lines.matchAll(/<line/g)].length, 3);
});

test('each layer of the chart has a colour of its own', () => {
  for (const layer of ['previous', 'now', 'unfinished'])
    assert.ok(stylesheet.includes(`.drawing .${layer}_marks path`), layer);
});

test('each bar stands in its share of the width', async () => {
  const bars = Array.from(
    { length: 120 },
    (_, i) => ({ ...barsOf([12])[0], date: monthAfter('2016-01', i) }) as SeriesBar,
  );
  const edges = edgesIn(await barChart(bars, axis), 'now');
  assert.deepEqual(
    edges.map(([x]) => Math.floor((x * bars.length) / chartSize.width)),
    bars.map((_, i) => i),
  );
});

test('hours to come keep the other bars in their places', async () => {
  const bars = barsOf(Array.from({ length: 24 }, () => 12)).map((bar, hour) => ({
    ...bar,
    ...(hour > 14 && { isFuture: true, previous: undefined }),
  }));
  const edges = edgesIn(await barChart(bars, axis), 'now');
  assert.equal(edges.length, 15);
  assert.equal(Math.floor(((edges.at(-1)?.[0] ?? 0) * bars.length) / chartSize.width), 14);
});

describe('the axis has few lines at round numbers', () => {
  const run = (charted: Chartable, highest: number, ...want: number[]) =>
    test(`${charted} up to ${highest}`, () =>
      assert.deepEqual(axisOf(charted, highest), { top: want.at(-1), ticks: want }));

  run('views', 0, 0, 1);
  run('views', 3, 0, 1, 2, 3);
  run('views', 386, 0, 100, 200, 300, 400);
  run('views', 400, 0, 100, 200, 300, 400);
  run('views', 401, 0, 200, 400, 600);
  run('visitors', 7_654_321, 0, 2e6, 4e6, 6e6, 8e6);
  run('bounce-rate', 0.68, 0, 0.25, 0.5, 0.75);
  run('views-per-visit', 1.6, 0, 0.5, 1, 1.5, 2);
  run('visit-duration', 113, 0, 30, 60, 90, 120);
  run('visit-duration', 9000, 0, 3600, 7200, 10_800);
});

describe('below the bars stand', () => {
  const run = (name: string, unit: DayUnit, [first, last]: [Day, Day], wide: string, narrow = wide) =>
    test(name, () => {
      const days = daysUpTo(last, daysBetween(first, last) + 1);
      const dates = [...new Set(days.map((day) => dateIn(unit, day)))];
      const labels = barLabels(dates, unit, '2026-11-22').filter((label) => label !== undefined);
      assert.equal(labels.map(({ text, more = '' }) => text + more).join(', '), wide);
      const onPhone = labels.filter(({ isWideOnly }) => !isWideOnly);
      assert.equal(onPhone.map(({ text }) => text).join(', '), narrow);
    });

  run('weekdays, and today', 'day', ['2026-11-20', '2026-11-22'], 'Fri 20, Sat 21, Today', 'Fri, Sat, Today');
  run('the Mondays of weeks', 'week', ['2026-11-02', '2026-11-22'], '2 Nov, 9 Nov, 16 Nov');
  run(
    'some days where all do not fit',
    'day',
    ['2026-10-24', '2026-11-22'],
    '24 Oct, 27 Oct, 30 Oct, 2 Nov, 5 Nov, 8 Nov, 11 Nov, 14 Nov, 17 Nov, 20 Nov',
    '24 Oct, 30 Oct, 5 Nov, 11 Nov, 17 Nov',
  );
  run('months', 'month', ['2026-09-01', '2026-11-22'], 'Sep 2026, Oct, Nov', 'Sep, Oct, Nov');
  run('a year below each January', 'month', ['2025-12-01', '2026-02-22'], 'Dec 2025, Jan 2026, Feb', 'Dec, Jan, Feb');
  run('years where months do not fit', 'month', ['2023-12-01', '2026-11-22'], '2024, 2025, 2026');
  run('years', 'year', ['2024-05-01', '2026-11-22'], '2024, 2025, 2026');

  test('hours', () => {
    const hours = Array.from({ length: 24 }, (_, i) => `2026-11-21T${String(i).padStart(2, '0')}`);
    const labels = barLabels(hours, 'hour', '2026-11-22').filter((label) => label !== undefined);
    assert.equal(
      labels.map(({ text }) => text).join(),
      '0:00,2:00,4:00,6:00,8:00,10:00,12:00,14:00,16:00,18:00,20:00,22:00',
    );
  });
});

test('each bar has a name', () => {
  assert.deepEqual(
    [
      barName('2026-11-20T07', 'hour'),
      barName('2026-11-02', 'day'),
      barName('2026-11-16', 'week'),
      barName('2026-11', 'month'),
      barName('2026', 'year'),
    ],
    ['7:00–8:00', 'Mon 2 Nov', 'Week of 16 Nov', 'Nov 2026', '2026'],
  );
});

test('no letters of the style sheet are below 13 px', () => {
  const sizes = [...stylesheet.matchAll(/font-size: ?([\d.]+)(px|rem)/g)];
  assert.ok(sizes.length > 10);
  const small = sizes.filter(([, size, unit]) => Number(size) * (unit === 'rem' ? 16 : 1) < 13);
  assert.deepEqual(
    small.map(([text]) => text),
    [],
  );
});
