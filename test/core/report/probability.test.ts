import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { binomialAtLeast, quantileOf, spreadAtLeast } from '../../../core/report/probability.ts';

const near = (found: number, want: number) =>
  assert.ok(Math.abs(found - want) <= 1e-6 * Math.max(1e-3, want), `${found} is not ${want}`);

describe('the chance of at least so many successes', () => {
  const run = (count: number, trials: number, chance: number, want: number) =>
    test(`${count} of ${trials} with ${chance}`, () => near(binomialAtLeast(count, trials, chance), want));

  run(0, 10, 0.5, 1);
  run(10, 10, 0.5, 1 / 1024);
  run(9, 10, 0.5, 11 / 1024);
  run(1, 4, 0.25, 1 - 0.75 ** 4);
  run(11, 10, 0.5, 0);
  run(3, 3, 0.1, 0.001);
});

describe('the chance of at least so many, spread by a dispersion', () => {
  // With a variance of twice the mean, r = mean and p = ½.
  test('a geometric distribution', () => near(spreadAtLeast(3, { mean: 1, dispersion: 2 }), 1 / 8));
  test('a sum of two', () => near(spreadAtLeast(1, { mean: 2, dispersion: 2 }), 3 / 4));
  test("Poisson's, nearly", () =>
    assert.ok(Math.abs(spreadAtLeast(1, { mean: 1, dispersion: 1 }) - (1 - Math.exp(-1))) < 1e-3));
  test('none are expected', () => near(spreadAtLeast(1, { mean: 0, dispersion: 2 }), 0));
});

test('a quantile is the least count that is rarely exceeded', () => {
  const spread = { mean: 1, dispersion: 2 };
  assert.deepEqual([quantileOf(0.1, spread), quantileOf(0.5, spread), quantileOf(0.9, spread)], [0, 0, 3]);
  const large = { mean: 50_000, dispersion: 40 };
  const median = quantileOf(0.5, large);
  assert.ok(Math.abs(median - 50_000) < 100, `${median}`);
});
