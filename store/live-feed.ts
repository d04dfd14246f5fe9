import { batching } from '../core/live/batching.ts';
import { batchOfSite, type LiveBatch, type LiveHit, packLiveBatch } from '../core/live/live-hit.ts';
import { atMost } from './at-most.ts';
import type { liveStore } from './live.ts';
import type { PostToConnection } from './live-posts.ts';
import { seldomFailures } from './log.ts';

/** How long an instance believes what it read, in milliseconds. */
const msBetweenLooks = 30_000;
/** How long a hit waits for the live view, after it is counted. */
const msToWait = 50;
/** A flood of hits is no flood of writes. */
const writesPerSecond = 4;
const postsPerSecond = 1;

type LiveStore = ReturnType<typeof liveStore>;

/**
 * Passes hits on to the live view while somebody watches: into the ring, and to open connections if there is a `post`.
 * No method rejects.
 */
export function liveFeed(looks: Pick<LiveStore, 'watchedUntil'>, store: LiveStore, post?: PostToConnection) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let watchedUntil = 0;
  const writes = batching(writesPerSecond);
  const posts = batching(postsPerSecond);
  const logFailed = seldomFailures('live view');

  /** Posts a batch to the connections that may see some of it, and forgets those that are gone. */
  async function publish(batch: LiveBatch, time: number, post: PostToConnection): Promise<void> {
    const connections = await store.connections(time / 1000);
    const posted = connections.map(async ({ id, site }) => {
      const part = batchOfSite(batch, site);
      if (part.hits.length === 0 && Object.keys(part.more).length === 0) return;
      if (!(await post(id, packLiveBatch(part)))) await store.disconnect(id);
    });
    await allOf(posted);
  }

  return {
    /** Reads whether somebody watches at `time` (ms), unless it was read shortly before. If it fails, nobody does. */
    async look(time: number, signal?: AbortSignal): Promise<void> {
      // A clock may go back.
      if (Math.abs(time - lookedAt) < msBetweenLooks) return;
      lookedAt = time;
      try {
        watchedUntil = await looks.watchedUntil(signal);
      } catch (error) {
        watchedUntil = 0;
        logFailed(error, time);
      }
    },

    /** Returns whether somebody watches at `time` (ms), as far as it is known. */
    isWatched: (time: number): boolean => time / 1000 < watchedUntil,

    /** Shows a hit that was counted at `time` (ms) to those who watch. Ends after 50 ms at the latest. What it began then goes on. */
    async show(hit: LiveHit, time: number): Promise<void> {
      const written = writes.add(hit, time);
      const posted = post && posts.add(hit, time);
      const work = [
        ...(written ? [store.keep(written, time)] : []),
        ...(post && posted ? [publish(posted, time, post)] : []),
      ];
      if (work.length === 0) return;
      const shown = allOf(work).catch((error) => logFailed(error, time));
      await atMost(msToWait, shown);
    },
  };
}

/** Waits for all, and then throws the first error. */
async function allOf(work: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}
