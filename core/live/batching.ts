import { type LiveBatch, type LiveHit, maxBatch } from './live-hit.ts';

/** Groups hits into batches, of which at most `perSecond` are due in a second. */
export function batching(perSecond: number) {
  let waiting: LiveBatch = { hits: [], more: {} };
  let due: number[] = [];

  return {
    /** Adds a hit at `now` (ms). Returns all hits that wait if a batch is due. Otherwise, they wait for a later hit. */
    add(hit: LiveHit, now: number): LiveBatch | undefined {
      const { hits, more } = waiting;
      if (hits.length < maxBatch) hits.push(hit);
      else more[hit.site] = (more[hit.site] ?? 0) + 1;
      due = due.filter((time) => Math.abs(now - time) < 1000);
      if (due.length >= perSecond) return undefined;
      due.push(now);
      waiting = { hits: [], more: {} };
      return { hits, more };
    },
  };
}
