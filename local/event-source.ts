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

/** A batch is as large as in serverless.yml; ReceiveMessage brings ten at most. */
const mostMessages = 1_000;
const mostAtOnce = 10;

/**
 * Does once what AWS does for the event source of a function: hands it a batch of a queue's messages, and deletes those that
 * it does not say have failed; those come back at once, on AWS after the queue's time for that. Waits up to `seconds` for a
 * first message; returns how many there were.
 */
export async function handOver(queueUrl: string, client: SQSClient, invoke: Invoke, seconds = 0): Promise<number> {
  const messages: Message[] = [];
  while (messages.length < mostMessages) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: mostAtOnce,
        WaitTimeSeconds: messages.length === 0 ? seconds : 0,
      }),
    );
    messages.push(...Messages);
    if (Messages.length === 0) break;
  }
  if (messages.length === 0) return 0;
  const { batchItemFailures } = await invoke({ Records: messages.map(recordOf) });
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (let i = 0; i < messages.length; i += mostAtOnce) {
    const entries = messages.slice(i, i + mostAtOnce).map(({ MessageId = '', ReceiptHandle }, j) => ({
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

/** Hands a queue's messages over as they come, until the signal ends it. A function that fails gets them again. */
export async function eventSource({ url, environment }: Queue, invoke: Invoke, signal: AbortSignal): Promise<void> {
  const client = queueClient(environment);
  while (!signal.aborted) {
    await handOver(url, client, invoke, 1).catch(() => sleep(1_000));
  }
  client.destroy();
}

/** A message as Lambda gets it. */
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
