import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  arn,
  arnOf,
  boundaryArn,
  bucketArn,
  connectionsArn,
  functionArn,
  lakeBucketArn,
  logs,
} from '../../deploy/arns.ts';
import { needsOf, withoutResource } from '../../deploy/needs.ts';
import { allows, matchesOne, readPolicy } from '../../deploy/policy.ts';
import { capital, nameIn, packaged, root, statementsOf as unresolved } from '../../deploy/sls.ts';
import { chosen } from './template.ts';

const { template, named, ofType } = await packaged({
  PERMISSIONS_BOUNDARY: 'footfall-boundary',
  LIVE: 'websocket',
  LAKE: 'on',
});

/** What a role says of itself with these settings, or in a template with other conditions. */
const statementsOf = (role: Record<string, unknown>, { Conditions } = template) => {
  const choose = <T>(value: T) => chosen({ ...(Conditions && { Conditions }) }, value);
  return unresolved({ Policies: (role.Policies as unknown[]).flatMap(choose) }).flatMap(choose);
};

const inAccount = (service: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:`;
/** By the ARN in a statement: its name in the tables below, and what it is called on AWS. */
const subs: Record<string, [string, string]> = {
  [`${inAccount('execute-api')}\${WebsocketsApi}/prod/POST/@connections/*`]: ['connections', connectionsArn],
  [`${inAccount('athena')}workgroup/\${LakeWorkGroup}`]: ['LakeWorkGroup', arn('athena', 'workgroup/SiteLake')],
  [`${inAccount('glue')}catalog`]: ['catalog', arn('glue', 'catalog')],
  [`${inAccount('glue')}database/\${LakeDatabase}`]: ['LakeDatabase', arn('glue', 'database/sitelake')],
  [`${inAccount('glue')}table/\${LakeDatabase}/*`]: ['its tables', arn('glue', 'table/sitelake/events')],
  ...Object.fromEntries(
    ['events', 'months', 'results', 'errors'].map((folder) => [
      `\${LakeBucket.Arn}/${folder}/*`,
      [`LakeBucket/${folder}`, `${lakeBucketArn}/${folder}/file`],
    ]),
  ),
};
const subOf = (resource: unknown) => subs[(resource as { 'Fn::Sub'?: string })['Fn::Sub'] ?? ''];

/** Returns the name of what a statement is about. It is undefined for all else, such as `*`. */
const resourceOf = (resource: unknown) => subOf(resource)?.[0] ?? nameIn(resource);
const resourcesOf = (resource: unknown) => [resource].flat().map(resourceOf);

/** What it takes to ask Athena. */
const asksLake = [
  'LakeWorkGroup athena:StartQueryExecution athena:GetQueryExecution athena:GetQueryResults athena:StopQueryExecution',
  'catalog LakeDatabase its tables glue:GetDatabase glue:GetPartitions glue:GetTable',
  'LakeBucket s3:GetBucketLocation s3:ListBucket',
  'LakeBucket/events LakeBucket/months s3:GetObject',
  'LakeBucket/results s3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject',
];
const askingLake = ['lakeCheck', 'dashboard', 'stats'];

/** What each function may do besides writing its own log: resource, actions, and the partition keys that alone are allowed. */
const grants: Record<string, string[]> = {
  liveSocket: [
    'SiteStatistics dynamodb:Query on (keys)',
    'SiteLive dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem on connections',
    'SiteLive dynamodb:UpdateItem on watch',
  ],
  track: [
    'SiteStatistics dynamodb:GetItem dynamodb:UpdateItem',
    'SiteVisitors dynamodb:UpdateItem',
    'SiteVisitors dynamodb:GetItem on ????-??-??/*',
    'Overflow sqs:SendMessage',
    'SiteLive dynamodb:GetItem on watch',
    'SiteLive dynamodb:PutItem on ring',
    'SiteLive dynamodb:Query dynamodb:DeleteItem on connections',
    'connections execute-api:ManageConnections',
    'LakeStream firehose:PutRecord',
  ],
  lakeCheck: ['SiteStatistics dynamodb:Query'],
  dashboard: [
    'SiteStatistics dynamodb:Query',
    'SiteStatistics dynamodb:UpdateItem dynamodb:DeleteItem on (keys) (notes)',
    'SiteVisitors dynamodb:UpdateItem on sign-in/*',
    'SiteLive dynamodb:Query on ring',
    'SiteLive dynamodb:UpdateItem on watch',
  ],
  stats: ['SiteStatistics dynamodb:Query'],
  drain: [
    'SiteStatistics dynamodb:GetItem dynamodb:UpdateItem',
    'Overflow sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes',
  ],
  purgeSalts: ['SiteVisitors dynamodb:DeleteItem'],
  rollup: [
    'SiteStatistics dynamodb:Query',
    'SiteStatistics dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem on (day* (month* (year* (rollup)',
    'SiteStatistics dynamodb:DeleteItem on ????-??',
  ],
};
const names = Object.keys(grants);

describe('roles', () => {
  test('there is one for each function, its own, which only Lambda may take', () => {
    assert.deepEqual(
      Object.fromEntries(ofType('AWS::Lambda::Function').map(({ FunctionName, Role }) => [FunctionName, nameIn(Role)])),
      Object.fromEntries(names.map((name) => [`footfall-prod-${name}`, `${capital(name)}Role`])),
    );
    const roles = named('AWS::IAM::Role').flatMap(([id, { Properties }]) =>
      id === 'LakeStreamRole' ? [] : [Properties],
    );
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
        return [...resourcesOf(Resource), [Action].flat().join(' '), ...(keys.length > 0 ? ['on', ...keys] : [])].join(
          ' ',
        );
      });
      const log = `${capital(name)}LogGroup logs:CreateLogStream logs:PutLogEvents`;
      assert.deepEqual(granted, [...(grants[name] ?? []), log, ...(askingLake.includes(name) ? asksLake : [])]);
    });

  test('track and dashboard reach the live view unless it is off, and track its connections only with a WebSocket', () => {
    const resources = (name: string, LIVE: string) => {
      const Conditions = JSON.parse(JSON.stringify(template.Conditions).replaceAll('["websocket",', `["${LIVE}",`));
      const role = template.Resources[`${capital(name)}Role`]?.Properties ?? {};
      const statements = statementsOf(role, { ...template, Conditions });
      return statements
        .map(({ Resource }) => resourceOf(Resource))
        .filter((name) => /Live$|connections/.test(name ?? ''));
    };
    assert.deepEqual(resources('track', 'refresh'), ['SiteLive', 'SiteLive']);
    for (const name of ['track', 'dashboard']) assert.deepEqual(resources(name, 'off'), []);
  });

  test('no statement has a wildcard for a resource or an action', () => {
    for (const { Action, Resource } of ofType('AWS::IAM::Role').flatMap((role) => statementsOf(role))) {
      assert.doesNotMatch(JSON.stringify(Action), /\*/);
      for (const name of resourcesOf(Resource)) assert.ok(name, JSON.stringify(Resource));
    }
  });

  test('the stream may only write into the folders of records and of errors, and only Firehose may take its role, for this account', () => {
    const { AssumeRolePolicyDocument, ...role } = template.Resources.LakeStreamRole?.Properties ?? {};
    assert.deepEqual(
      statementsOf(role).map(({ Action, Resource }) => [Action, resourcesOf(Resource)]),
      [
        [['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], ['LakeBucket']],
        [
          ['s3:AbortMultipartUpload', 's3:PutObject'],
          ['LakeBucket/events', 'LakeBucket/errors'],
        ],
      ],
    );
    assert.deepEqual((AssumeRolePolicyDocument as { Statement: unknown }).Statement, [
      {
        Effect: 'Allow',
        Principal: { Service: 'firehose.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test('no function reaches the lake with LAKE=off', () => {
    const Conditions = JSON.parse(JSON.stringify(template.Conditions).replaceAll('["on","on"]', '["off","on"]'));
    for (const name of ['Track', 'Dashboard', 'Stats']) {
      const role = template.Resources[`${name}Role`]?.Properties ?? {};
      assert.match(JSON.stringify(statementsOf(role)), /Lake/);
      assert.doesNotMatch(JSON.stringify(statementsOf(role, { ...template, Conditions })), /Lake/);
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

const deployer = await readPolicy('deploy-policy');
const lakeDeployer = await readPolicy('deploy-policy-lake');
const both = [...deployer.statements, ...lakeDeployer.statements];
const boundary = await readPolicy('permissions-boundary');

describe('infra/deploy-policy.json', () => {
  const refused = (action: string, resource: string, statements = deployer.statements) =>
    allows(statements, { action, resource }) ? [] : [`${action} ${resource}`];

  test('allows to create, read, change and delete each resource of the template, with infra/deploy-policy-lake.json those of the lake', () => {
    const missing = Object.entries(template.Resources).flatMap(([id, resource]) =>
      needsOf(id, resource)
        .filter((need) => !allows(id.startsWith('Lake') ? both : deployer.statements, need))
        .map(({ action, resource }) => `${action} ${resource}`),
    );
    assert.deepEqual([...new Set(missing)], []);
  });

  test('allows what sls and CloudFormation ask for besides', () => {
    const stack = arn('cloudformation', 'stack/footfall-prod/1');
    const verbs =
      'CreateChangeSet DeleteChangeSet DeleteStack DescribeChangeSet DescribeEvents DescribeStackEvents DescribeStackResource DescribeStacks ExecuteChangeSet GetTemplate ListStackResources TagResource UntagResource';
    assert.deepEqual(
      [
        ...verbs.split(' ').flatMap((verb) => refused(`cloudformation:${verb}`, stack)),
        ...refused('cloudformation:DescribeEvents', arn('cloudformation', 'changeSet/footfall-prod-change-set/1')),
        ...refused('cloudformation:ValidateTemplate', '*'),
        ...['PutObject', 'GetObject', 'DeleteObject'].flatMap((verb) =>
          refused(`s3:${verb}`, `${bucketArn}/track.zip`),
        ),
        ...['DescribeLogStreams', 'FilterLogEvents'].flatMap((verb) => refused(`logs:${verb}`, `${logs(undefined)}:*`)),
        ...refused('lambda:InvokeFunction', functionArn),
      ],
      [],
    );
  });

  test('allows what npm run doctor reads', async () => {
    const folder = join(root, 'deploy/doctor');
    const sources = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    const resources: Record<string, string> = {
      'cloudformation:DescribeStacks': arn('cloudformation', 'stack/footfall-prod/1'),
      'cloudwatch:DescribeAlarms': '*',
      'firehose:DescribeDeliveryStream': arn('firehose', 'deliverystream/footfall-prod-lake'),
      'lambda:GetAccountSettings': '*',
      'lambda:InvokeFunction': functionArn,
      'sns:ListSubscriptionsByTopic': arn('sns', 'footfall-prod-AlarmTopic-A1B2C3'),
      'sqs:GetQueueAttributes': arn('sqs', 'footfall-prod-Overflow-A1B2C3'),
    };
    const actions = sources.flatMap((text) => text.match(/(?<=')[a-z]+:[A-Z][A-Za-z]+/g) ?? []);
    // Everybody may ask who they are.
    assert.deepEqual(actions.filter((each) => each !== 'sts:GetCallerIdentity').sort(), Object.keys(resources));
    const missing = Object.entries(resources).flatMap(([action, resource]) => refused(action, resource, both));
    assert.deepEqual(missing, []);
  });

  test('allows nothing of others, and no role without the boundary or for another service than Lambda and Firehose', () => {
    const own = {
      sitelake: 'otherlake',
      SiteLake: 'OtherLake',
      footfall: 'other',
      SiteStatistics: 'Orders',
      SiteVisitors: 'Customers',
      SiteLive: 'Sales',
    };
    for (const [id, resource] of Object.entries(template.Resources)) {
      const is = arnOf(id, resource);
      const others = Object.entries(own).reduce((text, [mine, theirs]) => text.replace(mine, theirs), is);
      // Their names are drawn by AWS: these are told apart by region and account only, mappings also by function.
      if (/:(apigateway|budgets):|event-source-mapping/.test(is)) continue;
      for (const { action } of needsOf(id, resource).filter((need) => need.resource === is))
        assert.ok(!allows(both, { action, resource: others }), `${action} ${others}`);
    }
    const conditionOf = (action: string) =>
      both.filter(({ Action }) => matchesOne(action, Action)).map(({ Condition }) => Condition);
    const bounded = { StringEquals: { 'iam:PermissionsBoundary': boundaryArn } };
    for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'])
      assert.deepEqual(conditionOf(action), [bounded]);
    assert.deepEqual(conditionOf('iam:PassRole'), [
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      { StringEquals: { 'iam:PassedToService': 'firehose.amazonaws.com' } },
    ]);
    for (const action of ['AttachRolePolicy', 'DeleteRolePermissionsBoundary', 'CreatePolicyVersion', 'CreateUser'])
      assert.deepEqual(conditionOf(`iam:${action}`), []);
  });

  test('has a wildcard for a resource only where AWS takes no name, or where a condition names the function', () => {
    for (const { Action, Resource, Condition } of both) {
      if (![Resource].flat().includes('*')) continue;
      for (const action of [Action].flat())
        assert.ok(withoutResource.includes(action) || Condition?.ArnLike?.['lambda:FunctionArn'], action);
    }
  });

  test('is no longer than IAM takes: 6,144 characters, white space left out, in the region with the longest name', () => {
    for (const { size } of [deployer, lakeDeployer, boundary]) assert.ok(size <= 6_144, `${size} characters`);
  });
});

test('infra/permissions-boundary.json allows what the roles allow', () => {
  const missing = ofType('AWS::IAM::Role')
    .flatMap((role) => statementsOf(role))
    .flatMap(({ Action, Resource }) =>
      [Resource].flat().flatMap((each) => {
        const id = nameIn(each) ?? '';
        const made = template.Resources[id];
        const resource = made ? arnOf(id, made) : (subOf(each)?.[1] ?? '');
        assert.ok(resource, JSON.stringify(each));
        return [Action]
          .flat()
          .flatMap((action) => (allows(boundary.statements, { action, resource }) ? [] : `${action} ${resource}`));
      }),
    );
  assert.deepEqual(missing, []);
});
