import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../core/calendar/day.ts';
import { parseRange, type RangeQuery } from '../../core/report/range.ts';
import { seriesDates } from '../../core/report/series.ts';
import { seriesBars } from '../../views/series-bars.ts';

const now = { day: '2026-11-21', hour: '14', minute: '30' } as const;

describe('bars before the first counted day', () => {
  const run = (query: RangeQuery, since: Day | undefined, want: string[]) =>
    test(`${JSON.stringify(query)} since ${since}`, () => {
      const { range } = parseRange(query, { today: now.day, since });
      const series = seriesDates(range, {}).map((date) => ({ date, count: 0 }));
      const report = { series, totalsByPoint: [] };
      const bars = seriesBars(range, report, undefined, { now, since }, ({ views }) => views);
      const before = bars.filter(({ isUncounted }) => isUncounted).map(({ date }) => date);
      assert.deepEqual(before, want);
    });

  run({}, undefined, []);
  run({}, '2026-11-17', ['2026-11-15', '2026-11-16']);
  run({ period: '90d', by: 'month' }, '2026-10-31', ['2026-08', '2026-09']);
  run({ period: 'today' }, '2026-11-21', []);
});

/** Returns the bars of a range without views, of what is known of its days. */
function emptyBars(query: RangeQuery, known: Omit<Parameters<typeof seriesBars>[3], 'now' | 'since'>) {
  const { range } = parseRange(query, { today: now.day, since: undefined });
  const series = seriesDates(range, {}).map((date) => ({ date, count: 0 }));
  return seriesBars(range, { series, totalsByPoint: [] }, undefined, { now, since: undefined, ...known }, () => 0);
}

describe('a bar has the notes on its days', () => {
  const note = (day: Day, text: string) => ({ day, site: '', text });
  const notes = [note('2026-11-16', 'a'), note('2026-11-17', 'b'), note('2026-11-17', 'c')];
  const run = (query: RangeQuery, want: Record<string, string[]>) =>
    test(JSON.stringify(query), () => {
      const bars = emptyBars(query, { notes });
      assert.deepEqual(
        Object.fromEntries(bars.flatMap(({ date, notes }) => (notes?.length ? [[date, notes]] : []))),
        want,
      );
    });

  run({}, { '2026-11-16': ['a'], '2026-11-17': ['b', 'c'] });
  run({ period: '30d', by: 'week' }, { '2026-11-16': ['a', 'b', 'c'] });
  run({ period: '12mo' }, { '2026-11': ['a', 'b', 'c'] });
  run({ from: '2026-11-17', to: '2026-11-17' }, {});
});

describe('a bar is imported if one of its days is', () => {
  const imports = [
    {
      name: 'umami',
      site: 'blog.example.com',
      tool: 'Umami',
      first: '2026-10-05' as Day,
      last: '2026-11-16' as Day,
      hasHours: true,
    },
  ];
  const run = (query: RangeQuery, want: string[]) =>
    test(JSON.stringify(query), () => {
      const bars = emptyBars(query, { imports });
      assert.deepEqual(
        bars.filter(({ isImported }) => isImported).map(({ date }) => date),
        want,
      );
    });

  run({}, ['2026-11-15', '2026-11-16']);
  run({ from: '2026-09-01', to: '2026-11-21', by: 'month' }, ['2026-10', '2026-11']);
  run({ from: '2026-11-09', to: '2026-11-21', by: 'week' }, ['2026-11-09', '2026-11-16']);
  run({ from: '2026-11-17', to: '2026-11-17' }, []);
});
