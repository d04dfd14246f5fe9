import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Increment, parseIncrement, sumByItem } from '../../../core/counters/increment.ts';

const day = '2026-11-21';
const url = 'https://blog.example.com/';

describe('sums increments by item', () => {
  const run = (name: string, parts: Increment[], want: Increment[]) =>
    test(name, () =>
      assert.deepEqual(
        sumByItem(parts).map(({ day, url, add }) => ({ day, url, add })),
        want,
      ),
    );

  run('none', [], []);
  run('one', [{ day, url, add: { views: 1 } }], [{ day, url, add: { views: 1 } }]);
  run(
    'two of an item, and others',
    [
      { day, url, add: { views: 1, views_x: 1 } },
      { day: '2026-11-22', url, add: { views: 1 } },
      { day, url: `${url}b`, add: { views: 1 } },
      { day, url, add: { views: 2, hour_07: 1 } },
    ],
    [
      { day, url, add: { views: 3, views_x: 1, hour_07: 1 } },
      { day: '2026-11-22', url, add: { views: 1 } },
      { day, url: `${url}b`, add: { views: 1 } },
    ],
  );
});

test('an item with more counters than a write can hold takes several, and each increment is in one', () => {
  const counters = (from: number, to: number, count = 1) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`event_${from + i}`, count]));
  const parts = [counters(0, 40), counters(40, 80), counters(80, 120), counters(110, 150), counters(0, 100)];
  assert.deepEqual(
    sumByItem(parts.map((add) => ({ day, url, add }))).map(({ add }) => add),
    [counters(0, 80), { ...counters(80, 150), ...counters(110, 120, 2) }, counters(0, 100)],
  );
});

test('a sum has at most a hundred counters, holds increments whole, and together they lose nothing', () => {
  const increment = fc.record({
    day: fc.constantFrom(day, '2026-11-22'),
    url: fc.constantFrom(url, `${url}b`),
    add: fc.dictionary(
      fc.integer({ min: 0, max: 300 }).map((i) => `event_${i}`),
      fc.integer({ min: 1, max: 9 }),
      {
        minKeys: 1,
        maxKeys: 40,
      },
    ),
  });
  fc.assert(
    fc.property(fc.array(increment, { maxLength: 60, size: 'max' }), (parts) => {
      const sums = sumByItem(parts);
      assert.deepEqual(new Set(sums.flatMap((sum) => sum.parts)), new Set(parts));
      for (const { day, url, add, parts } of sums) {
        assert.ok(Object.keys(add).length <= 100);
        const again: Record<string, number> = {};
        for (const part of parts) {
          assert.deepEqual([part.day, part.url], [day, url]);
          for (const [name, count] of Object.entries(part.add)) again[name] = (again[name] ?? 0) + count;
        }
        assert.deepEqual(add, again);
      }
    }),
  );
});

describe('reads an increment', () => {
  const run = (text: string, want: Increment | undefined) =>
    test(text, () => assert.deepEqual(parseIncrement(text), want));

  run(`{"day":"${day}","url":"${url}","add":{"views":1}}`, { day, url, add: { views: 1 } });
  run(`{"failed":"counting","day":"${day}","url":"(not counted)","add":{"bot":1}}`, {
    day,
    url: '(not counted)',
    add: { bot: 1 },
  });
  run('', undefined);
  run('null', undefined);
  run('[]', undefined);
  run(`{"day":"2026-11-31","url":"${url}","add":{"views":1}}`, undefined);
  run(`{"day":"${day}","url":"","add":{"views":1}}`, undefined);
  run(`{"day":"${day}","url":"${url}"}`, undefined);
  run(`{"day":"${day}","url":"${url}","add":null}`, undefined);
  run(`{"day":"${day}","url":"${url}","add":{}}`, undefined);
  run(`{"day":"${day}","url":"${url}","add":{"views":"1"}}`, undefined);
  run(`{"day":"${day}","url":"${url}","add":{"views":0.5}}`, undefined);
  run(`{"day":"${day}","url":"${url}","add":{"views":1,"expires":1}}`, undefined);
  run(`{"day":"${day}","url":"${url}","add":{"":1}}`, undefined);
});
