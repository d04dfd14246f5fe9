import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';

/** A queue with a dead-letter queue that speaks the real protocol over HTTP. */
export interface Queue {
  url: string;
  /** The queue of messages that were received too often. */
  deadLettersUrl: string;
  /** The environment variables that point the SDK at it. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** After so many receives a message is a dead letter, as in infra/queue.yml. */
export const mostReceives = 20;

/** Starts a queue, in memory or on disk in `folder`. A received message comes back after `visibility` seconds. */
export async function startQueue({
  folder,
  visibility = 30,
}: {
  folder?: string;
  visibility?: number;
} = {}): Promise<Queue> {
  const server = await startFauxqs({ port: 0, logger: false, host: 'localhost', ...(folder && { dataDir: folder }) });
  const deadLetters = server.createQueue('DeadLetters');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters.queueArn, maxReceiveCount: mostReceives });
  const { queueUrl } = server.createQueue('Overflow', {
    attributes: { RedrivePolicy, VisibilityTimeout: String(visibility) },
  });
  const here = (url: string) => `http://localhost:${server.port}${new URL(url).pathname}`;
  return {
    url: here(queueUrl),
    deadLettersUrl: here(deadLetters.queueUrl),
    environment: {
      AWS_ENDPOINT_URL_SQS: `http://localhost:${server.port}`,
      OVERFLOW_QUEUE_URL: here(queueUrl),
    },
    close: () => server.stop(),
  };
}

/** Returns a client for a queue, whatever this process's environment says. */
export function queueClient({ AWS_ENDPOINT_URL_SQS = '' }: Queue['environment']): SQSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ endpoint: AWS_ENDPOINT_URL_SQS, region: 'us-east-1', credentials });
}

/** Counts the messages that wait in a queue or are in flight. */
export async function lengthOf(queueUrl: string, client: SQSClient): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const wanted = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] });
  const { Attributes = {} } = await client.send(wanted);
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}
