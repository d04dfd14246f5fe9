import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';

/** A queue, with dead letters, that speaks the real protocol over HTTP. */
export interface Queue {
  url: string;
  /** Where messages end that were received too often. */
  deadLettersUrl: string;
  /** What points the SDK at it, in this process or another. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Received so often in vain, a message is dead; as in serverless.yml. */
export const mostReceives = 20;

/**
 * Starts a queue, in memory or on disk in `folder`. A message that was received, and neither deleted nor given back, comes
 * back after `visibility` seconds.
 */
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

/** A client for it, in this process, whose environment may point elsewhere. */
export function queueClient({ AWS_ENDPOINT_URL_SQS = '' }: Queue['environment']): SQSClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ endpoint: AWS_ENDPOINT_URL_SQS, region: 'us-east-1', credentials });
}

/** How many messages wait in a queue, or are being worked on. */
export async function lengthOf(queueUrl: string, client: SQSClient): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const wanted = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] });
  const { Attributes = {} } = await client.send(wanted);
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}
