import type { EventTruth, ViewTruth } from './simulated-visit.ts';

// These rules come from the documentation and share no code with the product, so that they can find its mistakes.

/** The earliest and the latest time at which a hit was counted (ms since 1970). */
export interface Span {
  from: number;
  to: number;
}

export type Counts = Record<string, number>;

/** The certain increments of a hit, and the possible ones. */
export interface Expected {
  sure: Counts;
  perhaps: Counts;
}

/** The state of a visitor during a day. */
export interface Memory {
  day: string;
  seen: Span;
  viewsOfVisit: number;
  pages: Set<string>;
  /** After a hit that was counted or not, nothing is certain for the rest of the day. */
  lost: boolean;
}

/** The longest gap between two views of a visit, in seconds. */
const visitEnds = 30 * 60;

export const expectedOfEvent = ({ event }: EventTruth): Expected => ({ sure: { [`event_${event}`]: 1 }, perhaps: {} });

/** Returns the increments of a view, and the state of its visitor after it. */
export function expectedOfView(truth: ViewTruth, day: string, hour: string, span: Span, before: Memory | undefined) {
  const { url, source } = truth;
  const memory = before?.day === day ? before : undefined;
  const { expected, viewsOfVisit } = visitBy(truth, span, memory);
  Object.assign(expected.sure, { views: 1, [`hour_${hour}`]: 1, ...(source && { [`views_${source}`]: 1 }) });
  const pages = (memory?.pages ?? new Set<string>()).add(url);
  return { expected, memory: { day, seen: span, viewsOfVisit, pages, lost: memory?.lost ?? false } };
}

function visitBy({ url, cameFromSite, recorded, origin }: ViewTruth, span: Span, memory: Memory | undefined) {
  const first = Object.fromEntries(origin.map((counter) => [counter, 1]));
  const sure = (counts: Counts, viewsOfVisit: number, perhaps: Counts = {}) => ({
    expected: { sure: counts, perhaps },
    viewsOfVisit,
  });
  if (!recorded) return sure(cameFromSite ? {} : { visits: 1, unlinked: 1, ...first }, 1);
  if (!memory) return sure({ visitors: 1, site_visitors: 1, visits: 1, ...first }, 1);
  if (memory.lost)
    return sure({}, 1, { visitors: 1, site_visitors: 1, visits: 1, engaged: 1, seconds: visitEnds, ...first });
  const visitors: Counts = memory.pages.has(url) ? {} : { visitors: 1 };
  const least = Math.max(0, Math.floor((span.from - memory.seen.to) / 1000));
  const most = Math.ceil((span.to - memory.seen.from) / 1000);
  if (least > visitEnds) return sure({ ...visitors, visits: 1, ...first }, 1);
  const engaged: Counts = memory.viewsOfVisit === 1 ? { engaged: 1 } : {};
  return sure({ ...visitors, ...engaged, seconds: least }, memory.viewsOfVisit + 1, { seconds: most - least });
}
