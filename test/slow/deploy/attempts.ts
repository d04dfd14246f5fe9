import { arn } from '../../deploy/arns.ts';
import type { Attempt } from '../../deploy/policy.ts';
import type { AwsCall } from './aws-call.ts';

/** Returns what IAM has to allow for a call: actions have other names than operations, above all S3's. */
export function attemptsOf({ service, operation, input, body }: AwsCall): Attempt[] {
  const { StackName = '', ChangeSetName = '', Bucket = '', Key = '', FunctionName = '' } = input;
  switch (service) {
    // Everybody may ask who they are.
    case 'sts':
      return [];
    case 'cloudformation': {
      const action = `cloudformation:${operation}`;
      if (operation === 'ValidateTemplate') return [{ action, resource: '*' }];
      const named = StackName || ChangeSetName;
      return [{ action, resource: named.startsWith('arn:') ? named : arn('cloudformation', `stack/${named}/1`) }];
    }
    case 's3': {
      const bucket = `arn:aws:s3:::${Bucket}`;
      if (operation === 'DeleteObjects')
        return [...body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => ({
          action: 's3:DeleteObject',
          resource: `${bucket}/${key}`,
        }));
      const action = s3Actions[operation] ?? `s3:${operation}`;
      return [{ action, resource: Key ? `${bucket}/${Key}` : bucket }];
    }
    case 'lambda': {
      const action = operation === 'Invoke' ? 'lambda:InvokeFunction' : `lambda:${operation}`;
      return [{ action, resource: arn('lambda', `function:${FunctionName}`) }];
    }
    case 'logs':
      return [{ action: `logs:${operation}`, resource: arn('logs', `log-group:${input.logGroupName}:log-stream:`) }];
    default:
      return [{ action: `${service}:${operation}`, resource: '*' }];
  }
}

const s3Actions: Record<string, string> = {
  HeadBucket: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  ListObjectsV2: 's3:ListBucket',
};
