import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Day } from '../../../core/calendar/day.ts';
import { importedPage } from '../../../core/counters/imported-page.ts';
import { type Cause, type Explanation, explain, noiseOf } from '../../../core/report/explain.ts';
import { parseRange, type RangeQuery } from '../../../core/report/range.ts';
import { cellsOf, type Suspect } from '../../../core/report/suspects.ts';
import type { VisitsSide } from '../../../core/report/visits-side.ts';
import {
  poisson,
  quietHistory,
  quietWeek,
  type Random,
  randomFrom,
  type SimulatedVisit,
  sideOf,
  visitTo,
  whyOf,
} from './simulated-weeks.ts';

const monday: Day = '2026-11-16';
const page = 'https://blog.example.com/posts/5';
const visitsPerDay = 90;

/** Explains a quiet week after another, with what `change` makes of it. */
function simulated(seed: number, change = (visits: SimulatedVisit[], _random: Random) => visits): Explanation {
  const random = randomFrom(seed);
  const perDay = visitsPerDay * (1 + (seed % 3));
  const history = quietHistory(random, monday, perDay);
  const before = quietWeek(random, perDay);
  return whyOf(change(quietWeek(random, perDay), random), before, history, monday);
}

const seeds = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('claims a change in at most 1% of 1,000 quiet weeks', () => {
  const claims = seeds(1_000).filter((seed) => !simulated(seed).isUsual);
  assert.ok(claims.length <= 10, `${claims.length} claims`);
});

describe('names what was planted in at least 95% of weeks', () => {
  const runs = 100;
  const run = (
    name: string,
    change: (visits: SimulatedVisit[], random: Random) => SimulatedVisit[],
    isNamed: (cause: Cause) => boolean,
  ) =>
    test(name, () => {
      const named = seeds(runs).filter((seed) => simulated(seed, change).causes.some(isNamed));
      const other = seeds(runs).find((seed) => !named.includes(seed));
      const example = other && JSON.stringify(simulated(other, change));
      assert.ok(named.length >= 0.95 * runs, `${named.length} of ${runs}, but ${example}`);
    });
  const more =
    (part: number, make: (visit: SimulatedVisit) => SimulatedVisit) => (visits: SimulatedVisit[], random: Random) => [
      ...visits,
      ...Array.from({ length: poisson(random, part * visits.length) }, () =>
        make(visitTo(random, visits[Math.floor(random() * visits.length)]?.page ?? '')),
      ),
    ];

  run(
    'a link from a site that never linked here',
    more(0.6, (visit) => ({ ...visit, page, referrer: 'news.ycombinator.com', channel: 'community' })),
    ({ page: to, name }) => to === page && name?.name === 'news.ycombinator.com',
  );
  run(
    'more visits by a referrer that was there, to one page',
    more(0.6, (visit) => ({ ...visit, page, referrer: 'google.com', channel: 'search' })),
    ({ page: to, name }) => to === page && name?.name === 'google.com',
  );
  run(
    'a campaign to many pages',
    more(0.6, (visit) => ({ ...visit, campaign: 'launch', source: 'news', medium: 'email', channel: 'mail' })),
    ({ page: to, name }) => to === undefined && name?.dimension === 'campaign' && name.name === 'launch',
  );
  run(
    'a page that people from everywhere read',
    more(0.6, (visit) => ({ ...visit, page })),
    ({ page: to, name }) => to === page && name === undefined,
  );
  run(
    'a country',
    more(0.6, (visit) => ({ ...visit, country: 'JP' })),
    ({ page: to, name }) => to === undefined && name?.name === 'JP',
  );
  run(
    'search engines that no longer list the site',
    (visits) => visits.filter(({ channel }) => channel !== 'search'),
    ({ name }) => name?.name === 'search',
  );
  run(
    'pages that are gone',
    (visits) => visits.filter(({ page: to }) => !['/0', '/1', '/2'].some((end) => to.endsWith(end))),
    ({ page: to, name }) => to?.endsWith('/0') === true && name === undefined,
  );
});

test('a change of less than a twentieth is usual, however sure', () => {
  const side = (visits: number): VisitsSide => ({ visits, byPage: new Map(), byName: new Map() });
  const isUsual = (now: number) =>
    explain(side(now), side(1_000_000), {
      noise: { exposure: 1, dispersion: 1 },
      suspects: [],
      sidesOf: () => undefined,
    }).isUsual;
  assert.deepEqual([1_049_000, 1_051_000, 951_000, 949_000].map(isUsual), [true, false, true, false]);
});

test('expects more of a longer month', () => {
  const rangeOf = (query: RangeQuery) => parseRange(query, { today: '2026-12-31', since: undefined }).range;
  const [range, earlier] = [
    rangeOf({ from: '2026-03-01', to: '2026-03-31' }),
    rangeOf({ from: '2026-02-01', to: '2026-02-28' }),
  ];
  const reports = { report: { totalsByPoint: [] }, previous: { totalsByPoint: [] }, history: undefined };
  assert.equal(noiseOf({ range, earlier, ...reports }).exposure, 31 / 28);
});

test('never names what was imported without a page', () => {
  const imported = (visits: SimulatedVisit[], random: Random) => [
    ...visits,
    ...visits.map(() => visitTo(random, importedPage)),
  ];
  const causes = seeds(50).flatMap((seed) => simulated(seed, imported).causes);
  assert.deepEqual(
    causes.filter(({ page }) => page === importedPage),
    [],
  );
});

test('names no cause when all grow alike', () => {
  const grown = (visits: SimulatedVisit[], random: Random) => [
    ...visits,
    ...visits.map(({ page }) => visitTo(random, page)),
  ];
  const whys = seeds(200).map((seed) => simulated(seed, grown));
  assert.ok(whys.filter(({ isUsual }) => !isUsual).length > 190);
  assert.ok(whys.filter(({ causes }) => causes.length > 0).length <= 6);
});

test('adds up: causes and the rest are the whole change', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 2, noNaN: true }), (seed, part) => {
      const why = simulated(seed, (visits, random) => [
        ...visits,
        ...Array.from({ length: Math.round(part * visits.length) }, (_, i) => ({
          ...visitTo(random, page),
          referrer: i % 3 === 0 ? 'news.example' : 'links.example',
        })),
      ]);
      const parts = [...why.causes, ...(why.rest ? [why.rest] : [])];
      if (parts.length === 0) return;
      const sum = (of: 'now' | 'before') => parts.reduce((sum, each) => sum + each[of], 0);
      assert.deepEqual([sum('now'), sum('before')], [why.now, why.before]);
      assert.ok(parts.every(({ now, before }) => now >= 0 && before >= 0));
    }),
    { numRuns: 100 },
  );
});

test('a cause never has more than the whole, though both are estimates', () => {
  const [url, referrer] = [page, 'news.example'];
  const of = (visits: number): VisitsSide => ({
    visits,
    byPage: new Map([[url, visits]]),
    byName: new Map([['referrer', new Map([[referrer, visits]])]]),
  });
  const suspect: Suspect = { page: url, now: 0, before: 100 };
  const sides = { now: of(0), before: of(130) };
  const noise = { exposure: 1, dispersion: 1 };
  const why = explain({ ...of(10), byName: new Map() }, of(110), { noise, suspects: [suspect], sidesOf: () => sides });
  assert.deepEqual(why.causes, [{ page: url, name: { dimension: 'referrer', name: referrer }, now: 0, before: 110 }]);
  assert.deepEqual(why.rest, { now: 10, before: 0, isUsual: true });
});

test('a cause has the estimate of its filter, unless that has the other direction', () => {
  const side = (visits: number): VisitsSide => ({
    visits,
    byPage: new Map([1, 2].map((i) => [`${page}${i}`, visits / 2])),
    byName: new Map(),
  });
  const suspect: Suspect = { dimension: 'referrer', name: 'news.example', now: 100, before: 20 };
  const causesOf = (before: number) =>
    explain(side(300), side(200), {
      noise: { exposure: 1, dispersion: 1 },
      suspects: [suspect],
      sidesOf: () => ({ now: side(100), before: side(before) }),
    }).causes.map((cause) => cause.before);
  assert.deepEqual([causesOf(30), causesOf(120)], [[30], [20]]);
});

test('the cells of every dimension sum to all visits', () => {
  const random = randomFrom(7);
  const [now, before] = [sideOf(quietWeek(random, 50)), sideOf(quietWeek(random, 50))];
  for (const family of ['page', 'referrer', 'country', 'campaign'] as const) {
    const cells = [...cellsOf(family, now, before).values()];
    assert.equal(
      cells.reduce((sum, cell) => sum + cell.now, 0),
      now.visits,
    );
    assert.equal(
      cells.reduce((sum, cell) => sum + cell.before, 0),
      before.visits,
    );
  }
});
