import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { highest } from '../../../core/counters/highest.ts';

test('keeps the entries with the highest weights, of equal ones the first, and passes on the others', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 30 }), (given, number) => {
      const keep = Math.min(number, given.length);
      const entries = given.map((weight, i) => [i, weight] as [number, number]);
      const dropped: [number, number][] = [];
      const kept = highest(new Map(entries), keep, Number, (...entry) => dropped.push(entry));
      const best = entries.toSorted(([i, a], [j, b]) => b - a || i - j).slice(0, keep);
      assert.deepEqual(
        [...kept],
        best.toSorted(([i], [j]) => i - j),
      );
      assert.deepEqual(
        [...kept, ...dropped].toSorted(([i], [j]) => i - j),
        entries,
      );
    }),
  );
});
