import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Queue, queueClient } from './queue.ts';

type Invoke = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** The batch size of serverless.yml. */
const maxMessages = 1_000;
/** The most that one ReceiveMessage returns. */
const maxReceived = 10;

/**
 * Calls a function with one batch of a queue's messages, as an event source of AWS does. Deletes the messages that did not
 * fail, and returns the others to the queue at once. Waits up to `seconds` for a first message. Returns their number.
 */
export async function handOver(queueUrl: string, client: SQSClient, invoke: Invoke, seconds = 0): Promise<number> {
  const messages: Message[] = [];
  while (messages.length < maxMessages) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: maxReceived,
        WaitTimeSeconds: messages.length === 0 ? seconds : 0,
      }),
    );
    messages.push(...Messages);
    if (Messages.length === 0) break;
  }
  if (messages.length === 0) return 0;
  const { batchItemFailures } = await invoke({ Records: messages.map(recordOf) });
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (let i = 0; i < messages.length; i += maxReceived) {
    const entries = messages.slice(i, i + maxReceived).map(({ MessageId = '', ReceiptHandle }, j) => ({
      isDone: !failed.has(MessageId),
      entry: { Id: String(j), ReceiptHandle },
    }));
    const done = entries.filter(({ isDone }) => isDone).map(({ entry }) => entry);
    const back = entries.filter(({ isDone }) => !isDone).map(({ entry }) => ({ ...entry, VisibilityTimeout: 0 }));
    if (done.length > 0) await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: done }));
    if (back.length > 0)
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: back }));
  }
  return messages.length;
}

/** Calls a function with a queue's messages until the signal aborts. A function that fails gets them again. */
export async function eventSource({ url, environment }: Queue, invoke: Invoke, signal: AbortSignal): Promise<void> {
  const client = queueClient(environment);
  while (!signal.aborted) {
    await handOver(url, client, invoke, 1).catch(() => sleep(1_000));
  }
  client.destroy();
}

function recordOf({ MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '' }: Message): SQSRecord {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    md5OfBody: MD5OfBody,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:Overflow',
    awsRegion: 'us-east-1',
  };
}
