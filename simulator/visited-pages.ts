import type { DatedHit } from './clickstream.ts';
import { type Counts, expectedOfView, type Memory } from './expected.ts';
import { dateAt, hourAt } from './ledger.ts';
import type { ViewTruth } from './simulated-visit.ts';

/** A view, and what any tool that knows its visitors could count of it. */
export interface VisitedPage {
  at: number;
  date: string;
  visitor: string;
  truth: ViewTruth;
  /** What the snippet sent. */
  body: Record<string, string>;
  counts: Counts;
  /** The number of the visit among all of this visitor. */
  visit: number;
  /** The URL of the visit's first page. */
  entryPage: string;
}

/** Returns the views among hits, by time. A visit ends with its day, because a visitor has a new name on each. */
export function visitedPages(hits: DatedHit[], timeZone: string): VisitedPage[] {
  const memories = new Map<string, Memory>();
  const visits = new Map<string, { visit: number; entryPage: string }>();
  return byTime(hits).flatMap(({ at, hit: { truth, visitor, body } }) => {
    if (!('source' in truth)) return [];
    const date = dateAt(at, timeZone);
    const span = { from: at, to: at };
    const { expected, memory } = expectedOfView(truth, date, hourAt(at, timeZone), span, memories.get(visitor));
    memories.set(visitor, memory);
    const before = visits.get(visitor) ?? { visit: 0, entryPage: '' };
    const current = expected.sure.visits ? { visit: before.visit + 1, entryPage: truth.url } : before;
    visits.set(visitor, current);
    return [{ at, date, visitor, truth, body: JSON.parse(body), counts: expected.sure, ...current }];
  });
}

export const byTime = (hits: DatedHit[]): DatedHit[] => hits.toSorted((a, b) => a.at - b.at);

/** Returns the name of a dimension among the counters that a visit begins with. Empty if it is unknown. */
export function nameOf({ origin }: ViewTruth, dimension: string): string {
  const counter = origin.find((each) => each.startsWith(`${dimension}_`)) ?? '';
  return counter.slice(dimension.length + 1).replace('(unknown)', '');
}
