import { linkedVisits, rateOf } from './rates.ts';
import type { Metrics, Report } from './report.ts';

/** The rates that are explained. Both are means over the visits that have a visitor. */
const explained = ['bounce-rate', 'visit-duration'] as const;

/** What a group adds to the change of a rate: by its share of the visits, and by its own rate (Kitagawa 1955). */
export interface RatePart {
  /** The date of a point of the series. */
  date: string;
  mix: number;
  within: number;
}

/** Why a rate changed. The parts sum to the change. */
export interface RateChange {
  rate: (typeof explained)[number];
  now: number;
  before: number;
  parts: RatePart[];
}

/** The points of a series, with the totals of both ranges. */
interface Pair {
  date: string;
  now: Metrics;
  before: Metrics;
}

/** How many standard errors a change has at least, and what part of the earlier rate. */
const leastErrors = 4;
const leastPart = 0.1;
const leastPoints = 5;

/** Splits the change of a rate into what each pair of points adds. A point without visits has the rate of the other. */
export function splitRate(rate: RateChange['rate'], pairs: Pair[]): RatePart[] {
  const weightOf = (of: 'now' | 'before') => pairs.reduce((sum, pair) => sum + Math.max(0, linkedVisits(pair[of])), 0);
  const all = { now: weightOf('now'), before: weightOf('before') };
  const cells = pairs.map(({ date, now, before }) => {
    const [rateNow, rateBefore] = [rateOf(rate, now), rateOf(rate, before)];
    return {
      ...{ date, now: rateNow ?? rateBefore ?? 0, before: rateBefore ?? rateNow ?? 0 },
      shareNow: Math.max(0, linkedVisits(now)) / all.now,
      shareBefore: Math.max(0, linkedVisits(before)) / all.before,
    };
  });
  // The shares sum to the same, so that any middle leaves the sum as it is.
  const middle = cells.reduce(
    (sum, { now, before, shareNow, shareBefore }) => sum + (now * shareNow + before * shareBefore) / 2,
    0,
  );
  return cells.map(({ date, now, before, shareNow, shareBefore }) => ({
    date,
    mix: (shareNow - shareBefore) * ((now + before) / 2 - middle),
    within: ((now - before) * (shareNow + shareBefore)) / 2,
  }));
}

/** Returns the change of a rate that is far beyond how much its days differ. Undefined if there is none. */
export function rateChangeOf(
  report: Pick<Report, 'totals' | 'totalsByPoint' | 'series'>,
  previous: Pick<Report, 'totals' | 'totalsByPoint'>,
): RateChange | undefined {
  const { length } = report.series;
  if (length < leastPoints || previous.totalsByPoint.length !== length) return undefined;
  const pairs = report.series.map(({ date }, i) => ({
    date,
    now: report.totalsByPoint[i] ?? {},
    before: previous.totalsByPoint[i] ?? {},
  }));
  for (const rate of explained) {
    const [now, before] = [rateOf(rate, report.totals), rateOf(rate, previous.totals)];
    if (now === undefined || before === undefined) continue;
    const error = Math.hypot(
      errorOf(pairs.map((pair) => rateOf(rate, pair.now))),
      errorOf(pairs.map((pair) => rateOf(rate, pair.before))),
    );
    if (Math.abs(now - before) <= Math.max(leastPart * before, leastErrors * error)) continue;
    return { rate, now, before, parts: splitRate(rate, pairs) };
  }
  return undefined;
}

/** Returns the standard error of the mean of rates. Infinite for few. */
function errorOf(rates: (number | undefined)[]): number {
  const known = rates.filter((rate) => rate !== undefined);
  if (known.length < leastPoints) return Number.POSITIVE_INFINITY;
  const mean = known.reduce((sum, rate) => sum + rate, 0) / known.length;
  const squares = known.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
  return Math.sqrt(squares / (known.length - 1) / known.length);
}
