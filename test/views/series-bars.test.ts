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
