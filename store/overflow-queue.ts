import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Increment } from '../core/counters/increment.ts';
import type { ClientOptions } from './client.ts';

/**
 * The queue where increments wait that the table could not take. `put` throws the SDK's errors; an attempt that was cut
 * short may have been carried out all the same. Imported, and not awaited in need: an import() would make esbuild
 * wrap each module of the SDK, which costs a cold start more than to load SQS.
 */
export function overflowQueue(queueUrl: string, options: ClientOptions) {
  let client: SQSClient | undefined;

  return {
    async enqueue({ day, url, add }: Increment, abortSignal: AbortSignal): Promise<void> {
      client ??= new SQSClient(options);
      const message = { QueueUrl: queueUrl, MessageBody: JSON.stringify({ day, url, add }) };
      await client.send(new SendMessageCommand(message), { abortSignal });
    },
  };
}
