import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { daysOf, type Month, monthOf, parseMonth } from '../../../core/calendar/month.ts';

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
