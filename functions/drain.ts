import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readLimits, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Increment, parseIncrement, sumByItem } from '../core/counters/increment.ts';
import { cappedCounters } from '../store/capped-counters.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { concurrently } from '../store/concurrently.ts';
import { DeadlineRetries } from '../store/deadline-retries.ts';
import { lateCounters } from '../store/late-counters.ts';
import { log, logFailure } from '../store/log.ts';
import { rollupState } from '../store/rollup-state.ts';
import { statisticsStore } from '../store/statistics.ts';

const { statisticsTable } = readTableNames(process.env);
const retries = new DeadlineRetries();
const client = dynamoClient({ ...standard(readRequestTimeout(process.env)), retryStrategy: retries });
const limits = readLimits(process.env);
const { count } = cappedCounters(statisticsStore(client, statisticsTable), limits);
const timeZone = readSetting('TIME_ZONE', process.env);
const late = lateCounters(count, rollupState(client, statisticsTable), { ...limits, timeZone });
const writesAtOnce = 10;

/** Of the 60 s in serverless.yml. After a time-out the whole batch would come again, and count again. */
const msToWork = 45_000;

/** An increment and the message that brought it. */
interface QueuedIncrement extends Increment {
  messageId: string;
}

/**
 * Adds increments from the queue to the table, those of one item in one write. What fails or is not reached in time
 * stays on the queue. What cannot be read, or fails twenty times, becomes a dead letter.
 */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const queued: QueuedIncrement[] = [];
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    const increment = parseIncrement(body);
    if (increment) queued.push({ ...increment, messageId });
    else failed.push(messageId);
  }
  if (failed.length > 0) log({ failed: 'reading messages', messages: failed.length });
  const time = AbortSignal.timeout(msToWork);
  retries.begin(msToWork);
  await concurrently(writesAtOnce, sumByItem(queued), async (sum) => {
    try {
      await late.count(sum, Date.now(), time);
    } catch (error) {
      if (!time.aborted) logFailure('draining', error);
      failed.push(...sum.parts.map(({ messageId }) => messageId));
    }
  });
  if (time.aborted) logFailure('draining', time.reason);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
