import { type Day, dayAfter } from '../../../core/calendar/day.ts';
import { addTo } from '../../../core/counters/counter-sums.ts';
import { type VisitDimension, visitDimensions } from '../../../core/counters/dimensions.ts';
import { type Explanation, explain, findSuspects } from '../../../core/report/explain.ts';
import { type History, usualDispersion } from '../../../core/report/usual.ts';
import type { VisitsSide } from '../../../core/report/visits-side.ts';

/** A visit that began on a page. */
export type SimulatedVisit = { page: string } & Partial<Record<VisitDimension, string>>;

export type Random = () => number;

/** Returns numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Returns a Poisson count. Large ones are as normal as counts get. */
export function poisson(random: Random, mean: number): number {
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= random();
  return count;
}

const weekdays = [1.1, 1.15, 1.1, 1.05, 1, 0.75, 0.85];
/** Days of a site vary by a tenth beyond chance, and pages by a fifth from week to week. */
const dayShock = 0.1;
const pageShock = 0.2;

const pick = (random: Random, names: [string, number][]): string => {
  let rest = random();
  for (const [name, share] of names) {
    rest -= share;
    if (rest < 0) return name;
  }
  return names[0]?.[0] ?? '';
};

const pages = Array.from({ length: 40 }, (_, i) => [`https://blog.example.com/posts/${i}`, 1 / (i + 2)] as const);
const allPages = pages.reduce((sum, [, rate]) => sum + rate, 0);
const names: [VisitDimension, [string, number][]][] = [
  [
    'referrer',
    [
      ['(direct)', 0.5],
      ['google.com', 0.3],
      ['bing.com', 0.05],
      ['duckduckgo.com', 0.05],
      ['lobste.rs', 0.04],
      ['bsky.app', 0.04],
      ['t.co', 0.02],
    ],
  ],
  [
    'country',
    [
      ['US', 0.4],
      ['DE', 0.2],
      ['FR', 0.1],
      ['GB', 0.1],
      ['IN', 0.1],
      ['BR', 0.05],
      ['JP', 0.05],
    ],
  ],
  [
    'device',
    [
      ['desktop', 0.55],
      ['mobile', 0.42],
      ['tablet', 0.03],
    ],
  ],
  [
    'browser',
    [
      ['Chrome', 0.55],
      ['Safari', 0.25],
      ['Firefox', 0.15],
      ['Edge', 0.05],
    ],
  ],
];

/** Returns a visit to a page like any other. */
export const visitTo = (random: Random, page: string): SimulatedVisit => {
  const visit: SimulatedVisit = { page };
  for (const [dimension, shares] of names) visit[dimension] = pick(random, shares);
  visit.channel =
    visit.referrer === '(direct)' ? 'direct' : /google|bing|duck/.test(visit.referrer ?? '') ? 'search' : 'social';
  return visit;
};

/** Returns how many visits each day of a quiet week has. */
export const quietDays = (random: Random, visitsPerDay: number): number[] =>
  weekdays.map((weekday) => poisson(random, visitsPerDay * weekday * Math.exp(dayShock * normal(random))));

/** Returns the visits of a quiet week. */
export function quietWeek(random: Random, visitsPerDay: number): SimulatedVisit[] {
  const shares: [string, number][] = pages.map(([url, rate]) => [
    url,
    (rate / allPages) * Math.exp(pageShock * normal(random)),
  ]);
  const all = shares.reduce((sum, [, share]) => sum + share, 0);
  const scaled: [string, number][] = shares.map(([url, share]) => [url, share / all]);
  const visits = quietDays(random, visitsPerDay).reduce((sum, count) => sum + count, 0);
  return Array.from({ length: visits }, () => visitTo(random, pick(random, scaled)));
}

/** Returns the history of eight quiet weeks before a Monday. */
export function quietHistory(random: Random, monday: Day, visitsPerDay: number): History {
  const counts = Array.from({ length: 8 }, () => quietDays(random, visitsPerDay)).flat();
  const first = dayAfter(monday, -counts.length);
  return {
    ...{ first, last: dayAfter(monday, -1) },
    days: new Map(
      counts.map((count, i) => [
        dayAfter(first, i),
        new Map([
          ['visits', count],
          ['views', count],
        ]),
      ]),
    ),
  };
}

/** Returns the sums of visits, as summaries would have them. */
export function sideOf(visits: SimulatedVisit[]): VisitsSide {
  const byName = new Map(visitDimensions.map((dimension) => [dimension, new Map<string, number>()]));
  const byPage = new Map<string, number>();
  for (const visit of visits) {
    addTo(byPage, visit.page, 1);
    for (const [dimension, sums] of byName) if (visit[dimension]) addTo(sums, visit[dimension], 1);
  }
  return { visits: visits.length, byPage, byName };
}

/** Explains a week by the week before, after a quiet history. */
export function whyOf(now: SimulatedVisit[], before: SimulatedVisit[], history: History, monday: Day): Explanation {
  const [sideNow, sideBefore] = [sideOf(now), sideOf(before)];
  const noise = { exposure: 1, dispersion: usualDispersion(history, monday, 'visits') ?? Number.NaN };
  return explain(sideNow, sideBefore, {
    ...{ noise, suspects: findSuspects(sideNow, sideBefore, noise) },
    sidesOf: (suspect) => {
      const isOf = (visit: SimulatedVisit) =>
        'page' in suspect ? visit.page === suspect.page : visit[suspect.dimension] === suspect.name;
      return { now: sideOf(now.filter(isOf)), before: sideOf(before.filter(isOf)) };
    },
  });
}
