import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from './sls.ts';

const require = createRequire(import.meta.url);
const { load } = require('js-yaml');
const schema = require(join(root, 'node_modules/serverless/lib/utils/serverless-utils/cloudformation-schema.js'));

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  steps: Step[];
  needs?: string;
  environment?: string;
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
}

interface Workflow {
  on: unknown;
  permissions: unknown;
  jobs: Record<string, Job>;
}

const folder = join(root, '.github/workflows');
const workflows = await Promise.all(
  (await readdir(folder)).map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8');
    const workflow: Workflow = load(text);
    return { ...workflow, file, text, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
  }),
);
const workflowOf = (file: string) =>
  workflows.find((workflow) => workflow.file === file) ?? assert.fail(`There is no ${file}.`);

for (const { file, text, on, permissions, jobs, steps } of workflows) {
  describe(`the workflow ${file}`, () => {
    test('may only read, unless a job asks for more', () => {
      assert.deepEqual(permissions, { contents: 'read' });
    });

    test('uses each action by a commit, which nobody can change, and names its version', () => {
      const lines = text.match(/uses: .*/g) ?? [];
      assert.equal(lines.length, steps.filter(({ uses }) => uses).length);
      for (const line of lines) assert.match(line, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    test('puts nothing from outside into a command', () => {
      for (const { run = '' } of steps) assert.doesNotMatch(run, /\$\{\{/);
    });

    test('leaves no token of GitHub on disk for the code that it runs', () => {
      const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      assert.equal(checkouts.length, Object.keys(jobs).length);
      for (const checkout of checkouts) assert.equal(checkout.with?.['persist-credentials'], false);
    });

    test('runs no code of a pull request with the rights of the repository', () => {
      assert.doesNotMatch(JSON.stringify(on), /pull_request_target|workflow_run/);
    });

    test('stops a job after half an hour', () => {
      for (const job of Object.values(jobs)) assert.ok(Number(job['timeout-minutes']) <= 30);
    });
  });
}

test('all workflows use the same commit of an action', () => {
  const used = workflows.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  const actions = new Set(used.map((action) => action.split('@')[0]));
  assert.equal(new Set(used).size, actions.size);
});

describe('the workflow that tests', () => {
  const { on, jobs, text } = workflowOf('test.yml');

  test('runs the fast tests and then all tests on every pull request', () => {
    assert.equal(on, 'pull_request');
    const commands = jobs.test?.steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual(commands, ['npm ci', 'npm run test:fast', 'npm test']);
  });

  test('has no secret and no right that the code of a stranger could use', () => {
    assert.doesNotMatch(text, /secrets\.|vars\./);
    assert.deepEqual(
      Object.entries(jobs).map(([name, { permissions, environment }]) => [name, permissions, environment]),
      [['test', undefined, undefined]],
    );
  });
});

describe('the workflow that deploys', () => {
  const { jobs, text, steps } = workflowOf('deploy.yml');

  test('tests first, and deploys from the environment production', () => {
    assert.deepEqual([jobs.deploy?.needs, jobs.deploy?.environment], ['test', 'production']);
    assert.ok(jobs.test?.steps.some(({ run }) => run === 'npm test'));
    assert.equal(jobs.deploy?.steps.at(-1)?.run, 'npx sls deploy');
  });

  test('may ask GitHub to vouch for it only where it deploys, and may else only read', () => {
    assert.equal(jobs.test?.permissions, undefined);
    assert.deepEqual(jobs.deploy?.permissions, { contents: 'read', 'id-token': 'write' });
  });

  test('takes a role, and no key', () => {
    const credentials = steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    assert.deepEqual(Object.keys(credentials?.with ?? {}), ['role-to-assume', 'aws-region']);
    assert.doesNotMatch(text, /access[-_]key/i);
    assert.deepEqual(text.match(/secrets\.\w+/g), ['secrets.DASHBOARD_PASSWORD_HASH']);
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
