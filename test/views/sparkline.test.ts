import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { binned, hasTrend } from '../../views/Sparkline.tsx';

describe('a trend', () => {
  const run = (name: string, counts: number[], want: number[]) =>
    test(name, () => assert.deepEqual(binned(counts), want));
  const ones = (length: number) => Array<number>(length).fill(1);

  run('has a point for each count', [3, 0, 5], [3, 0, 5]);
  run('has a point for each three counts of ninety', ones(90), Array(30).fill(3));
  run('leaves out a first point of fewer counts', [9, ...ones(63)], Array(21).fill(3));
});

describe('a column of trends', () => {
  const run = (name: string, ofAll: number[][], want: boolean) => test(name, () => assert.equal(hasTrend(ofAll), want));

  run(
    'is shown for a line',
    [
      [0, 0],
      [0, 1],
    ],
    true,
  );
  run('is left out for a single point', [[7]], false);
  run('is left out for hours that an import does not have', [Array(24).fill(0), Array(24).fill(0)], false);
  run('is left out without counts', [[], []], false);
});
