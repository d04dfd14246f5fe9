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
  /** The link that the visit began with. Once nothing is certain, all links of the day that it may have begun with. */
  link: string[];
  /** After a hit that was counted or not, nothing is certain for the rest of the day. */
  lost: boolean;
}

/** The longest gap between two views of a visit, in seconds. */
const visitEnds = 30 * 60;

/** Returns the increments of an event, which counts for the link of its visit, too. */
export function expectedOfEvent({ event, recorded }: EventTruth, day: string, span: Span, before: Memory | undefined) {
  const sure: Counts = { [`event_${event}`]: 1 };
  if (!recorded || before?.day !== day) return { sure, perhaps: {} };
  const { least, most } = pauseSince(before, span);
  const counts = outcomeOf('events', before.link);
  if (before.lost || (least <= visitEnds && most > visitEnds)) return { sure, perhaps: counts };
  return { sure: least > visitEnds ? sure : { ...sure, ...counts }, perhaps: {} };
}

const outcomeOf = (outcome: string, link: string[]): Counts =>
  Object.fromEntries(link.map((name) => [`${outcome}_${name}`, 1]));

/** Returns the least and the most seconds since the last view. */
const pauseSince = ({ seen }: Memory, span: Span) => ({
  least: Math.max(0, Math.floor((span.from - seen.to) / 1000)),
  most: Math.ceil((span.to - seen.from) / 1000),
});

/** Returns the increments of a view, and the state of its visitor after it. */
export function expectedOfView(truth: ViewTruth, day: string, hour: string, span: Span, before: Memory | undefined) {
  const { url, source } = truth;
  const memory = before?.day === day ? before : undefined;
  const { expected, viewsOfVisit, link } = visitBy(truth, span, memory);
  Object.assign(expected.sure, { views: 1, [`hour_${hour}`]: 1, ...(source && { [`views_${source}`]: 1 }) });
  const pages = (memory?.pages ?? new Set<string>()).add(url);
  return { expected, memory: { day, seen: span, viewsOfVisit, pages, link, lost: memory?.lost ?? false } };
}

function visitBy({ url, cameFromSite, recorded, origin, link }: ViewTruth, span: Span, memory: Memory | undefined) {
  const first = Object.fromEntries(
    [...origin, ...(recorded ? link.map((name) => `linked_${name}`) : [])].map((counter) => [counter, 1]),
  );
  const sure = (counts: Counts, viewsOfVisit: number, linkOfVisit: string[], perhaps: Counts = {}) => ({
    expected: { sure: counts, perhaps },
    viewsOfVisit,
    link: linkOfVisit,
  });
  if (!recorded) return sure(cameFromSite ? {} : { visits: 1, unlinked: 1, ...first }, 1, []);
  if (!memory) return sure({ visitors: 1, site_visitors: 1, visits: 1, ...first }, 1, link);
  if (memory.lost) {
    const links = [...new Set([...memory.link, ...link])];
    const counts = { visitors: 1, site_visitors: 1, visits: 1, engaged: 1, seconds: visitEnds };
    return sure({}, 1, links, { ...counts, ...first, ...outcomeOf('engaged', links) });
  }
  const visitors: Counts = memory.pages.has(url) ? {} : { visitors: 1 };
  const { least, most } = pauseSince(memory, span);
  if (least > visitEnds) return sure({ ...visitors, visits: 1, ...first }, 1, link);
  const engaged: Counts = memory.viewsOfVisit === 1 ? { engaged: 1, ...outcomeOf('engaged', memory.link) } : {};
  return sure({ ...visitors, ...engaged, seconds: least }, memory.viewsOfVisit + 1, memory.link, {
    seconds: most - least,
  });
}
