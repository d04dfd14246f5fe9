import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stylesheet } from '../../build/stylesheet.ts';
import { type Day, daysBetween, daysUpTo } from '../../core/calendar/day.ts';
import { monthAfter } from '../../core/calendar/month.ts';
import { type DayUnit, dateIn } from '../../core/report/unit.ts';
import { barChart } from '../../views/bar-chart.ts';

const barsOf = (counts: number[], previous: number[] = []) =>
  counts.map((count, i) => ({
    date: `2026-03-${String(i + 1).padStart(2, '0')}`,
    count,
    previous: previous[i] ?? 0,
    isPartial: false,
    isFuture: false,
  }));
const textsIn = (svg: string) => [...svg.matchAll(/<t(?:ext|span)[^>]*>([^<]+)</g)].map(([, text]) => text);

test('the chart has a bar for each day, as high as its views, in front of the bar of the days before', async () => {
  const svg = await barChart(barsOf([0, 1234, 617], [0, 617, 0]), 'day')(320, 200);
  const marks = (name: string) => new RegExp(`class="mark-rect role-mark ${name}.*?</g>`, 's').exec(svg)?.[0] ?? '';
  const tops = (group: string) => [...group.matchAll(/ d="M[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
  const [floor = 0, top = 0, middle = 0] = tops(marks('layer_1'));
  assert.ok(floor - top > 100);
  assert.ok(Math.abs((floor - middle) / (floor - top) - 617 / 1234) < 0.001);
  assert.equal(tops(marks('previous'))[1], middle);
  assert.deepEqual(textsIn(svg), ['Sun', '1', 'Mon', '2', 'Tue', '3', '0', '1,234', '617']);
});

test('the bars of the earlier range have a colour of their own', async () => {
  assert.ok(stylesheet.includes('.chart .previous_marks path'));
  assert.match(await barChart(barsOf([1], [2]), 'day')(320, 200), /class="[^"]*\bprevious_marks\b/);
});

test('the chart shortens numbers on narrow bars, and shows only the highest when there is no room', async () => {
  const numbers = async (counts: number[], width: number) =>
    textsIn(await barChart(barsOf(counts), 'day')(width, 190)).filter((text) => /[k,]/.test(text ?? ''));
  assert.deepEqual(await numbers([123_456, 9_999, 0, 0, 0, 0], 300), ['123k', '9,999']);
  assert.deepEqual(await numbers([123_456, 9_999, 0, 0, 0, 0], 520), ['123,456', '9,999']);
  assert.deepEqual(await numbers([1234, 5, 55_555, 1, 1, 1, 1, 1, 1, 1], 300), ['55.6k']);
});

test('the chart names hours and months, and gives an hour to come no number', async () => {
  const hours = Array.from({ length: 24 }, (_, i) => ({
    date: `2026-03-01T${String(i).padStart(2, '0')}`,
    count: i,
    previous: 0,
    isPartial: i === 20,
    isFuture: i > 20,
  }));
  const texts = textsIn(await barChart(hours, 'hour')(900, 200));
  assert.equal(texts.filter((text) => text === '20').length, 2, 'an hour and its number');
  assert.equal(texts.filter((text) => text === '23').length, 1, 'an hour to come has no number');
  const months = ['2026-10', '2026-11'].map((date) => ({
    date,
    count: 1,
    previous: 2,
    isPartial: date === '2026-11',
    isFuture: false,
  }));
  const svg = await barChart(months, 'month')(300, 200);
  assert.deepEqual(textsIn(svg).slice(0, 4), ['Oct', '2026', 'Nov', '1']);
  assert.match(svg, /opacity="0\.6"/);
});

test('each bar stands in its share of the width, however wide the labels at the ends are', async () => {
  const months = Array.from({ length: 120 }, (_, i) => monthAfter('2016-01', i));
  const bars = months.map((date) => ({ date, count: 12_345, previous: 0, isPartial: false, isFuture: false }));
  const svg = await barChart(bars, 'month')(300, 200);
  const group = /class="mark-rect role-mark layer_1.*?<\/g>/s.exec(svg)?.[0] ?? '';
  const edges = [...group.matchAll(/ d="M(\d[\d.]*)/g)].map(([, x]) => Number(x));
  assert.deepEqual(
    edges.map((x) => Math.floor((x * bars.length) / 300)),
    bars.map((_, i) => i),
  );
});

test('a drawing does not depend on those before', async () => {
  const bars = barsOf([0, 1234, 55_555, 1], [3, 0, 60_000, 1]);
  const draw = barChart(bars, 'day');
  const sizes = [
    [900, 200],
    [100, 120],
    [900, 200],
    [320, 190],
  ] as const;
  for (const [width, height] of sizes)
    assert.equal(await draw(width, height), await barChart(bars, 'day')(width, height));
});

describe('below the bars stand', () => {
  const run = (name: string, unit: DayUnit, [first, last]: [Day, Day], width: number, want: string) =>
    test(name, async () => {
      const days = daysUpTo(last, daysBetween(first, last) + 1);
      const dates = [...new Set(days.map((day) => dateIn(unit, day)))];
      const bars = dates.map((date) => ({ date, count: 0, previous: undefined, isPartial: false, isFuture: true }));
      const svg = await barChart(bars, unit)(width, 200);
      const shown = [...svg.matchAll(/<text[^>]*opacity="1">(.*?)<\/text>/g)];
      const texts = shown.map(([, text = '']) =>
        text
          .replace(/<[^>]*>/g, ' ')
          .trim()
          .replace(/ +/g, ' '),
      );
      assert.equal(texts.join(', '), want);
    });

  run('the Mondays of weeks', 'week', ['2026-11-02', '2026-11-22'], 300, '2 Nov, 9 Nov, 16 Nov');
  run(
    'months where weeks are many',
    'week',
    ['2025-11-03', '2026-11-22'],
    1000,
    'Nov 2025, Dec, Jan 2026, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov',
  );
  run('quarters where months do not fit', 'month', ['2025-12-01', '2026-11-22'], 300, 'Jan 2026, Apr, Jul, Oct');
  run('years where quarters do not fit', 'month', ['2021-12-01', '2026-11-22'], 300, '2022, 2023, 2024, 2025, 2026');
  run('years', 'year', ['2024-05-01', '2026-11-22'], 300, '2024, 2025, 2026');
  run(
    'some years where all do not fit',
    'year',
    ['2006-12-01', '2026-11-22'],
    300,
    '2006, 2010, 2014, 2018, 2022, 2026',
  );
});
