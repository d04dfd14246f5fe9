import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { binned } from '../../views/Sparkline.tsx';

describe('a trend', () => {
  const run = (name: string, counts: number[], want: number[]) =>
    test(name, () => assert.deepEqual(binned(counts), want));
  const ones = (length: number) => Array<number>(length).fill(1);

  run('has a point for each count', [3, 0, 5], [3, 0, 5]);
  run('has a point for each three counts of ninety', ones(90), Array(30).fill(3));
  run('leaves out a first point of fewer counts', [9, ...ones(63)], Array(21).fill(3));
});
