import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { checkedDays, type HitSums, hitSums } from '../../../core/lake/checked-days.ts';

const days = (sums: Record<string, [views: number, events: number]>) =>
  new Map<Day, HitSums>(Object.entries(sums).map(([day, [views, events]]) => [day as Day, { views, events }]));
const begun = { '2026-11-20': [1, 0] } as const;

describe('a day of which', () => {
  const run = (
    name: string,
    counted: [number, number],
    kept: [number, number] | undefined,
    missing: number,
    fails: boolean,
  ) =>
    test(`${name} ${fails ? 'fails' : 'is fine'}`, () => {
      const [checked] = checkedDays(
        days({ '2026-11-21': counted }),
        days({ '2026-11-20': [...begun['2026-11-20']], ...(kept && { '2026-11-21': kept }) }),
      );
      assert.deepEqual([checked?.missing, checked?.fails], [missing, fails]);
    });

  run('all is there', [100, 5], [100, 5], 0, false);
  run('five hits are missing', [20, 5], [18, 2], 5, false);
  run('six hits are missing', [20, 5], [17, 2], 6, true);
  run('one in a hundred is missing', [900, 100], [890, 100], 10, false);
  run('more than one in a hundred is missing', [900, 100], [890, 99], 11, true);
  run('nothing is there', [100, 0], undefined, 100, true);
  run('more is there than was counted', [100, 0], [106, 0], -6, true);
  run('nothing was counted', [0, 0], undefined, 0, false);
});

test('the day when the lake began is not checked, nor are days before it', () => {
  const counted = days({ '2026-11-20': [50, 0], '2026-11-21': [50, 0], '2026-11-22': [50, 0] });
  const kept = days({ '2026-11-21': [3, 0], '2026-11-22': [50, 0] });
  assert.deepEqual(
    checkedDays(counted, kept).map(({ day }) => day),
    ['2026-11-22'],
  );
});

test('a lake that has nothing of any day fails on each', () => {
  const checked = checkedDays(days({ '2026-11-20': [50, 0], '2026-11-21': [50, 0] }), new Map());
  assert.deepEqual(
    checked.map(({ fails }) => fails),
    [true, true],
  );
});

test('views and events are summed up, and no other counter', () => {
  const counters = new Map([
    ['views', 3],
    ['views_mail', 2],
    ['event_signup', 1],
    ['event_click', 4],
    ['visits', 2],
  ]);
  assert.deepEqual(hitSums(counters), { views: 3, events: 5 });
});
