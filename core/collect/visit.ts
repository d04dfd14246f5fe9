import type { Counters } from '../counters/names.ts';

/** What is left of a visitor's earlier views of today. Instants are seconds since 1970. */
export interface VisitorRecord {
  /** When he was last seen. */
  seen: number;
  /** When before that; 0 if never. */
  seenBefore: number;
  /** Whether he saw the page that he now views. */
  sawPage: boolean;
}

/** A visit ends with a pause longer than this, in seconds. */
const longestPause = 30 * 60;

/** What a view at `now` (seconds) says of its visitor, by counter; a visitor without a marker is new today. */
export function visitOf(marker: VisitorRecord | undefined, now: number): Counters {
  if (!marker) return { visitors: 1, site_visitors: 1, visits: 1 };
  const pause = now - marker.seen;
  const firstOfPage = marker.sawPage ? {} : { visitors: 1 };
  if (pause > longestPause) return { ...firstOfPage, visits: 1 };
  const second = marker.seenBefore === 0 || marker.seen - marker.seenBefore > longestPause;
  return { ...firstOfPage, ...(second && { engaged: 1 }), ...(pause > 0 && { seconds: pause }) };
}

/** What a view says of a visitor who is not to be recognised: a visit begins when he comes from elsewhere. */
export const unlinkedVisit = (cameFromSite: boolean): Counters => (cameFromSite ? {} : { visits: 1, unlinked: 1 });
