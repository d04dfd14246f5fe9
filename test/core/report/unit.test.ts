import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Day, dayAfter, daysUpTo } from '../../../core/calendar/day.ts';
import { barsIn, type DayUnit, dateIn, daysOfBar, dayUnits, type Unit, usualUnit } from '../../../core/report/unit.ts';

describe('the bar of a day', () => {
  const run = (unit: DayUnit, day: Day, want: string, first: Day, last: Day) =>
    test(`${day} by ${unit} is in ${want}`, () => {
      assert.equal(dateIn(unit, day), want);
      assert.deepEqual(daysOfBar(unit, want), [first, last]);
    });

  run('day', '2026-11-21', '2026-11-21', '2026-11-21', '2026-11-21');
  run('week', '2026-11-21', '2026-11-16', '2026-11-16', '2026-11-22');
  run('week', '2026-11-16', '2026-11-16', '2026-11-16', '2026-11-22');
  run('week', '2026-11-22', '2026-11-16', '2026-11-16', '2026-11-22');
  run('week', '2027-01-03', '2026-12-28', '2026-12-28', '2027-01-03');
  run('week', '2028-02-29', '2028-02-28', '2028-02-28', '2028-03-05');
  run('month', '2028-02-29', '2028-02', '2028-02-01', '2028-02-29');
  run('year', '2028-02-29', '2028', '2028-01-01', '2028-12-31');
});

test('a rolled-up month is in its own bar, or in that of its year', () => {
  assert.deepEqual([dateIn('month', '2026-10'), dateIn('year', '2026-10')], ['2026-10', '2026']);
});

describe('the bars of a year', () => {
  const run = (year: number, days: number, weeks: number) =>
    test(`${year} touches ${weeks} weeks`, () => {
      const bars = dayUnits.map((unit) => barsIn(unit, `${year}-01-01`, `${year}-12-31`));
      assert.deepEqual(bars, [days, weeks, 12, 1]);
    });

  run(2026, 365, 53);
  run(2020, 366, 53);
  run(2025, 365, 53);
  run(2018, 365, 53);
  run(2028, 366, 53);
  run(2012, 366, 54);
});

test('there are as many bars as dates, and each day is among the days of its bar', () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((count) => dayAfter('1990-01-01', count));
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 500 }), fc.constantFrom(...dayUnits), (last, count, unit) => {
      const all = daysUpTo(last, count);
      const dates = new Set(all.map((day) => dateIn(unit, day)));
      assert.equal(barsIn(unit, all[0] ?? last, last), dates.size);
      for (const day of all) {
        const [from, to] = daysOfBar(unit, dateIn(unit, day));
        assert.ok(from <= day && day <= to);
      }
    }),
  );
});

describe('the usual unit', () => {
  const run = (first: Day, last: Day, want: Unit) =>
    test(`from ${first} to ${last}`, () => assert.equal(usualUnit(first, last), want));

  run('2026-11-21', '2026-11-21', 'hour');
  run('2026-11-20', '2026-11-21', 'day');
  run('2026-01-01', '2026-04-02', 'day');
  run('2026-01-01', '2026-04-03', 'month');
  run('2022-01-01', '2026-12-31', 'month');
  run('2022-01-31', '2027-01-01', 'year');
});
