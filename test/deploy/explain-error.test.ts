import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explainError, type Failure } from '../../deploy/explain-error.ts';

describe('an error of AWS', () => {
  const run = (name: string, failure: Failure, want: string | undefined) =>
    test(name, () => assert.equal(explainError(failure)?.split('\n\n').at(-1), want));
  const denied = (action: string) =>
    `User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
  const lacks = (action: string) =>
    `Your AWS user lacks the right ${action}. The deploy policy has it: see docs/deploying.md#least-privilege.`;
  const expired =
    'Your AWS credentials have expired. Sign in again, for instance with aws sso login, as docs/deploying.md describes.';
  const unknown = 'AWS does not know these credentials. Set them as docs/deploying.md describes.';

  run(
    'about credentials that are missing has a sentence of its own',
    { code: 'AWS_CREDENTIALS_NOT_FOUND', message: 'AWS provider credentials not found. Learn how to …' },
    'sls found no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as docs/deploying.md describes.',
  );
  run('about a token that has expired says so', { name: 'ExpiredToken', message: 'The security token …' }, expired);
  run('of a JSON service as well', { name: 'ExpiredTokenException', message: 'The security token …' }, expired);
  run(
    'about a session of IAM Identity Center as well',
    { name: 'CredentialsProviderError', message: 'The SSO session associated with this profile has expired.' },
    expired,
  );
  run('about keys that AWS does not know says so', { name: 'InvalidClientTokenId', message: '…' }, unknown);
  run('about a profile that is not there as well', { code: 'UNRECOGNIZED_AWS_PROFILE', message: '…' }, unknown);
  run(
    'names the right that is missing',
    { name: 'AccessDenied', message: denied('cloudformation:CreateChangeSet') },
    lacks('cloudformation:CreateChangeSet'),
  );
  run(
    'names the boundary that a role needs',
    { message: denied('iam:CreateRole') },
    `${lacks('iam:CreateRole')} The policy asks for a boundary, too: set PERMISSIONS_BOUNDARY=footfall-boundary.`,
  );
  run(
    'without the name of a right has it from its code',
    { code: 'AWS_S3_HEAD_OBJECT_FORBIDDEN', message: '…' },
    lacks('s3:GetObject'),
  );
  run(
    'about a tag that may not be set says so',
    { message: 'Encountered a permissions error … Unauthorized tagging operation' },
    lacks('to tag this resource'),
  );
  run('about anything else stays as it is', { name: 'ValidationError', message: 'Template format error' }, undefined);

  test('keeps what AWS said', () => {
    const message = denied('s3:PutObject');
    assert.ok(explainError({ message })?.startsWith(`${message}\n\n`));
    assert.ok(
      explainError({ message, decoratedMessage: 'View the full error' })?.startsWith('View the full error\n\n'),
    );
  });
});
