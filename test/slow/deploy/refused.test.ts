import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Statement } from '../../deploy/sls.ts';
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
