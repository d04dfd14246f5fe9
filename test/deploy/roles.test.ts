import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { account, arn, inRegion, logs, needs, region } from './needs.ts';
import { capital, nameIn, packaged, root, type Statement, statementsOf } from './sls.ts';

const { template, ofType } = await packaged({ PERMISSIONS_BOUNDARY: 'footfall-boundary' });

/** What each function may do besides writing its own log: resource, actions, and the partition keys that alone are allowed. */
const grants: Record<string, string[]> = {
  track: [
    'SiteStatistics dynamodb:GetItem dynamodb:UpdateItem',
    'SiteVisitors dynamodb:UpdateItem',
    'Overflow sqs:SendMessage',
  ],
  dashboard: [
    'SiteStatistics dynamodb:Query',
    'SiteStatistics dynamodb:UpdateItem on (keys)',
    'SiteVisitors dynamodb:UpdateItem on sign-in/*',
  ],
  stats: ['SiteStatistics dynamodb:Query', 'SiteStatistics dynamodb:UpdateItem on (keys)'],
  drain: [
    'SiteStatistics dynamodb:GetItem dynamodb:UpdateItem',
    'Overflow sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes',
  ],
  purgeSalts: ['SiteVisitors dynamodb:DeleteItem'],
  rollup: ['SiteStatistics dynamodb:Query', 'SiteStatistics dynamodb:BatchWriteItem on ????-?? (months)'],
};
const names = Object.keys(grants);

describe('roles', () => {
  test('there is one for each function, its own, which only Lambda may take', () => {
    assert.deepEqual(
      Object.fromEntries(ofType('AWS::Lambda::Function').map(({ FunctionName, Role }) => [FunctionName, nameIn(Role)])),
      Object.fromEntries(names.map((name) => [`footfall-prod-${name}`, `${capital(name)}Role`])),
    );
    const roles = ofType('AWS::IAM::Role');
    assert.equal(roles.length, names.length);
    for (const { ManagedPolicyArns, AssumeRolePolicyDocument } of roles) {
      assert.equal(ManagedPolicyArns, undefined);
      const { Statement } = AssumeRolePolicyDocument as { Statement: unknown };
      assert.deepEqual(Statement, [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ]);
    }
  });

  for (const name of names)
    test(`${name} may do what is in the table and write its own log, and nothing else`, () => {
      const role = template.Resources[`${capital(name)}Role`]?.Properties ?? {};
      const granted = statementsOf(role).map(({ Effect, Action, Resource, Condition = {} }) => {
        assert.equal(Effect, 'Allow');
        const keys = Object.values(Condition).flatMap((each) => each['dynamodb:LeadingKeys'] ?? []);
        return [nameIn(Resource), [Action].flat().join(' '), ...(keys.length > 0 ? ['on', ...keys] : [])].join(' ');
      });
      const log = `${capital(name)}LogGroup logs:CreateLogStream logs:PutLogEvents`;
      assert.deepEqual(granted, [...(grants[name] ?? []), log]);
    });

  test('no statement has a wildcard for a resource or an action', () => {
    for (const { Action, Resource } of ofType('AWS::IAM::Role').flatMap(statementsOf)) {
      assert.doesNotMatch(JSON.stringify(Action), /\*/);
      assert.ok(nameIn(Resource), JSON.stringify(Resource));
    }
  });

  test('are bounded by the policy that is set', () => {
    for (const { PermissionsBoundary } of ofType('AWS::IAM::Role'))
      assert.deepEqual(PermissionsBoundary, {
        'Fn::If': [
          'HasPermissionsBoundary',
          { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/footfall-boundary` },
          { Ref: 'AWS::NoValue' },
        ],
      });
  });
});

/** The policies of the folder infra/, as docs/deploying.md has them filled in. */
async function policy(name: string) {
  const text = await readFile(join(root, 'infra', `${name}.json`), 'utf8');
  const filled = text.replaceAll('REGION', region).replaceAll('ACCOUNT', account);
  const statements: Statement[] = JSON.parse(filled).Statement;
  return { size: filled.replace(/\s/g, '').length, statements };
}
const deployer = await policy('deploy-policy');
const boundary = await policy('permissions-boundary');

/** Whether `text` is one of the patterns, in which `*` stands for anything. */
const isOneOf = (text: string, patterns: string | string[]) =>
  [patterns].flat().some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(text);
  });
const allows = (statements: Statement[], action: string, arn: string) =>
  statements.some(
    ({ Effect, Action, Resource }) =>
      Effect === 'Allow' && isOneOf(action, Action) && isOneOf(arn, Resource as string | string[]),
  );

describe('infra/deploy-policy.json', () => {
  test('allows to create, change and delete each resource of the template', () => {
    const missing = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
      const need = needs[Type];
      assert.ok(need, `${Type} is not in the table above`);
      const is = need.is(id, Properties);
      return need.actions
        .split(' ')
        .flatMap((action) => (allows(deployer.statements, action, is) ? [] : `${action} ${is}`));
    });
    assert.deepEqual(missing, []);
  });

  test('allows what sls itself asks, and to create what has no name yet', () => {
    const stack = arn('cloudformation', 'stack/footfall-prod/1');
    for (const verb of [
      ...[
        'DescribeStacks',
        'CreateChangeSet',
        'DescribeChangeSet',
        'ExecuteChangeSet',
        'DeleteChangeSet',
        'TagResource',
      ],
      ...['DescribeStackEvents', 'DescribeStackResource', 'ListStackResources', 'GetTemplate', 'DeleteStack'],
    ])
      assert.ok(allows(deployer.statements, `cloudformation:${verb}`, stack), verb);
    const object = 'arn:aws:s3:::footfall-prod-serverlessdeploymentbucket-a1b2c3/serverless/footfall/prod/1/track.zip';
    for (const verb of ['PutObject', 'GetObject', 'DeleteObject'])
      assert.ok(allows(deployer.statements, `s3:${verb}`, object), verb);
    for (const path of ['apis', 'domainnames'])
      assert.ok(allows(deployer.statements, 'apigateway:POST', inRegion(path)), path);
    for (const verb of ['DescribeLogStreams', 'FilterLogEvents'])
      assert.ok(allows(deployer.statements, `logs:${verb}`, `${logs(undefined)}:*`), verb);
    assert.ok(allows(deployer.statements, 'cloudformation:ValidateTemplate', '*'));
  });

  test('allows nothing of others, and no role without the boundary or for another service than Lambda', () => {
    const own = { footfall: 'other', SiteStatistics: 'Orders', SiteVisitors: 'Customers' };
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      const is = needs[Type]?.is(id, Properties) ?? '';
      const others = Object.entries(own).reduce((text, [mine, theirs]) => text.replace(mine, theirs), is);
      // Their names are drawn by AWS: these are told apart by region and account only, mappings also by function.
      if (/:(apigateway|budgets):|event-source-mapping/.test(is)) continue;
      for (const action of (needs[Type]?.actions ?? '').split(' ').filter((each) => each !== 'sns:Unsubscribe'))
        assert.ok(!allows(deployer.statements, action, others), `${action} ${others}`);
    }
    const conditionOf = (action: string) =>
      deployer.statements.filter(({ Action }) => isOneOf(action, Action)).map(({ Condition }) => Condition);
    const bounded = { StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/footfall-boundary` } };
    for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'])
      assert.deepEqual(conditionOf(action), [bounded]);
    assert.deepEqual(conditionOf('iam:PassRole'), [
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ]);
    for (const action of ['AttachRolePolicy', 'DeleteRolePermissionsBoundary', 'CreatePolicyVersion', 'CreateUser'])
      assert.deepEqual(conditionOf(`iam:${action}`), []);
  });

  test('has a wildcard for a resource only where AWS takes no name', () => {
    const anywhere = deployer.statements.filter(({ Resource }) => [Resource].flat().includes('*'));
    assert.deepEqual(
      anywhere.map(({ Action, Condition }) => [[Action].flat().join(' '), Condition !== undefined]),
      [
        ['cloudformation:ValidateTemplate sns:Unsubscribe', false],
        [
          'lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping lambda:GetEventSourceMapping lambda:UpdateEventSourceMapping',
          true,
        ],
      ],
    );
  });

  test('is no longer than IAM takes: 6,144 characters, white space left out, in the region with the longest name', () => {
    for (const { size } of [deployer, boundary]) assert.ok(size <= 6_144, `${size} characters`);
  });
});

test('infra/permissions-boundary.json allows what the roles allow', () => {
  const missing = ofType('AWS::IAM::Role')
    .flatMap(statementsOf)
    .flatMap(({ Action, Resource }) => {
      const id = nameIn(Resource) ?? '';
      const { Type = '', Properties = {} } = template.Resources[id] ?? {};
      const is = needs[Type]?.is(id, Properties) ?? '';
      return [Action].flat().flatMap((action) => (allows(boundary.statements, action, is) ? [] : `${action} ${is}`));
    });
  assert.deepEqual(missing, []);
});
