import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Increment } from '../core/increment.ts';
import type { Patience } from './client.ts';

/**
 * The queue where increments wait that the table could not take. `put` throws the SDK's errors; an attempt that was cut
 * short may have been carried out all the same. SQS is loaded when it is first needed: most functions never do.
 */
export function overflowQueue(queueUrl: string, patience: Patience) {
  let client: SQSClient | undefined;

  return {
    async put({ day, url, add }: Increment, abortSignal: AbortSignal): Promise<void> {
      const { SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
      client ??= new SQSClient(patience);
      const message = { QueueUrl: queueUrl, MessageBody: JSON.stringify({ day, url, add }) };
      await client.send(new SendMessageCommand(message), { abortSignal });
    },
  };
}
