import { addTo } from '../counters/counter-sums.ts';
import type { VisitDimension } from '../counters/dimensions.ts';
import { countersOfPage, countsByPage, type Summary } from '../counters/summary.ts';
import { endsOf, type Range } from './range.ts';
import type { RateChange } from './rate-change.ts';
import type { Report } from './report.ts';
import { type Change, isBeyond, type Noise, partnerOf, type Suspect, suspectsOf } from './suspects.ts';
import { dispersionOfPairs, type History, usualDispersion } from './usual.ts';
import { addCounters, type VisitsSide } from './visits-side.ts';

/** Visits with a name of a dimension, to a page, or both. */
export interface Cause extends Change {
  page?: string;
  name?: { dimension: VisitDimension; name: string };
}

/** Why the visits of a range differ from those of the earlier one. The causes and the rest sum to the whole. */
export interface Explanation extends Change {
  /** Whether the change is no more than chance. Then there are no causes. */
  isUsual: boolean;
  causes: Cause[];
  /** The visits without the causes. Undefined without a cause. */
  rest?: Change & { isUsual: boolean };
  /** A change of the bounce rate or of the visit duration, if there is one. */
  rate?: RateChange | undefined;
}

/** What is known of a suspect alone: the pages of a name, or the names of a page. */
export type SidesOf = (suspect: Suspect) => { now: VisitsSide; before: VisitsSide } | undefined;

/** How unlikely the change of the whole is by chance, at most. The dispersion is on the safe side: 0.5% of quiet weeks pass. */
const maxChance = 0.02;
const leastVisits = 20;
/** A smaller part is not worth a sentence, however sure it is. */
const leastPart = 0.05;

const isUsual = (change: Change, noise: Noise): boolean =>
  change.now + change.before < leastVisits ||
  Math.abs(change.now - change.before) < leastPart * change.before ||
  !isBeyond(change, noise, maxChance);

/** Returns what two ranges differ by if nothing happened. The history before the range tells, or else their days. */
export function noiseOf(of: {
  range: Range;
  earlier: Range;
  report: Pick<Report, 'totalsByPoint'>;
  previous: Pick<Report, 'totalsByPoint'>;
  history: History | undefined;
}): Noise {
  const { range, earlier, report, previous, history } = of;
  const visitsOf = ({ totalsByPoint }: Pick<Report, 'totalsByPoint'>) => totalsByPoint.map(({ visits = 0 }) => visits);
  const [first] = endsOf(range);
  return {
    exposure: range.days.length / earlier.days.length,
    dispersion:
      (history && usualDispersion(history, first, 'visits')) ?? dispersionOfPairs(visitsOf(report), visitsOf(previous)),
  };
}

/** Returns what to look at closer to explain a change. Nothing if the change is usual. */
export function findSuspects(now: VisitsSide, before: VisitsSide, noise: Noise): Suspect[] {
  return isUsual({ now: now.visits, before: before.visits }, noise) ? [] : suspectsOf(now, before);
}

/** Explains a change by what `findSuspects` found. */
export function explain(
  now: VisitsSide,
  before: VisitsSide,
  { noise, suspects, sidesOf }: { noise: Noise; suspects: Suspect[]; sidesOf: SidesOf },
): Explanation {
  const whole = { now: now.visits, before: before.visits };
  const all = rounded(whole);
  const rest = { ...all };
  const causes = suspects.map((suspect) => {
    const cause = rounded(causeOf(suspect, sidesOf(suspect), now));
    // Of an unfinished day, both are estimates, and a part can be estimated higher than the whole.
    cause.before = Math.min(cause.before, rest.before);
    rest.now -= cause.now;
    rest.before -= cause.before;
    return cause;
  });
  return {
    ...all,
    isUsual: isUsual(whole, noise),
    causes,
    ...(causes.length > 0 && { rest: { ...rest, isUsual: isUsual(rest, noise) } }),
  };
}

/** An unfinished day is compared with a part of an earlier one, which need not be a whole number. */
const rounded = <Counts extends Change>(counts: Counts): Counts => ({
  ...counts,
  now: Math.round(counts.now),
  before: Math.round(counts.before),
});

function causeOf(suspect: Suspect, sides: ReturnType<SidesOf>, all: VisitsSide): Cause {
  // Alone, a suspect is estimated by its pages, as under the filter that its count links to.
  const alone = sides && { now: sides.now.visits, before: sides.before.visits };
  if (!alone || directionOf(alone) !== directionOf(suspect)) return causeWith(suspect, [suspect]);
  const partner = partnerOf({ ...suspect, ...alone }, sides, all);
  return partner ? causeWith(partner, [suspect, partner]) : causeWith(alone, [suspect]);
}

const directionOf = ({ now, before }: Change) => Math.sign(now - before);

const causeWith = ({ now, before }: Change, parts: Suspect[]): Cause =>
  Object.assign({ now, before }, ...parts.map(partOf));

const partOf = (suspect: Suspect): Omit<Cause, keyof Change> =>
  'page' in suspect ? { page: suspect.page } : { name: { dimension: suspect.dimension, name: suspect.name } };

/** Returns whether a summary has visits of a suspect. */
export const hasSuspect = ({ pages, totals }: Summary, suspect: Suspect): boolean =>
  'page' in suspect ? pages.includes(suspect.page) : totals.has(counterOfSuspect(suspect));

/** Adds the visits of a suspect in a summary that has names by page. */
export function addSuspect(side: VisitsSide, summary: Summary, suspect: Suspect): void {
  if ('page' in suspect) {
    addCounters(side, countersOfPage(summary, suspect.page));
    return;
  }
  for (const [i, count] of countsByPage(summary, counterOfSuspect(suspect)).entries()) {
    if (count === 0) continue;
    addTo(side.byPage, summary.pages[i] ?? '', count);
    side.visits += count;
  }
}

const counterOfSuspect = ({ dimension, name }: { dimension: VisitDimension; name: string }) => `${dimension}_${name}`;
