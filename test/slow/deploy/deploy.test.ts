import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { account as accountId, region } from '../../deploy/arns.ts';
import { laterArtifact, startRehearsal } from './rehearsal.ts';

const rehearsal = await startRehearsal();
const { account, aws, sls } = rehearsal;
after(rehearsal.close);

const stack = () => account.stacks.at(-1);
const statisticsKey = 'AWS::DynamoDB::Table SiteStatistics';
const lakeKey = `AWS::S3::Bucket footfall-prod-lake-${accountId}-${region}`;
const statistics = () => account.named.get(statisticsKey);

/** Runs a command that has to succeed under the deploy policy; returns what it printed and asked. */
async function succeed(command: string, more: Record<string, string> = {}, refused: string[] = []) {
  const result = await sls(command, more);
  assert.equal(result.code, 0, result.output);
  assert.deepEqual(
    result.calls.flatMap((each) => each.refused?.action ?? []),
    refused,
    'the policy allows each call',
  );
  assert.deepEqual(aws.errors, []);
  return result;
}

describe('under the deploy policy, in this order', () => {
  test('the first deploy makes the stack and prints the address of the dashboard, and the bucket of the lake', async () => {
    const { output } = await succeed('deploy');
    assert.match(output, /Service deployed to stack footfall-prod/);
    assert.match(output, /^dashboard: https:\/\/a1b2c3\.execute-api\.ap-southeast-1\.amazonaws\.com\/dashboard$/m);
    assert.match(output, /^lake: s3:\/\/footfall-prod-lake-123456789012-ap-southeast-1$/m);
    assert.equal(stack()?.status, 'UPDATE_COMPLETE');
    assert.ok(statistics(), 'a table for the statistics');
  });

  test('a deploy without a change skips', async () => {
    const { output, operations } = await succeed('deploy');
    assert.match(output, /No changes to deploy/);
    assert.ok(!operations.includes('cloudformation:CreateChangeSet'));
  });

  test('a forced deploy of the same is an empty change set, which goes again', async () => {
    const { output, operations } = await succeed('deploy --force');
    assert.match(output, /Change set did not include any changes/);
    assert.ok(!operations.includes('cloudformation:ExecuteChangeSet'));
    assert.equal(stack()?.changeSets.size, 0);
  });

  const smallestMemory = () =>
    Math.min(
      ...Object.values(stack()?.resources ?? {}).map(({ Properties }) => Number(Properties.MemorySize ?? 9_999)),
    );
  const timestamps = () => {
    const [objects] = account.buckets.values();
    return [...new Set([...(objects?.keys() ?? [])].map((key) => /\/(\d{13})-/.exec(key)?.[1]))];
  };

  test('a change updates what has changed', async () => {
    await succeed('deploy', { artifact: await laterArtifact(1) });
    await succeed('deploy', {
      artifact: await laterArtifact(2, (state) => state.replaceAll(/"MemorySize": ?128\b/g, '"MemorySize":256')),
    });
    assert.equal(smallestMemory(), 256);
  });

  test('a roll-back brings the version before', async () => {
    const { output } = await succeed(`rollback -t ${timestamps().at(-2)}`);
    assert.match(output, /Service rolled back to timestamp/);
    assert.equal(smallestMemory(), 128);
  });

  test('info prints the address, logs its lines, and invoke the answer of the function', async () => {
    assert.match((await succeed('info')).output, /^dashboard: https:/m);
    assert.match(
      (await succeed('logs -f track --startTime 1h')).output,
      /a line of \/aws\/lambda\/footfall-prod-track/,
    );
    assert.match((await succeed('invoke -f rollup -d {"from":"2026-10-01"}')).output, /"from": "2026-10-01"/);
  });

  test('remove deletes all but the statistics and the files of the lake', async () => {
    const table = statistics();
    assert.ok(table);
    table.items = 3;
    // `sls` asks for a repository of container images, and takes a refusal for an answer.
    await succeed('remove', {}, ['ecr:DescribeRepositories']);
    assert.equal(stack()?.status, 'DELETE_COMPLETE');
    assert.deepEqual([...account.named.keys()], [statisticsKey, lakeKey]);
    assert.deepEqual(statistics(), { ...table, stackId: undefined });
    assert.equal(account.named.get(lakeKey)?.stackId, undefined);
    assert.deepEqual([...account.buckets.keys()], [lakeKey.split(' ')[1]]);
  });

  test('the next deploy takes the statistics and the files in again', async () => {
    await succeed('deploy');
    assert.equal(statistics()?.items, 3);
    assert.deepEqual([statistics()?.stackId, account.named.get(lakeKey)?.stackId], [stack()?.id, stack()?.id]);
  });
});
