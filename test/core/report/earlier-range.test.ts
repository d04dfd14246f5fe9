import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { earlierRange, rangeAfter, rangeBefore } from '../../../core/report/earlier-range.ts';
import { parseRange, type RangeQuery } from '../../../core/report/range.ts';

const today = '2026-11-21';
const told = ({ days, unit }: { days: string[]; unit: string }) => [days[0], days.at(-1), days.length, unit];

describe('its neighbours', () => {
  const run = (query: RangeQuery, earlier: unknown[], next: unknown[] | undefined) =>
    test(JSON.stringify(query), () => {
      const { range } = parseRange(query, today);
      assert.deepEqual(told(rangeBefore(range)), earlier);
      const later = rangeAfter(range, today);
      assert.deepEqual(later && told(later), next);
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
});

describe('what it is compared with', () => {
  const run = (query: RangeQuery, day: Day, ...want: unknown[]) =>
    test(`${JSON.stringify(query)} on ${day}`, () =>
      assert.deepEqual(told(earlierRange(parseRange(query, day).range)), want));

  run({}, today, '2026-11-08', '2026-11-14', 7, 'day');
  run({ period: 'today' }, '2026-11-01', '2026-10-31', '2026-10-31', 1, 'hour');
  run({ period: 'month' }, today, '2026-10-01', '2026-10-21', 21, 'day');
  run({ period: 'month' }, '2026-03-31', '2026-02-01', '2026-02-28', 28, 'day');
  run({ period: 'month' }, '2026-03-30', '2026-02-01', '2026-02-28', 28, 'day');
  run({ period: 'month' }, '2026-02-28', '2026-01-01', '2026-01-31', 31, 'day');
  run({ period: 'month' }, '2026-10-01', '2026-09-01', '2026-09-01', 1, 'hour');
  run({ period: 'last-month' }, '2028-03-05', '2028-01-01', '2028-01-31', 31, 'day');
  run({ period: '12mo' }, today, '2024-12-01', '2025-11-21', 356, 'month');
  run({ period: '12mo' }, '2028-02-29', '2026-03-01', '2027-02-28', 365, 'month');
  run({ from: '2026-11-01', to: today }, today, '2026-10-11', '2026-10-31', 21, 'day');
  run({ from: '2025-10-01', to: '2026-10-31' }, today, '2024-09-01', '2025-09-30', 395, 'month');
});
