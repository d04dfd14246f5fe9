import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { type Comparison, earlierOf } from '../../../core/report/comparison.ts';
import { parseRange, type RangeQuery } from '../../../core/report/range.ts';

const today = '2026-11-21';
const time = { hour: '14', minute: '30' };

/** Returns the first and last day of the earlier range, and whether the last one ends at the time of today. */
function compared(query: RangeQuery, day: Day, comparison: Comparison, since?: Day) {
  const { range } = parseRange(query, { today: day, since: undefined });
  const earlier = earlierOf(range, comparison, { today: day, since, time });
  if (!earlier) return undefined;
  assert.equal(earlier.range.unit, range.unit);
  const { days } = earlier.range;
  return [days[0], days.at(-1), days.length, earlier.until ? 'until now' : 'whole'];
}

describe('the range before', () => {
  const run = (query: RangeQuery, day: Day, ...want: unknown[]) =>
    test(`${JSON.stringify(query)} on ${day}`, () => assert.deepEqual(compared(query, day, 'previous'), want));

  run({}, today, '2026-11-08', '2026-11-14', 7, 'until now');
  run({ from: '2026-11-01', to: '2026-11-20' }, today, '2026-10-12', '2026-10-31', 20, 'whole');
  run({ from: '2026-11-01', to: today }, today, '2026-10-11', '2026-10-31', 21, 'until now');
  run({ period: '90d', by: 'week' }, today, '2026-05-26', '2026-08-23', 90, 'until now');
  // A single day has the same weekday.
  run({ period: 'today' }, '2026-11-01', '2026-10-25', '2026-10-25', 1, 'until now');
  run({ period: 'yesterday' }, today, '2026-11-13', '2026-11-13', 1, 'whole');
  run({ period: 'week' }, '2026-11-18', '2026-11-09', '2026-11-11', 3, 'until now');
  run({ period: 'week' }, '2026-11-16', '2026-11-09', '2026-11-09', 1, 'until now');
  run({ period: 'week' }, '2027-01-03', '2026-12-21', '2026-12-27', 7, 'until now');
  run({ period: 'last-week' }, '2028-03-07', '2028-02-21', '2028-02-27', 7, 'whole');
  run({ period: 'month' }, today, '2026-10-01', '2026-10-21', 21, 'until now');
  run({ period: 'month' }, '2026-10-01', '2026-09-01', '2026-09-01', 1, 'until now');
  run({ period: 'month' }, '2026-02-28', '2026-01-01', '2026-01-28', 28, 'until now');
  // February has no such day, so it counts whole.
  run({ period: 'month' }, '2026-03-31', '2026-02-01', '2026-02-28', 28, 'whole');
  run({ period: 'month' }, '2026-03-30', '2026-02-01', '2026-02-28', 28, 'whole');
  run({ period: 'month' }, '2026-03-28', '2026-02-01', '2026-02-28', 28, 'until now');
  run({ period: 'last-month' }, '2028-03-05', '2028-01-01', '2028-01-31', 31, 'whole');
  run({ period: '12mo' }, today, '2024-12-01', '2025-11-21', 356, 'until now');
  run({ period: '12mo' }, '2028-02-29', '2026-03-01', '2027-02-28', 365, 'whole');
  run({ from: '2025-10-01', to: '2026-11-10' }, today, '2024-08-01', '2025-09-10', 406, 'whole');
  run({ from: '2025-10-01', to: '2026-10-31' }, today, '2024-09-01', '2025-09-30', 395, 'whole');
  run({ period: 'year' }, today, '2025-01-01', '2025-11-21', 325, 'until now');
  run({ period: 'year' }, '2026-12-31', '2025-01-01', '2025-12-31', 365, 'until now');
  run({ period: 'year' }, '2026-02-20', '2025-01-01', '2025-02-20', 51, 'until now');
  run({ period: 'year' }, '2028-02-29', '2027-01-01', '2027-02-28', 59, 'whole');
  run({ period: 'last-year' }, '2029-01-01', '2027-01-01', '2027-12-31', 365, 'whole');
  run({ from: '2020-01-01', by: 'year' }, today, '2013-01-01', '2019-11-21', 2516, 'until now');
  run({ from: '2024-02-29', to: '2025-02-28' }, today, '2023-02-28', '2024-02-28', 366, 'whole');
  run({ from: '1990-01-01' }, today, '1953-01-01', '1989-11-21', 13_474, 'until now');
});

describe('the same weekdays before', () => {
  const run = (query: RangeQuery, ...want: unknown[]) =>
    test(JSON.stringify(query), () => assert.deepEqual(compared(query, today, 'week'), want));

  run({}, '2026-11-08', '2026-11-14', 7, 'until now');
  run({ period: 'yesterday' }, '2026-11-13', '2026-11-13', 1, 'whole');
  run({ period: '30d' }, '2026-09-18', '2026-10-17', 30, 'until now');
  run({ period: 'month' }, '2026-10-11', '2026-10-31', 21, 'until now');
  // Bars by month have no weekdays.
  run({ period: '12mo' }, '2024-12-01', '2025-11-21', 356, 'until now');
});

describe('the same days a year before', () => {
  const run = (query: RangeQuery, day: Day, ...want: unknown[]) =>
    test(`${JSON.stringify(query)} on ${day}`, () => assert.deepEqual(compared(query, day, 'year'), want));

  run({}, today, '2025-11-15', '2025-11-21', 7, 'until now');
  run({ period: 'today' }, today, '2025-11-21', '2025-11-21', 1, 'until now');
  // A day that is not over has the same hours, even if the year before lacks it.
  run({ period: 'today' }, '2028-02-29', '2027-02-28', '2027-02-28', 1, 'until now');
  run({ period: 'month' }, today, '2025-11-01', '2025-11-21', 21, 'until now');
  run({ from: '2027-02-01', to: '2027-02-28' }, '2027-03-05', '2026-02-01', '2026-02-28', 28, 'whole');
  run({ from: '2029-02-01', to: '2029-02-28' }, '2029-03-05', '2028-02-01', '2028-02-29', 29, 'whole');
  run({ period: '12mo' }, today, '2024-12-01', '2025-11-21', 356, 'until now');
  run({ from: '2024-11-22', to: today }, today, '2022-11-22', '2024-11-21', 731, 'until now');
});

test('nothing and all time have no earlier range', () => {
  assert.equal(compared({}, today, 'none'), undefined);
  assert.equal(compared({ period: 'all' }, today, 'year'), undefined);
});

test('no range is compared with days before counting began', () => {
  assert.equal(compared({}, today, 'previous', '2026-11-09'), undefined);
  assert.deepEqual(compared({}, today, 'previous', '2026-11-08')?.[0], '2026-11-08');
  assert.equal(compared({}, today, 'year', '2025-11-16'), undefined);
});
