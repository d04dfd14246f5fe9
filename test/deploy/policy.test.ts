import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needsOf } from './needs.ts';
import { type Attempt, allows } from './policy.ts';

const statements = [
  { Effect: 'Allow', Action: ['s3:Get*', 's3:ListBucket'], Resource: ['arn:aws:s3:::footfall-*'] },
  { Effect: 'Allow', Action: 'sns:Unsubscribe', Resource: '*' },
  {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  },
];

describe('a policy', () => {
  const run = (attempt: Attempt, want: boolean) =>
    test(`${want ? 'allows' : 'refuses'} ${JSON.stringify(attempt)}`, () =>
      assert.equal(allows(statements, attempt), want));

  run({ action: 's3:GetObject', resource: 'arn:aws:s3:::footfall-prod/track.zip' }, true);
  run({ action: 's3:getObject', resource: 'arn:aws:s3:::footfall-prod/track.zip' }, true);
  run({ action: 's3:PutObject', resource: 'arn:aws:s3:::footfall-prod/track.zip' }, false);
  run({ action: 's3:GetObject', resource: 'arn:aws:s3:::other/track.zip' }, false);
  run({ action: 's3:ListBucket', resource: '*' }, false);
  run({ action: 'sns:Unsubscribe', resource: '*' }, true);
  const service = (name: string) => ({ context: { 'iam:PassedToService': name } });
  run({ action: 'iam:PassRole', resource: 'arn:aws:iam::1:role/a', ...service('lambda.amazonaws.com') }, true);
  run({ action: 'iam:PassRole', resource: 'arn:aws:iam::1:role/a', ...service('ec2.amazonaws.com') }, false);
  run({ action: 'iam:PassRole', resource: 'arn:aws:iam::1:role/a' }, false);

  test('with a condition that is not known here decides nothing', () => {
    const [statement] = statements;
    assert.ok(statement);
    const unknown = [{ ...statement, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }];
    const attempt = { action: 's3:GetObject', resource: 'arn:aws:s3:::footfall-prod/track.zip' };
    assert.throws(() => allows(unknown, attempt), /has the condition Bool/);
  });
});

describe('needs of a resource', () => {
  const actionsOf = (Type: string, Properties: Record<string, unknown>) =>
    needsOf('Name', { Type, Properties }).map(({ action }) => action);

  test('end in an error for a type without facts', () => {
    assert.throws(() => actionsOf('AWS::Kinesis::Stream', {}), /AWS::Kinesis::Stream has no facts/);
  });

  test('hold what only a property takes, at any depth, where the resource has the property', () => {
    const plain = actionsOf('AWS::Lambda::Function', { Code: { S3Key: 'track.zip' } });
    assert.ok(!plain.includes('s3:GetObjectVersion') && !plain.includes('ec2:DescribeVpcs'));
    const versioned = actionsOf('AWS::Lambda::Function', { Code: { S3Key: 'track.zip', S3ObjectVersion: '1' } });
    assert.ok(versioned.includes('s3:GetObjectVersion') && !versioned.includes('ec2:DescribeVpcs'));
  });
});
