import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ask } from './aws-error.ts';
import type { AwsOptions } from './aws-options.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import { physicalId, type Resource } from './stack.ts';

const attributes = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** Says how many messages are on the queues of a stack. */
export async function checkQueues(resources: Resource[], options: AwsOptions): Promise<Finding[]> {
  const client = new SQSClient(options);
  const check = (name: string, what: string, findingOf: (messages: number) => Finding) =>
    ask(what, 'sqs:GetQueueAttributes', async () => {
      const QueueUrl = physicalId(resources, name);
      if (!QueueUrl) return [problem(`${what} is not in the stack.`, 'Deploy again: npx sls deploy.')];
      const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...attributes] });
      const { Attributes = {} } = await client.send(get);
      return [findingOf(attributes.reduce((sum, attribute) => sum + Number(Attributes[attribute] ?? 0), 0))];
    });
  const found = [
    check('Overflow', 'The overflow queue', overflowFinding),
    check('DeadLetters', 'The queue of dead letters', deadLettersFinding),
  ];
  return (await Promise.all(found)).flat();
}

export const overflowFinding = (messages: number): Finding =>
  messages === 0
    ? ok('The overflow queue is empty.')
    : warning(
        `Messages on the overflow queue: ${messages}. Their hits are not counted yet.`,
        'Run this again in some minutes. If the number grows, read the log: npx sls logs -f drain --startTime 1h.',
      );

export const deadLettersFinding = (messages: number): Finding =>
  messages === 0
    ? ok('There are no dead letters.')
    : problem(
        `Dead letters: ${messages}. Their hits are not counted.`,
        'docs/deploying.md, "Send dead letters back". AWS deletes them 14 days after they came.',
      );
