import type { Counters } from '../counters/names.ts';
import { type FollowedLink, outcomeCounters } from '../counters/outcomes.ts';

/** A visitor's earlier views of today. Instants are seconds since 1970. */
export interface VisitorRecord {
  /** When the visitor last viewed a page. */
  seen: number;
  /** When the visitor viewed the page before that one. 0 if there was none. */
  seenBefore: number;
  /** Whether one of these views was of the page that is viewed now. */
  sawPage: boolean;
  /** The source and the campaign that the visit of these views began with. */
  link?: FollowedLink;
}

/** A visitor with more pages or views on a day is a machine, or many people behind one IP address. */
export const visitorCaps = { pages: 250, views: 1000 };

/** A pause of more seconds ends a visit. */
const visitTimeout = 30 * 60;

/** Returns whether a visit whose last view was at `seen` is over at `now`, both in seconds. */
export const isVisitOver = (seen: number, now: number): boolean => now - seen > visitTimeout;

/**
 * Returns what a view at `now` (seconds) adds to the counters of visits. A visitor without a record is new today. `link` is
 * that of the view. It counts if a visit begins with it.
 */
export function visitOf(record: VisitorRecord | undefined, now: number, link: FollowedLink = {}): Counters {
  const begun = { visits: 1, ...outcomeCounters('linked', link) };
  if (!record) return { visitors: 1, site_visitors: 1, ...begun };
  const { seen, seenBefore } = record;
  const firstOfPage = record.sawPage ? {} : { visitors: 1 };
  if (isVisitOver(seen, now)) return { ...firstOfPage, ...begun };
  const isSecondView = seenBefore === 0 || isVisitOver(seenBefore, seen);
  return {
    ...firstOfPage,
    ...(isSecondView && { engaged: 1, ...outcomeCounters('engaged', record.link ?? {}) }),
    ...(now > seen && { seconds: now - seen }),
  };
}

/** Returns the same for a view without a visitor record. It begins a visit unless it came from the site itself. */
export const unlinkedVisit = (cameFromSite: boolean): Counters => (cameFromSite ? {} : { visits: 1, unlinked: 1 });
