import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Day, dayAt, daysUpTo, momentAt } from '../../../core/calendar/day.ts';

describe('the day at an instant', () => {
  const run = (instant: string, timeZone: string, want: string) =>
    test(`${instant} is ${want} in ${timeZone}`, () => assert.equal(dayAt(Date.parse(instant), timeZone), want));

  run('2026-11-21T23:59:59.999Z', 'UTC', '2026-11-21');
  run('2026-11-22T00:00:00.000Z', 'UTC', '2026-11-22');
  run('2026-11-21T23:30:00Z', 'Europe/Berlin', '2026-11-22');
  run('2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31');
  run('2026-01-01T05:00:00Z', 'America/New_York', '2026-01-01');
  // Spring forward: the day has 23 hours.
  run('2026-03-28T22:59:59Z', 'Europe/Berlin', '2026-03-28');
  run('2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29');
  run('2026-03-29T21:59:59Z', 'Europe/Berlin', '2026-03-29');
  run('2026-03-29T22:00:00Z', 'Europe/Berlin', '2026-03-30');
  // Fall back: the day has 25 hours.
  run('2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25');
  run('2026-10-25T22:59:59Z', 'Europe/Berlin', '2026-10-25');
  run('2026-10-25T23:00:00Z', 'Europe/Berlin', '2026-10-26');
  // Midnight itself is skipped where clocks go forward at midnight.
  run('2026-04-24T00:00:00Z', 'Africa/Cairo', '2026-04-24');
  run('2026-04-23T21:59:59Z', 'Africa/Cairo', '2026-04-23');
  run('2026-04-23T22:00:00Z', 'Africa/Cairo', '2026-04-24');
  // The first and the last zone of the world.
  run('2026-11-21T09:59:59Z', 'Pacific/Kiritimati', '2026-11-21');
  run('2026-11-21T10:00:00Z', 'Pacific/Kiritimati', '2026-11-22');
  run('2026-11-21T10:59:59Z', 'Pacific/Pago_Pago', '2026-11-20');
  run('2026-11-21T11:00:00Z', 'Pacific/Pago_Pago', '2026-11-21');
  run('2028-02-29T12:00:00Z', 'Asia/Kathmandu', '2028-02-29');
});

function timeAt(instant: string, timeZone: string): string {
  const { day, hour, minute } = momentAt(Date.parse(instant), timeZone);
  return `${day} ${hour}:${minute}`;
}

describe("the time of the site's clock", () => {
  const run = (instant: string, timeZone: string, want: string) =>
    test(`${instant} is ${want} in ${timeZone}`, () => assert.equal(timeAt(instant, timeZone), want));

  run('2026-11-21T00:00:00Z', 'UTC', '2026-11-21 00:00');
  run('2026-11-21T23:59:59.999Z', 'UTC', '2026-11-21 23:59');
  run('2026-11-21T18:29:59Z', 'Asia/Kolkata', '2026-11-21 23:59');
  run('2026-11-21T18:30:00Z', 'Asia/Kolkata', '2026-11-22 00:00');
  // In autumn the clock shows two for two hours, in spring for none.
  run('2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25 02:30');
  run('2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25 02:30');
  run('2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29 01:59');
  run('2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29 03:00');
});

test('an unknown time zone throws', () => {
  assert.throws(() => dayAt(0, 'Mars/Olympus'), RangeError);
});

describe('the days up to a day', () => {
  const run = (today: Day, count: number, want: string[]) =>
    test(`${count} up to ${today}`, () => assert.deepEqual(daysUpTo(today, count), want));

  run('2026-11-21', 1, ['2026-11-21']);
  run('2026-10-02', 4, ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02']);
  run('2026-01-01', 2, ['2025-12-31', '2026-01-01']);
  run('2028-03-01', 3, ['2028-02-28', '2028-02-29', '2028-03-01']);
  run('2026-03-30', 3, ['2026-03-28', '2026-03-29', '2026-03-30']);
  run('2026-10-26', 3, ['2026-10-24', '2026-10-25', '2026-10-26']);
  run('0050-01-01', 2, ['0049-12-31', '0050-01-01']);
});
