import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { earlierRange, rangeAfter, rangeBefore } from '../../../core/report/earlier-range.ts';
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

describe('what it is compared with', () => {
  const run = (query: RangeQuery, day: Day, ...want: unknown[]) =>
    test(`${JSON.stringify(query)} on ${day}`, () =>
      assert.deepEqual(told(earlierRange(parseRange(query, { today: day, since: undefined }).range)), want));

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
  run({ from: '2025-10-01', to: '2026-11-10' }, today, '2024-08-01', '2025-09-10', 406, 'month');
  run({ from: '2025-10-01', to: '2026-10-31' }, today, '2024-09-01', '2025-09-30', 395, 'month');
  run({ period: 'week' }, '2026-11-18', '2026-11-09', '2026-11-11', 3, 'day');
  run({ period: 'week' }, '2026-11-16', '2026-11-09', '2026-11-09', 1, 'hour');
  run({ period: 'week' }, '2027-01-03', '2026-12-21', '2026-12-27', 7, 'day');
  run({ period: 'last-week' }, '2028-03-07', '2028-02-21', '2028-02-27', 7, 'day');
  run({ period: '90d', by: 'week' }, today, '2026-05-26', '2026-08-23', 90, 'week');
  run({ period: 'year' }, today, '2025-01-01', '2025-11-21', 325, 'month');
  run({ period: 'year' }, '2026-02-20', '2025-01-01', '2025-02-20', 51, 'day');
  run({ period: 'year' }, '2028-02-29', '2027-01-01', '2027-02-28', 59, 'day');
  run({ period: 'last-year' }, '2029-01-01', '2027-01-01', '2027-12-31', 365, 'month');
  run({ from: '2020-01-01', by: 'year' }, today, '2013-01-01', '2019-11-21', 2516, 'year');
  run({ from: '2020-01-01', to: '2024-02-29', by: 'year' }, today, '2015-01-01', '2019-02-28', 1520, 'year');
  run({ from: '2024-02-29', to: '2025-02-28' }, today, '2023-02-28', '2024-02-28', 366, 'month');
  run({ from: '1990-01-01' }, today, '1953-01-01', '1989-11-21', 13_474, 'year');
});

test('all time has no earlier range', () => {
  const { range } = parseRange({ period: 'all' }, { today, since: '2024-01-01' });
  assert.equal(earlierRange(range), undefined);
});
