import type { Increment } from '../core/counters/increment.ts';
import type { CountOptions, cappedCounters } from './capped-counters.ts';
import { errorName, log, logFailure } from './log.ts';
import type { overflowQueue } from './overflow-queue.ts';

/**
 * Returns what adds an increment to the table, or to the queue within `msToQueue` if the table fails. It returns false if
 * both fail. The log then has the increment for `npm run replay`.
 */
export function countOrQueue(
  counters: Pick<ReturnType<typeof cappedCounters>, 'count'>,
  queue: ReturnType<typeof overflowQueue> | undefined,
  msToQueue: number,
) {
  async function enqueue(increment: Increment, error: unknown): Promise<boolean> {
    try {
      if (!queue) throw new Error('There is no queue.');
      await queue.enqueue(increment, AbortSignal.timeout(msToQueue));
      logFailure('statistics table', error);
      return true;
    } catch (queueError) {
      log({ failed: 'counting', error: errorName(error), queue: errorName(queueError), ...increment });
      return false;
    }
  }

  return async (increment: Increment, options: CountOptions): Promise<boolean> => {
    try {
      await counters.count(increment, options);
      return true;
    } catch (error) {
      return await enqueue(increment, error);
    }
  };
}
