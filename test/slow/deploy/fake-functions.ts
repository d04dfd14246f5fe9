import type { Account } from './account.ts';
import type { AwsCall } from './aws-call.ts';
import { AwsError } from './aws-error.ts';

/** Answers as Lambda does: about functions that a stack has made, which answer with the event that they get. */
export function lambda(account: Account, { operation, input, body }: AwsCall): object {
  const found = account.named.get(`AWS::Lambda::Function ${input.FunctionName}`);
  if (!found) throw new AwsError('ResourceNotFoundException', `Function not found: ${input.FunctionName}`, 404);
  if (operation === 'Invoke') return JSON.parse(body.toString());
  return { Configuration: { FunctionName: input.FunctionName, LastModified: found.modified.toISOString() } };
}

/** Answers as CloudWatch Logs does: each log group has one line. */
export function logs(account: Account, { operation, input }: AwsCall): object {
  const { logGroupName } = input;
  if (!account.named.has(`AWS::Logs::LogGroup ${logGroupName}`))
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  if (operation === 'DescribeLogStreams') return { logStreams: [{ logStreamName: '2026/11/25/[$LATEST]1' }] };
  return { events: [{ timestamp: Date.now(), message: `a line of ${logGroupName}` }] };
}

/** Answers as ECR does where there is no repository. */
export function ecr(): never {
  throw new AwsError('RepositoryNotFoundException', 'The repository does not exist.');
}
