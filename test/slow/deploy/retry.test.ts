import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { makeChangeSet } from './change-set.ts';
import { laterArtifact, rehearse } from './rehearsal.ts';
import { newStack } from './stack.ts';

const quota =
  'Resource handler returned message: "Limit exceeded" (RequestToken: 1, HandlerErrorCode: ServiceLimitExceeded)';
const statistics = 'AWS::DynamoDB::Table SiteStatistics';

describe('a deploy that fails', () => {
  rehearse('half way can be repeated at once: no table is left, and the roll-back is waited for', async (rehearsal) => {
    const { account, sls } = rehearsal;
    account.failures.set('SiteVisitors', quota);
    const failed = await sls('deploy');
    assert.equal(failed.code, 1);
    assert.match(failed.output, /SiteVisitors[\s\S]*Limit exceeded/);
    assert.ok(!account.named.has(statistics), 'the empty table goes');
    account.failures.clear();
    const { code, output } = await sls('deploy');
    assert.equal(code, 0, output);
    assert.match(output, /Waiting for the stack, which is in UPDATE_ROLLBACK_IN_PROGRESS/);
    assert.ok(account.named.has(statistics));
  });

  rehearse('on a change can be repeated, though its files are uploaded already', async ({ account, sls }) => {
    assert.equal((await sls('deploy')).code, 0);
    const unitsOf = () => JSON.stringify(account.stacks[0]?.resources.SiteVisitors?.Properties.OnDemandThroughput);
    const artifact = await laterArtifact(1, (state) =>
      state.replaceAll('"MaxWriteRequestUnits": "50"', '"MaxWriteRequestUnits": "60"'),
    );
    account.failures.set('SiteVisitors', quota);
    assert.equal((await sls('deploy', { artifact })).code, 1);
    assert.match(unitsOf(), /50/);
    account.failures.clear();
    const { code, output } = await sls('deploy', { artifact });
    assert.equal(code, 0, output);
    assert.match(unitsOf(), /60/);
  });

  rehearse('at its bucket can be repeated: no stack is left that would be in the way', async ({ account, sls }) => {
    account.failures.set('ServerlessDeploymentBucket', quota);
    const failed = await sls('deploy');
    assert.equal(failed.code, 1);
    assert.match(failed.output, /ServerlessDeploymentBucket[\s\S]*Limit exceeded/);
    account.failures.clear();
    const { code, output } = await sls('deploy');
    assert.equal(code, 0, output);
    assert.deepEqual(
      account.stacks.map(({ status }) => status),
      ['DELETE_COMPLETE', 'UPDATE_COMPLETE'],
    );
  });

  rehearse('before anything is created can be repeated', async ({ account, sls }) => {
    account.stacks.push(newStack('footfall-prod', 1));
    const { code, output } = await sls('deploy');
    assert.equal(code, 0, output);
    assert.match(output, /Deleting the stack that an earlier deploy could not create \(REVIEW_IN_PROGRESS\)/);
  });

  rehearse('while somebody else begins one leaves their stack alone', async ({ account, sls }) => {
    const stack = newStack('footfall-prod', 1);
    account.stacks.push(stack);
    const name = 'footfall-prod-change-set';
    const input = { ChangeSetName: name, ChangeSetType: 'CREATE' };
    stack.changeSets.set(
      name,
      makeChangeSet(account, stack, { Resources: { Any: { Type: 'AWS::S3::Bucket', Properties: {} } } }, input),
    );
    const { code, output } = await sls('deploy');
    assert.equal(code, 1);
    assert.match(output, /is in the 'REVIEW_IN_PROGRESS' state/);
    assert.deepEqual([account.stacks.length, stack.status], [1, 'REVIEW_IN_PROGRESS']);
  });
});
