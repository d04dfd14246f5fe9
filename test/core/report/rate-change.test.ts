import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rateChangeOf, splitRate } from '../../../core/report/rate-change.ts';
import { rateOf } from '../../../core/report/rates.ts';
import type { Metrics } from '../../../core/report/report.ts';
import { poisson, randomFrom } from './simulated-weeks.ts';

const days = Array.from({ length: 7 }, (_, i) => `2026-11-1${i}`);
const metrics = fc
  .tuple(
    fc.integer({ min: 1, max: 500 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 0, max: 9_999 }),
  )
  .map(([visits, part, seconds]): Metrics => ({ visits, engaged: Math.round(part * visits), seconds }));
const week = fc.array(metrics, { minLength: 7, maxLength: 7 });

function totalsOf(points: Metrics[]): Metrics {
  const sum = (metric: 'visits' | 'engaged' | 'seconds') => points.reduce((all, each) => all + (each[metric] ?? 0), 0);
  return { visits: sum('visits'), engaged: sum('engaged'), seconds: sum('seconds') };
}

const reportOf = (points: Metrics[]) => ({
  ...{ totals: totalsOf(points), totalsByPoint: points },
  series: days.map((date) => ({ date, count: 0 })),
});

test('mix and within of all days sum to the change of the rate', () => {
  fc.assert(
    fc.property(week, week, fc.constantFrom('bounce-rate' as const, 'visit-duration' as const), (now, before, rate) => {
      const pairs = days.map((date, i) => ({ date, now: now[i] ?? {}, before: before[i] ?? {} }));
      const sum = splitRate(rate, pairs).reduce((all, { mix, within }) => all + mix + within, 0);
      const change = (rateOf(rate, totalsOf(now)) ?? 0) - (rateOf(rate, totalsOf(before)) ?? 0);
      assert.ok(Math.abs(sum - change) < 1e-6 * Math.max(1, Math.abs(change)));
    }),
  );
});

/** A week of about 60 visits a day, of which a share is engaged. */
function weekOf(seed: number, share: number, visitsOn = (_day: number) => 60): Metrics[] {
  const random = randomFrom(seed);
  return days.map((_, day) => {
    const visits = poisson(random, visitsOn(day)) + 1;
    const engaged = Array.from({ length: visits }, random).filter((chance) => chance < share).length;
    return { visits, engaged, seconds: engaged * 60 };
  });
}

test('claims no change of a rate in at least 99% of quiet weeks, and finds one that is real', () => {
  const seeds = Array.from({ length: 500 }, (_, i) => 2 * i + 1);
  const isFound = (seed: number, share: number) =>
    rateChangeOf(reportOf(weekOf(seed, share)), reportOf(weekOf(seed + 1, 0.4))) !== undefined;
  const claims = seeds.filter((seed) => isFound(seed, 0.4)).length;
  assert.ok(claims <= 5, `${claims} claims`);
  const found = seeds.filter((seed) => isFound(seed, 0.65)).length;
  assert.ok(found >= 475, `${found} of 500`);
});

test('a rate that changed on all days alike is within them, not their mix', () => {
  const found = rateChangeOf(reportOf(weekOf(1, 0.8)), reportOf(weekOf(2, 0.4)));
  const sum = (of: 'mix' | 'within') => found?.parts.reduce((all, part) => all + part[of], 0) ?? 0;
  assert.equal(found?.rate, 'bounce-rate');
  assert.ok(sum('within') < -0.3 && Math.abs(sum('mix')) < 0.02);
});

test('a day with the mean rate adds nothing by having more of the visits', () => {
  const pair = (date: string, now: number, before: number, part: number) => ({
    date,
    now: { visits: now, engaged: part * now, seconds: 0 },
    before: { visits: before, engaged: part * before, seconds: 0 },
  });
  const [mean, ...others] = splitRate('bounce-rate', [
    pair('2026-11-16', 80, 20, 0.5),
    pair('2026-11-17', 10, 40, 0.25),
    pair('2026-11-18', 10, 40, 0.75),
  ]);
  assert.ok(Math.abs(mean?.mix ?? 1) < 1e-9);
  assert.deepEqual(
    others.map(({ mix }) => mix.toFixed(3)),
    ['-0.075', '0.075'],
  );
});

test('is unknown for few points, and for ranges of other lengths', () => {
  const [now, before] = [weekOf(1, 0.8), weekOf(2, 0.4)];
  assert.equal(rateChangeOf(reportOf(now), reportOf(before.slice(1))), undefined);
  const short = { ...reportOf(now.slice(0, 4)), series: reportOf(now).series.slice(0, 4) };
  assert.equal(rateChangeOf(short, reportOf(before.slice(0, 4))), undefined);
});
