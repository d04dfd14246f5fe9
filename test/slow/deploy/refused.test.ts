import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Statement } from '../../deploy/sls.ts';
import { keys } from './fake-aws.ts';
import { rehearse } from './rehearsal.ts';

/** A statement that allows other actions in place of one. */
const without = (statement: Statement, action: string, others: string[] = []): Statement => ({
  ...statement,
  Action: [statement.Action].flat().flatMap((each) => (each === action ? others : each)),
});

const statistics = 'AWS::DynamoDB::Table SiteStatistics';
const visitors = 'AWS::DynamoDB::Table SiteVisitors';

describe('a name that is taken', () => {
  const another = 'arn:aws:cloudformation:ap-southeast-1:123456789012:stack/another/1';
  const taken = (stackId: string | undefined) => ({ stackId, items: 3, modified: new Date() });

  rehearse('by another stack is told, with the command that shows the stack', async ({ account, sls }) => {
    account.named.set(statistics, taken(another));
    const { code, output } = await sls('deploy');
    assert.equal(code, 1);
    assert.match(output, /the table SiteStatistics exists already, outside of this stack\./);
    assert.match(
      output,
      /aws cloudformation describe-stack-resources --physical-resource-id SiteStatistics --region ap-southeast-1$/m,
    );
    assert.match(output, /set TABLE_PREFIX to another prefix/);
    assert.deepEqual(account.named.get(statistics)?.items, 3);
  });

  rehearse(
    'by a table of no stack, which is not to be kept, is told with the command that deletes it',
    async (rehearsal) => {
      const { account, sls } = rehearsal;
      account.named.set(visitors, taken(undefined));
      const { code, output } = await sls('deploy');
      assert.equal(code, 1);
      assert.match(output, /the table SiteVisitors exists already, outside of this stack\./);
      assert.match(output, /^ {2}aws dynamodb delete-table --table-name SiteVisitors --region ap-southeast-1$/m);
    },
  );

  rehearse('names the tables that it may be where AWS does not tell which it is', async ({ account, sls }) => {
    const others = ['cloudformation:DescribeChangeSet', 'cloudformation:DescribeStack*'];
    account.policy = account.policy.map((statement) => without(statement, 'cloudformation:Describe*', others));
    account.named.set(statistics, taken(another));
    const { output } = await sls('deploy');
    assert.match(output, /the table SiteStatistics or the table SiteVisitors exists already/);
  });
});

describe('credentials', () => {
  rehearse('that are missing end in a sentence that says where to read on', async ({ sls, aws }) => {
    const { code, output } = await sls('deploy', { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    assert.equal(code, 1);
    assert.match(output, /^sls found no AWS credentials\. Set AWS_PROFILE, .* as docs\/deploying\.md describes\.$/m);
    assert.doesNotMatch(output, /osls\/blob/);
    assert.equal(aws.calls.length, 0);
  });

  rehearse('that have expired end likewise', async ({ sls }) => {
    const { code, output } = await sls('info', { AWS_ACCESS_KEY_ID: keys.expired });
    assert.equal(code, 1);
    assert.match(output, /^Your AWS credentials have expired\. .* docs\/deploying\.md describes\.$/m);
  });
});

describe('a right that is missing is named, with where to read on:', () => {
  const run = (action: string) =>
    rehearse(action, async ({ account, sls }) => {
      account.policy = account.policy.map((statement) => without(statement, action));
      const { code, output } = await sls('deploy');
      assert.equal(code, 1, output);
      const sentence = `^Your AWS user lacks the right ${action}\\. .* docs/deploying\\.md#least-privilege\\.`;
      assert.match(output, new RegExp(sentence, 'm'));
    });

  run('cloudformation:CreateChangeSet');
  run('s3:ListBucket');
  // A handler of CloudFormation asks for this one, in the name of the user.
  run('apigateway:TagResource');
});
