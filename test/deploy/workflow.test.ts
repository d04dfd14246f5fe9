import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from './sls.ts';

const require = createRequire(import.meta.url);
const { load } = require('js-yaml');
const schema = require(join(root, 'node_modules/serverless/lib/utils/serverless-utils/cloudformation-schema.js'));

const text = await readFile(join(root, '.github/workflows/deploy.yml'), 'utf8');
const { jobs, permissions } = load(text);
interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, string>;
}
const steps: Step[] = Object.values<{ steps: Step[] }>(jobs).flatMap((job) => job.steps);

describe('the workflow that deploys', () => {
  test('tests first, and deploys from the environment production', () => {
    assert.deepEqual([jobs.deploy.needs, jobs.deploy.environment], ['test', 'production']);
    assert.ok(jobs.test.steps.some(({ run }: Step) => run === 'npm test'));
    assert.equal(jobs.deploy.steps.at(-1).run, 'npx sls deploy');
  });

  test('may ask GitHub to vouch for it only where it deploys, and may else only read', () => {
    assert.deepEqual(permissions, { contents: 'read' });
    assert.equal(jobs.test.permissions, undefined);
    assert.deepEqual(jobs.deploy.permissions, { contents: 'read', 'id-token': 'write' });
  });

  test('takes a role, and no key', () => {
    const credentials = steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    assert.deepEqual(Object.keys(credentials?.with ?? {}), ['role-to-assume', 'aws-region']);
    assert.doesNotMatch(text, /access[-_]key/i);
    assert.deepEqual(text.match(/secrets\.\w+/g), ['secrets.DASHBOARD_PASSWORD_HASH']);
  });

  test('uses actions by their commit, which nobody can change, and puts nothing from outside into a command', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    assert.equal(used.length, 5);
    for (const action of used) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    for (const { run = '' } of steps) assert.doesNotMatch(run, /\$\{\{/);
  });
});

test('the role is for one environment of one repository, with the policy of who deploys alone', async () => {
  const role = load(await readFile(join(root, 'infra/github-role.yml'), 'utf8'), { schema }).Resources.Role;
  const { ManagedPolicyArns, AssumeRolePolicyDocument, ...others } = role.Properties;
  assert.deepEqual(others, { MaxSessionDuration: 3600 });
  assert.deepEqual(ManagedPolicyArns, [
    { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/\${Policy}` },
  ]);
  const [statement, ...more] = AssumeRolePolicyDocument.Statement;
  assert.deepEqual(more, []);
  assert.deepEqual(statement.Condition, {
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': { 'Fn::Sub': `repo:\${Repository}:environment:\${Environment}` },
    },
  });
});
