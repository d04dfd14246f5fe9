import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../core/calendar/day.ts';
import { ExpiredDay, lateCounters } from '../../store/late-counters.ts';
import type { RollupState } from '../../store/rollup-state.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const minute = 60_000;

/** Late counters that note what they do. The first marks fail. */
function noting({ failingMarks = 0 } = {}) {
  const steps: string[] = [];
  let failing = failingMarks;
  const state = {
    async markLate(day: Day, now: number) {
      if (failing-- > 0) throw new Error('no mark');
      steps.push(`mark ${day} at ${now - noon / 1000}`);
    },
  } as RollupState;
  const late = lateCounters(
    async ({ day, add }) => {
      steps.push(`count ${add.views} on ${day}`);
    },
    state,
    { timeZone: 'Europe/Berlin', detailDays: 45 },
  );
  const count = (day: Day, views: number, epoch: number) =>
    late.count({ day, url: 'https://blog.example.com/', add: { views } }, epoch);
  return { steps, count };
}

describe('an increment', () => {
  test('of a day that is over counts after its day is marked', async () => {
    const { steps, count } = noting();
    await count('2026-11-19', 1, noon);
    assert.deepEqual(steps, ['mark 2026-11-19 at 0', 'count 1 on 2026-11-19']);
  });

  test('of today counts without a mark, until the day ends in the time zone', async () => {
    const { steps, count } = noting();
    await count('2026-11-20', 1, Date.parse('2026-11-20T22:59:59Z'));
    assert.deepEqual(steps.splice(0), ['count 1 on 2026-11-20']);
    await count('2026-11-20', 2, Date.parse('2026-11-20T23:00:00Z'));
    assert.deepEqual(steps, ['mark 2026-11-20 at 39600', 'count 2 on 2026-11-20']);
  });

  test('needs no mark of its own within ten minutes of another of its day', async () => {
    const { steps, count } = noting();
    await count('2026-11-19', 1, noon);
    await count('2026-11-19', 2, noon + 10 * minute - 1);
    await count('2026-11-18', 3, noon + 10 * minute - 1);
    await count('2026-11-19', 4, noon + 10 * minute);
    assert.deepEqual(
      steps.filter((step) => step.startsWith('mark')),
      ['mark 2026-11-19 at 0', 'mark 2026-11-18 at 599', 'mark 2026-11-19 at 600'],
    );
  });

  test('does not count if its day cannot be marked, and marks it the next time', async () => {
    const { steps, count } = noting({ failingMarks: 1 });
    await assert.rejects(count('2026-11-19', 1, noon), { message: 'no mark' });
    assert.deepEqual(steps, []);
    await count('2026-11-19', 1, noon);
    assert.deepEqual(steps, ['mark 2026-11-19 at 0', 'count 1 on 2026-11-19']);
  });

  test('of a day whose rows may have expired does not count', async () => {
    const { steps, count } = noting();
    await assert.rejects(count('2026-10-07', 1, noon), ExpiredDay);
    assert.deepEqual(steps, []);
    await count('2026-10-08', 1, noon);
    assert.equal(steps.length, 2);
  });
});
