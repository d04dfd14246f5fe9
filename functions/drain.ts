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

/** An increment, and the message that brought it. */
interface Waiting extends Increment {
  messageId: string;
}

/**
 * Takes increments from the queue, and adds them to the table, those of one item in one write. What cannot be added stays
 * on the queue; what cannot be read, or not be added for long, ends among the dead letters.
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
  await concurrently(writesAtOnce, summed(waiting), async (sum) => {
    try {
      await count(sum);
    } catch (error) {
      logFailure('draining', error);
      failed.push(...sum.parts.map(({ messageId }) => messageId));
    }
  });
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
