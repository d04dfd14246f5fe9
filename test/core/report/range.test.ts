import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { parseRange, type RangeQuery } from '../../../core/report/range.ts';

const today = '2026-11-21';
const told = ({ days, unit }: { days: string[]; unit: string }) => [days[0], days.at(-1), days.length, unit];

describe('a range', () => {
  const run = (query: RangeQuery, day: Day, ...want: unknown[]) =>
    test(`${JSON.stringify(query)} on ${day}`, () => {
      const { range, problem } = parseRange(query, { today: day, since: undefined });
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
  run({ period: 'week' }, today, '2026-11-16', today, 6, 'day');
  run({ period: 'week' }, '2026-11-16', '2026-11-16', '2026-11-16', 1, 'hour');
  run({ period: 'week' }, '2027-01-03', '2026-12-28', '2027-01-03', 7, 'day');
  run({ period: 'last-week' }, '2026-11-22', '2026-11-09', '2026-11-15', 7, 'day');
  run({ period: 'last-week' }, '2026-11-23', '2026-11-16', '2026-11-22', 7, 'day');
  run({ period: 'last-week' }, '2028-03-06', '2028-02-28', '2028-03-05', 7, 'day');
  run({ period: 'year' }, today, '2026-01-01', today, 325, 'month');
  run({ period: 'year' }, '2026-04-02', '2026-01-01', '2026-04-02', 92, 'day');
  run({ period: 'year' }, '2027-01-01', '2027-01-01', '2027-01-01', 1, 'hour');
  run({ period: 'last-year' }, today, '2025-01-01', '2025-12-31', 365, 'month');
  run({ period: 'last-year' }, '2029-01-01', '2028-01-01', '2028-12-31', 366, 'month');
  run({ from: '2024-02-29', to: '2025-02-28' }, today, '2024-02-29', '2025-02-28', 366, 'month');
  run({ from: '2021-12-31' }, today, '2021-12-31', today, 1787, 'month');
  run({ from: '2021-11-30' }, today, '2021-11-30', today, 1818, 'year');
  run({ from: '1996-11-22' }, today, '1996-11-22', today, 10_957, 'year');
  run({ from: '1990-01-01' }, '2121-12-31', '1990-01-01', '2121-12-31', 48_212, 'year');

  run({ period: '90d', by: 'week' }, today, '2026-08-24', today, 90, 'week');
  run({ period: '90d', by: 'day' }, today, '2026-08-24', today, 90, 'day');
  run({ period: 'today', by: 'day' }, today, today, today, 1, 'day');
  run({ period: '12mo', by: 'year' }, today, '2025-12-01', today, 356, 'year');
  run({ from: '2026-07-13', by: 'day' }, today, '2026-07-13', today, 132, 'day');
  run({ from: '2024-05-13', by: 'week' }, today, '2024-05-13', today, 923, 'week');
  run({ from: '2015-12-01', by: 'month' }, today, '2015-12-01', today, 4009, 'month');
});

describe('all time', () => {
  const run = (name: string, since: Day | undefined, ...want: unknown[]) =>
    test(name, () => {
      const { range, problem } = parseRange({ period: 'all' }, { today, since });
      assert.deepEqual([problem, range.period, ...told(range)], [undefined, 'all', ...want]);
    });

  run('begins on the first counted day', '2026-11-01', '2026-11-01', today, 21, 'day');
  run('has a bar for each year of ten', '2016-11-22', '2016-11-22', today, 3652, 'year');
  run('has the hours of a first day', today, today, today, 1, 'hour');
  run('is the last 30 days while nothing is rolled up', undefined, '2026-10-23', today, 30, 'day');
  run('is today if the first counted day has yet to come', '2026-11-22', today, today, 1, 'hour');
});

test('a range by its days is as asked, whenever counting began', () => {
  const query = { from: '2026-11-01', to: '2026-11-07' };
  const { range } = parseRange(query, { today, since: '2026-11-05' });
  assert.deepEqual(told(range), ['2026-11-01', '2026-11-07', 7, 'day']);
});

describe('a unit that does not fit leaves the usual one, and a sentence', () => {
  const run = (query: RangeQuery, unit: string, want: RegExp) =>
    test(JSON.stringify(query), () => {
      const { range, problem = '' } = parseRange(query, { today, since: undefined });
      assert.match(problem, want);
      assert.equal(range.unit, unit);
    });

  run({ by: 'fortnight' }, 'day', /^There is no unit "fortnight": choose one of day, week, month, year\.$/);
  run({ by: '' }, 'day', /^There is no unit ""/);
  run({ by: 'hour' }, 'day', /^There is no unit "hour"/);
  run(
    { period: '12mo', by: 'day' },
    'month',
    /^By day, the range has 356 bars, more than 132: choose another unit, such as month\.$/,
  );
  run({ from: '2026-07-12', by: 'day' }, 'month', /^By day, the range has 133 bars/);
  run({ from: '2024-05-12', by: 'week' }, 'month', /^By week, the range has 133 bars/);
  run({ from: '2015-11-30', by: 'month' }, 'year', /^By month, the range has 133 bars.* such as year\.$/);
});

describe('a range that is none gets the usual one, and a sentence', () => {
  const run = (query: RangeQuery, want: RegExp) =>
    test(JSON.stringify(query), () => {
      const { range, problem = '' } = parseRange(query, { today, since: undefined });
      assert.match(problem, want);
      assert.deepEqual(told(range), ['2026-11-15', today, 7, 'day']);
    });

  run({ period: 'ever' }, /^There is no period "ever": choose one of today, yesterday, /);
  run({ period: '' }, /^There is no period ""/);
  run(
    { from: '2026-11-04', to: '2026-11-03' },
    /^The range from 2026-11-04 to 2026-11-03 ends before it begins: swap its days\.$/,
  );
  run({ from: '1726-11-04' }, /^The day 1726-11-04 is older than any page: choose one from 1990-01-01\.$/);
  run({ from: '0000-01-01', to: '0000-12-31' }, /^The day 0000-01-01 is older than any page/);
  run({ from: '2026-02-30', to: '2026-03-01' }, /^"2026-02-30" is not a day: write it like 2026-11-21\.$/);
  run({ from: 'x' }, /^"x" is not a day/);
  run({ from: '2026-1-1' }, /^"2026-1-1" is not a day/);
  run({ from: '+2026-01-01' }, /is not a day/);
  run({ to: '2026-11-22' }, /^2026-11-22 is in the future: choose a day up to 2026-11-21\.$/);
});
