import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Increment, parseIncrement, summed } from '../../core/increment.ts';

const day = '2026-11-21';
const url = 'https://blog.example.com/';

describe('sums increments by item', () => {
  const run = (name: string, parts: Increment[], want: Increment[]) =>
    test(name, () =>
      assert.deepEqual(
        summed(parts).map(({ day, url, add }) => ({ day, url, add })),
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
    fc.property(fc.array(increment, { maxLength: 60 }), (parts) => {
      const sums = summed(parts);
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
});
