import type { VisitDimension } from '../counters/dimensions.ts';
import { importedPage } from '../counters/imported-page.ts';
import { other, unknown } from '../counters/names.ts';
import { binomialAtLeast } from './probability.ts';
import type { VisitsSide } from './visits-side.ts';

/** A count of the range and of the earlier one. */
export interface Change {
  now: number;
  before: number;
}

/** Visits that began on a page, or that have a name of a dimension, of which both ranges have a count. */
export type Suspect = Change & ({ page: string } | { dimension: VisitDimension; name: string });

/** What two ranges differ by if nothing happened. */
export interface Noise {
  /** How long the range is, against the earlier one: 1 if they are as long. */
  exposure: number;
  /** How much more the sum of a range varies than a Poisson count. */
  dispersion: number;
}

/** The dimensions in which a cause is looked for, and pages. If two tell the same, the first is named. */
const families = [
  ...(['campaign', 'source', 'referrer', 'content', 'term', 'medium', 'page', 'channel'] as const),
  ...(['country', 'language', 'os', 'browser', 'device'] as const),
];
export type Family = (typeof families)[number];

/** The part of the change that suspects explain together, at least. */
const leastExplained = 0.5;
/** With so much explained, no further suspect is added. */
const enoughExplained = 0.67;
/** The part that each explains, at least. */
const leastEach = 0.1;
const maxSuspects = 2;
/** How unlikely a difference by chance is, at most, for all that is tested together. */
const maxChance = 0.001;
const leastSurprise = 0.005;

/** Returns whether counts differ more than by chance: the conditional binomial test, with counts divided by the dispersion. */
export function isBeyond({ now, before }: Change, { exposure, dispersion }: Noise, chance: number): boolean {
  const all = now + before;
  const share = exposure / (1 + exposure);
  const [count, chanceOfEach] = now > share * all ? [now, share] : [before, 1 - share];
  return binomialAtLeast(count / dispersion, all / dispersion, chanceOfEach) < chance / 2;
}

/** Returns half the divergence of a share from what it was, against their mean (Adtributor). */
function surprise(p: number, q: number): number {
  const part = (share: number) => (share > 0 ? share * Math.log((2 * share) / (p + q)) : 0);
  return (part(p) + part(q)) / 2;
}

const changeOf = ({ now, before }: Change) => now - before;

/** Returns the counts of each page or name. Those that cannot be told apart are in `(other)`, so that all sum to the visits. */
export function cellsOf(family: Family, now: VisitsSide, before: VisitsSide): Map<string, Change> {
  const of = (side: VisitsSide) =>
    (family === 'page' ? side.byPage : side.byName.get(family)) ?? new Map<string, number>();
  const cells = new Map<string, Change>();
  const rest = { now: now.visits, before: before.visits };
  for (const key of new Set([...of(now).keys(), ...of(before).keys()])) {
    const cell = { now: of(now).get(key) ?? 0, before: of(before).get(key) ?? 0 };
    rest.now -= cell.now;
    rest.before -= cell.before;
    cells.set(key, cell);
  }
  const others = cells.get(other);
  cells.set(other, { now: rest.now + (others?.now ?? 0), before: rest.before + (others?.before ?? 0) });
  return cells;
}

/** Returns how much more cells vary than Poisson counts. Most of them had no cause, so the median tells. */
function dispersionOfCells(cells: Change[]): number {
  const large = cells.filter(({ now, before }) => now + before >= 10);
  if (large.length < 5) return 2;
  const share = median(large.map(({ now, before }) => now / (now + before)));
  const spread = Math.max(0.01, share * (1 - share));
  const medianOfSquares = 0.455; // of a chi-squared variable
  return Math.max(
    1,
    median(large.map(({ now, before }) => (now - share * (now + before)) ** 2 / ((now + before) * spread))) /
      medianOfSquares,
  );
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Returns whether a page or name stands for what cannot be told apart. */
const isRest = (key: string) => key === other || key === unknown || key === importedPage;

interface Candidate {
  family: Family;
  suspects: (Change & { key: string })[];
  explained: number;
  surprise: number;
}

/** Returns the few cells that explain most of a change and differ from all others. Undefined if there are none. */
function candidateOf(family: Family, cells: Map<string, Change>, all: Change, tests: number): Candidate | undefined {
  const dispersion = dispersionOfCells([...cells.values()]);
  const suspects: Candidate['suspects'] = [];
  let [explained, surprises] = [0, 0];
  const explains = (cell: Change) => changeOf(cell) / changeOf(all);
  const large = [...cells].filter(([, cell]) => explains(cell) >= leastEach);
  for (const [key, cell] of large.sort(([, a], [, b]) => explains(b) - explains(a))) {
    if (suspects.length === maxSuspects || explained >= enoughExplained) break;
    const rest = { now: all.now - cell.now, before: all.before - cell.before };
    const exposure = (rest.now + 1) / (rest.before + 1);
    if (isRest(key) || Math.abs(changeOf(cell)) < 10) continue;
    if (exposure <= 0 || !isBeyond(cell, { exposure, dispersion }, maxChance / tests)) continue;
    suspects.push({ key, ...cell });
    explained += explains(cell);
    surprises += surprise(cell.before / Math.max(1, all.before), cell.now / Math.max(1, all.now));
  }
  if (explained < leastExplained || surprises < leastSurprise) return undefined;
  return { family, suspects, explained, surprise: surprises };
}

/**
 * Returns the pages or the names of one dimension of which the fewest explain most of a change. Of dimensions that
 * explain about as much, it is the most surprising one.
 */
export function suspectsOf(now: VisitsSide, before: VisitsSide): Suspect[] {
  const all = { now: now.visits, before: before.visits };
  const cellsByFamily = families.map((family) => [family, cellsOf(family, now, before)] as const);
  const tests = cellsByFamily.reduce((sum, [, cells]) => sum + cells.size, 0);
  const candidates = cellsByFamily.flatMap(([family, cells]) => candidateOf(family, cells, all, tests) ?? []);
  const score = ({ explained, suspects }: Candidate) => Math.min(1, explained) - 0.1 * (suspects.length - 1);
  const best = Math.max(...candidates.map(score));
  const good = candidates.filter((each) => score(each) >= best - 0.2);
  const most = Math.max(...good.map((each) => each.surprise));
  const chosen = good.find((each) => each.surprise >= 0.9 * most);
  if (!chosen) return [];
  const { family } = chosen;
  return chosen.suspects.map(({ key, now, before }) =>
    family === 'page' ? { page: key, now, before } : { dimension: family, name: key, now, before },
  );
}

/** The part of a suspect's change that one page or name needs to be named with it. */
const leastPart = 0.8;
/** A name that more of all visits have tells nothing about one page. */
const mostCommon = 0.4;

/** Returns the page of a name's visits, or the name of a page's visits, that has most of the change. */
export function partnerOf(
  suspect: Suspect,
  of: { now: VisitsSide; before: VisitsSide },
  all: VisitsSide,
): Suspect | undefined {
  const largest = (family: Family) => {
    const [key, cell] = [...cellsOf(family, of.now, of.before)].reduce((a, b) =>
      Math.abs(changeOf(b[1])) > Math.abs(changeOf(a[1])) ? b : a,
    );
    return !isRest(key) && changeOf(cell) / changeOf(suspect) >= leastPart ? { key, ...cell } : undefined;
  };
  if ('dimension' in suspect) {
    const page = largest('page');
    const isOnlyPage = all.byPage.size === 1 && page && all.byPage.has(page.key);
    return page && !isOnlyPage ? { page: page.key, now: page.now, before: page.before } : undefined;
  }
  for (const family of families) {
    if (family === 'page') continue;
    const name = largest(family);
    const share = name && (all.byName.get(family)?.get(name.key) ?? 0) - name.now;
    if (name && share !== undefined && share <= mostCommon * Math.max(1, all.visits - suspect.now))
      return { dimension: family, name: name.key, now: name.now, before: name.before };
  }
  return undefined;
}
