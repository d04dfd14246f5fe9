import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { parseRange, type RangeQuery } from '../../../core/report/range.ts';

const today = '2026-11-21';
const told = ({ days, unit }: { days: string[]; unit: string }) => [days[0], days.at(-1), days.length, unit];

describe('a range', () => {
  const run = (query: RangeQuery, day: Day, ...want: unknown[]) =>
    test(`${JSON.stringify(query)} on ${day}`, () => {
      const { range, problem } = parseRange(query, day);
      assert.deepEqual([problem, ...told(range)], [undefined, ...want]);
    });

  run({}, today, '2026-11-15', today, 7, 'day');
  run({ period: '7d' }, '2026-03-03', '2026-02-25', '2026-03-03', 7, 'day');
  run({ period: 'today' }, today, today, today, 1, 'hour');
  run({ period: 'yesterday' }, '2026-01-01', '2025-12-31', '2025-12-31', 1, 'hour');
  run({ period: '30d' }, today, '2026-10-23', today, 30, 'day');
  run({ period: '90d' }, today, '2026-08-24', today, 90, 'day');
  run({ period: 'month' }, today, '2026-11-01', today, 21, 'day');
  run({ period: 'month' }, '2026-10-01', '2026-10-01', '2026-10-01', 1, 'hour');
  run({ period: 'last-month' }, today, '2026-10-01', '2026-10-31', 31, 'day');
  run({ period: 'last-month' }, '2028-03-31', '2028-02-01', '2028-02-29', 29, 'day');
  run({ period: 'last-month' }, '2026-01-15', '2025-12-01', '2025-12-31', 31, 'day');
  run({ period: '12mo' }, today, '2025-12-01', today, 356, 'month');
  run({ period: '12mo' }, '2026-12-31', '2026-01-01', '2026-12-31', 365, 'month');
  run({ period: '12mo' }, '2026-01-05', '2025-02-01', '2026-01-05', 339, 'month');
  run({ from: '2026-11-03', to: '2026-11-04' }, today, '2026-11-03', '2026-11-04', 2, 'day');
  run({ from: '2026-11-03', to: '2026-11-03' }, today, '2026-11-03', '2026-11-03', 1, 'hour');
  run({ from: '2026-11-03' }, today, '2026-11-03', today, 19, 'day');
  run({ to: '2026-11-03' }, today, '2026-11-03', '2026-11-03', 1, 'hour');
  run({ from: '2026-08-21', to: today, period: 'today' }, today, '2026-08-21', today, 93, 'month');
});

describe('a range that is none gets the usual one, and a sentence', () => {
  const run = (query: RangeQuery, want: RegExp) =>
    test(JSON.stringify(query), () => {
      const { range, problem = '' } = parseRange(query, today);
      assert.match(problem, want);
      assert.deepEqual(told(range), ['2026-11-15', today, 7, 'day']);
    });

  run({ period: 'ever' }, /^There is no period "ever": choose one of today, yesterday, /);
  run({ period: '' }, /^There is no period ""/);
  run(
    { from: '2026-11-04', to: '2026-11-03' },
    /^The range from 2026-11-04 to 2026-11-03 ends before it begins: swap its days\.$/,
  );
  run({ from: '1726-11-04', to: '2026-11-03' }, /has 109573 days: choose at most 400\.$/);
  run({ from: '2026-02-30', to: '2026-03-01' }, /^"2026-02-30" is not a day: write it like 2026-11-21\.$/);
  run({ from: 'x' }, /^"x" is not a day/);
  run({ from: '2026-1-1' }, /^"2026-1-1" is not a day/);
  run({ from: '+2026-01-01' }, /is not a day/);
  run({ to: '2026-11-22' }, /^2026-11-22 is in the future: choose a day up to 2026-11-21\.$/);
});
