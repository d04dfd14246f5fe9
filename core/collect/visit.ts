import type { Counters } from '../counters/names.ts';

/** A visitor's earlier views of today. Instants are seconds since 1970. */
export interface VisitorRecord {
  /** When the visitor last viewed a page. */
  seen: number;
  /** When the visitor viewed the page before that one. 0 if there was none. */
  seenBefore: number;
  /** Whether one of these views was of the page that is viewed now. */
  sawPage: boolean;
}

/** A visitor with more pages or views on a day is a machine, or many people behind one IP address. */
export const visitorCaps = { pages: 250, views: 1000 };

/** A pause of more seconds ends a visit. */
const visitTimeout = 30 * 60;

/** Returns what a view at `now` (seconds) adds to the counters of visits. A visitor without a record is new today. */
export function visitOf(record: VisitorRecord | undefined, now: number): Counters {
  if (!record) return { visitors: 1, site_visitors: 1, visits: 1 };
  const pause = now - record.seen;
  const firstOfPage = record.sawPage ? {} : { visitors: 1 };
  if (pause > visitTimeout) return { ...firstOfPage, visits: 1 };
  const isSecondView = record.seenBefore === 0 || record.seen - record.seenBefore > visitTimeout;
  return { ...firstOfPage, ...(isSecondView && { engaged: 1 }), ...(pause > 0 && { seconds: pause }) };
}

/** Returns the same for a view without a visitor record. It begins a visit unless it came from the site itself. */
export const unlinkedVisit = (cameFromSite: boolean): Counters => (cameFromSite ? {} : { visits: 1, unlinked: 1 });
