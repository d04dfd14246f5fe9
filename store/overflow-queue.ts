// A static import: an import() makes esbuild wrap the whole SDK, which costs a cold start more than to load SQS.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Increment } from '../core/counters/increment.ts';
import type { ClientOptions } from './client.ts';

/** The queue of the increments that the table did not take. */
export function overflowQueue(queueUrl: string, options: ClientOptions) {
  let client: SQSClient | undefined;

  return {
    /** Sends an increment to the queue. Throws the SDK's errors. A message may have been sent in spite of an error. */
    async enqueue({ day, url, add }: Increment, abortSignal: AbortSignal): Promise<void> {
      client ??= new SQSClient(options);
      const message = { QueueUrl: queueUrl, MessageBody: JSON.stringify({ day, url, add }) };
      await client.send(new SendMessageCommand(message), { abortSignal });
    },
  };
}
