import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { closedMonths, daysOf, isWhole, type Month, monthOf, parseMonth } from '../../../core/calendar/month.ts';
import { parseRange, partitionsOf } from '../../../core/report/range.ts';

describe('a month', () => {
  const run = (month: Month, last: string, count: number) =>
    test(`${month} has ${count} days`, () => {
      const days = daysOf(month);
      assert.deepEqual([days[0], days.at(-1), days.length], [`${month}-01`, last, count]);
      assert.deepEqual([...new Set(days.map(monthOf))], [month]);
    });

  run('2026-10', '2026-10-31', 31);
  run('2026-12', '2026-12-31', 31);
  run('2027-01', '2027-01-31', 31);
  run('2026-02', '2026-02-28', 28);
  run('2028-02', '2028-02-29', 29);
  run('2100-02', '2100-02-28', 28);
});

describe('is it a month', () => {
  const run = (text: string, want: boolean) =>
    test(text, () => assert.equal(parseMonth(text), want ? text : undefined));

  run('2026-10', true);
  run('2026-01', true);
  run('2026-13', false);
  run('2026-00', false);
  run('2026-1', false);
  run('2026-10-01', false);
  run('October', false);
  run('', false);
});

describe('months that are over', () => {
  const run = (today: Day, count: number, want: string[]) =>
    test(`on ${today}`, () => assert.deepEqual(closedMonths(today, count), want));

  run('2026-11-01', 2, ['2026-09', '2026-10']);
  run('2026-10-31', 1, ['2026-09']);
  run('2027-01-01', 2, ['2026-11', '2026-12']);
  run('2026-03-31', 3, ['2025-12', '2026-01', '2026-02']);
});

describe('a month is whole', () => {
  const run = (month: Month, today: Day, retentionDays: number, want: boolean) =>
    test(`${month} on ${today}, where days are kept for ${retentionDays}`, () =>
      assert.equal(isWhole(month, today, retentionDays), want));

  run('2026-10', '2026-11-01', 33, true);
  run('2026-10', '2026-11-01', 32, false);
  run('2026-10', '2026-11-02', 33, false);
  run('2026-10', '2028-10-28', 760, true);
  run('2026-10', '2028-10-28', 759, false);
  run('1999-12', '2026-11-01', 99_999, true);
});

describe('read are', () => {
  const parts = (from: string, to: string, rolledUp: Month[]) =>
    partitionsOf(parseRange({ from, to }, { today: '2027-12-31', since: undefined }).range, new Set(rolledUp));
  const run = (name: string, from: string, to: string, rolledUp: Month[], want: string[]) =>
    test(name, () => assert.deepEqual(parts(from, to, rolledUp), want));

  const december = daysOf('2026-12');
  const months: Month[] = ['2026-09', '2026-10', '2026-11'];
  run('whole months', '2026-09-01', '2026-12-31', [...months, '2026-12'], [...months, '2026-12']);
  run('the days of a month that is not rolled up', '2026-09-01', '2026-12-31', months, [...months, ...december]);
  run(
    'the days of parts of months',
    '2026-08-31',
    '2026-12-30',
    ['2026-08', ...months, '2026-12'],
    ['2026-08-31', ...months, ...december.slice(0, -1)],
  );
  run('days where a bar is a day', '2026-12-01', '2026-12-31', ['2026-12'], december);
  run('days where a bar is an hour', '2026-12-01', '2026-12-01', ['2026-12'], ['2026-12-01']);
});
