import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rangeAfter, rangeBefore } from '../../../core/report/earlier-range.ts';
import { parseRange, type Range, type RangeQuery } from '../../../core/report/range.ts';

const today = '2026-11-21';
const told = (range: Range | undefined) => range && [range.days[0], range.days.at(-1), range.days.length, range.unit];

describe('its neighbours', () => {
  const run = (query: RangeQuery, earlier: unknown[] | undefined, next: unknown[] | undefined) =>
    test(JSON.stringify(query), () => {
      const { range } = parseRange(query, { today, since: undefined });
      assert.deepEqual(told(rangeBefore(range)), earlier);
      const later = rangeAfter(range, today);
      assert.deepEqual(told(later), next);
    });

  run({}, ['2026-11-08', '2026-11-14', 7, 'day'], undefined);
  run({ period: 'yesterday' }, ['2026-11-19', '2026-11-19', 1, 'hour'], [today, today, 1, 'hour']);
  run(
    { from: '2026-11-01', to: '2026-11-07' },
    ['2026-10-25', '2026-10-31', 7, 'day'],
    ['2026-11-08', '2026-11-14', 7, 'day'],
  );
  run(
    { from: '2026-11-10', to: '2026-11-19' },
    ['2026-10-31', '2026-11-09', 10, 'day'],
    ['2026-11-20', today, 2, 'day'],
  );
  run({ period: 'month' }, ['2026-10-01', '2026-10-31', 31, 'day'], undefined);
  run({ period: 'last-month' }, ['2026-09-01', '2026-09-30', 30, 'day'], ['2026-11-01', today, 21, 'day']);
  run(
    { from: '2026-02-01', to: '2026-02-28' },
    ['2026-01-01', '2026-01-31', 31, 'day'],
    ['2026-03-01', '2026-03-31', 31, 'day'],
  );
  run({ period: '12mo' }, ['2024-12-01', '2025-11-30', 365, 'month'], undefined);
  run(
    { from: '2025-01-01', to: '2025-12-31' },
    ['2024-01-01', '2024-12-31', 366, 'month'],
    ['2026-01-01', today, 325, 'month'],
  );
  run({ period: 'week' }, ['2026-11-09', '2026-11-15', 7, 'day'], undefined);
  run({ period: 'last-week' }, ['2026-11-02', '2026-11-08', 7, 'day'], ['2026-11-16', today, 6, 'day']);
  run({ period: 'year' }, ['2025-01-01', '2025-12-31', 365, 'month'], undefined);
  run({ period: 'last-year' }, ['2024-01-01', '2024-12-31', 366, 'month'], ['2026-01-01', today, 325, 'month']);
  run(
    { from: '2006-01-01', to: '2015-12-31' },
    ['1996-01-01', '2005-12-31', 3653, 'year'],
    ['2016-01-01', '2025-12-31', 3653, 'year'],
  );
  run({ period: 'all' }, undefined, undefined);
});

describe('its neighbours keep the unit that was chosen', () => {
  const run = (query: RangeQuery, earlier: string, next: string | undefined) =>
    test(JSON.stringify(query), () => {
      const { range } = parseRange(query, { today, since: undefined });
      assert.deepEqual([rangeBefore(range)?.unit, rangeAfter(range, today)?.unit], [earlier, next]);
    });

  run({ period: '90d', by: 'week' }, 'week', undefined);
  run({ from: '2026-08-01', to: '2026-08-31', by: 'week' }, 'week', 'week');
  run({ from: '2006-01-01', to: '2015-12-31', by: 'month' }, 'month', 'month');
  run({ from: '2026-08-01', to: '2026-11-18', by: 'week' }, 'week', 'day');
  run({ from: '2026-03-01', to: '2026-05-31' }, 'day', 'day');
  run({ from: '2026-01-01', to: '2026-01-01', by: 'day' }, 'hour', 'hour');
});
