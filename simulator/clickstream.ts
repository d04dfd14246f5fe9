import { badHit } from './bad-hit.ts';
import { type Random, randomFrom } from './random.ts';
import { type Plan, type SimulatedHit, simulatedVisit } from './simulated-visit.ts';
import { type VisitDay, visitDays } from './visit-days.ts';
import { type Visitor, visitorFrom } from './visitor.ts';

/** A hit of the past. */
export interface DatedHit {
  /** Milliseconds since 1970, a whole second. */
  at: number;
  hit: SimulatedHit;
}

const hour = 3_600_000;
const day = 24 * hour;
/** How many visits begin in each hour of a visitor's day, as weights. */
const hours = [2, 1, 1, 1, 1, 2, 4, 7, 10, 11, 11, 10, 10, 10, 9, 9, 9, 9, 9, 10, 11, 10, 7, 4];

/** Yields the hits of each visitor in the `days` days before `until` (ms), sorted by time. */
export function* history(plan: Plan, period: { visitors: number; days: number; until: number }) {
  const { visitors, days, until } = period;
  const from = until - days * day;
  const lastMidnight = Math.floor(until / day) * day;
  const calendar = visitDays(plan.site, plan.seed, days, until);

  for (let number = 0; number < visitors; number++) {
    const random = randomFrom(plan.seed, number);
    const visitor = visitorFrom(random, number, plan.run);
    const drawStart = () => {
      for (;;) {
        const on = random.pick(calendar);
        const at = on.midnight + timeOfDay(random, visitor);
        if (at >= from && at <= until) return { at, on };
      }
    };
    const hits: DatedHit[] = [];
    for (let visits = 1 + random.streak(0.35); visits > 0; visits--) {
      const { at, on } = drawStart();
      const age = Math.max(0, Math.ceil((lastMidnight - at) / day));
      hits.push(...datedVisit(random, plan, visitor, at, { ...on, age }));
    }
    if (random.chance(0.1)) hits.push({ at: drawStart().at, hit: badHit(random, plan, visitor) });
    yield hits
      .map(({ at, hit }) => ({ at: Math.floor(at / 1000) * 1000, hit }))
      .filter(({ at }) => at >= from && at <= until)
      .sort((a, b) => a.at - b.at);
  }
}

/** Yields hits without end, as from many visitors at once. The hits of each visitor are in order. */
export function* endless(plan: Plan): Generator<SimulatedHit, never> {
  const atOnce = 50;
  let number = 0;
  const nextVisit = () => {
    const random = randomFrom(plan.seed, number);
    const visitor = visitorFrom(random, number, plan.run);
    number++;
    if (random.chance(0.1)) return [badHit(random, plan, visitor)];
    return simulatedVisit(random, plan, visitor).map(({ hit }) => hit);
  };
  const visits = Array.from({ length: atOnce }, nextVisit);
  for (let i = 0; ; i = (i + 1) % atOnce) {
    const hit = visits[i]?.shift();
    if (hit) yield hit;
    else visits[i] = nextVisit();
  }
}

function datedVisit(
  random: Random,
  plan: Plan,
  visitor: Visitor,
  start: number,
  on: Pick<VisitDay, 'age' | 'spike'>,
): DatedHit[] {
  let at = start;
  return simulatedVisit(random, plan, visitor, on).map(({ hit, read }) => {
    const dated = { at, hit };
    at += read * 1000;
    return dated;
  });
}

function timeOfDay(random: Random, { offset }: Visitor): number {
  const { at } = random.pick(hours.map((weight, at) => ({ weight, at })));
  return (at + random.fraction() - offset) * hour;
}
