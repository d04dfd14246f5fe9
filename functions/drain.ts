import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Increment, parseIncrement, summed } from '../core/increment.ts';
import { admissionTo } from '../store/admission.ts';
import { dynamoClient } from '../store/client.ts';
import { concurrently } from '../store/concurrently.ts';
import { statisticsStore } from '../store/statistics.ts';
import { log, logFailure } from './log.ts';
import { parseSettings } from './settings.ts';

const settings = parseSettings(process.env);
const { count } = admissionTo(statisticsStore(dynamoClient(), settings.statisticsTable), settings);
const writesAtOnce = 10;

/** Of the 60 s that it has in serverless.yml: past these, all of the batch would come again, what was added too. */
const msToWork = 45_000;

/** An increment, and the message that brought it. */
interface Waiting extends Increment {
  messageId: string;
}

/**
 * Takes increments from the queue, and adds them to the table, those of one item in one write. What cannot be added, or not in
 * time, stays on the queue; what cannot be read, or not be added for long, ends among the dead letters.
 */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const waiting: Waiting[] = [];
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    const increment = parseIncrement(body);
    if (increment) waiting.push({ ...increment, messageId });
    else failed.push(messageId);
  }
  if (failed.length > 0) log({ failed: 'reading messages', messages: failed.length });
  const time = AbortSignal.timeout(msToWork);
  await concurrently(writesAtOnce, summed(waiting), async (sum) => {
    try {
      await count(sum, time);
    } catch (error) {
      if (!time.aborted) logFailure('draining', error);
      failed.push(...sum.parts.map(({ messageId }) => messageId));
    }
  });
  if (time.aborted) logFailure('draining', time.reason);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
