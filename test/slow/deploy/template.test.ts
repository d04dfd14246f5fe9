import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';
import { lakeColumns, numberColumns } from '../../../core/lake/lake-record.ts';
import { mostReceives } from '../../../local/queue.ts';
import { capital, packaged, root } from '../../deploy/sls.ts';
import { quickHash } from '../../functions/footfall.ts';
import { wantedResources } from './template.ts';

const password = 'correct horse battery staple';
const keys = { AWS_ACCESS_KEY_ID: 'AKIDFOOTFALLEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secretOfFootfallExample' };
const DASHBOARD_PASSWORD_HASH = await quickHash(password);

/** As an owner deploys at first, and as one who has set all that can be set. */
const plain = await packaged({ TIME_ZONE: 'Europe/Berlin' });
const full = await packaged(
  {
    ...keys,
    DASHBOARD_PASSWORD_HASH,
    PUBLIC_DASHBOARD: 'false',
    LIVE: 'websocket',
    LAKE: 'on',
    LAKE_DAYS: '90',
    TIME_ZONE: 'Europe/Berlin',
    ALARM_EMAIL: 'owner@example.com',
    MONTHLY_BUDGET: '7.50',
    API_RATE: '20',
    MAX_WRITE_UNITS: '30',
    MAX_READ_UNITS: '900',
    STATISTICS_ON_REMOVE: 'Delete',
    DOMAIN: 'stats.example.com',
    CERTIFICATE_ARN: 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  },
  ['--stage', 'dev'],
);

/** What each function reads of its environment. */
const ofAll = 'SITES TIME_ZONE DETAIL_DAYS VISITORS MAX_PAGES_PER_DAY MAX_NAMES_PER_DIMENSION TABLE_PREFIX';
const asksLake = 'LAKE ATHENA_URL LAKE_DATABASE LAKE_WORK_GROUP';
const besides: Record<string, string> = {
  track: 'OVERFLOW_QUEUE_URL HIT_TIMEOUT PAGE_URLS LIVE LIVE_CONNECTIONS_URL LAKE LAKE_STREAM FIREHOSE_URL',
  dashboard: `DASHBOARD_PASSWORD_HASH PUBLIC_DASHBOARD ${asksLake} LIVE LIVE_CONNECTIONS_URL`,
  stats: `DASHBOARD_PASSWORD_HASH PUBLIC_DASHBOARD ${asksLake} PAGE_URLS RETENTION_DAYS`,
  rollup: 'RETENTION_DAYS',
  liveSocket: 'DASHBOARD_PASSWORD_HASH PUBLIC_DASHBOARD',
  lakeCheck: asksLake,
};

const memory: Record<string, number> = {
  track: 512,
  dashboard: 1769,
  stats: 1769,
  drain: 512,
  purgeSalts: 128,
  rollup: 2048,
};
const names = Object.keys(memory);

const functionsOf = ({ ofType }: typeof plain) => ofType('AWS::Lambda::Function');
const nameOf = (lambda: Record<string, unknown>) => String(lambda.FunctionName).replace(/^footfall-\w+-/, '');
const byFunction = <T>(project: (lambda: Record<string, unknown>) => T, of = plain) =>
  Object.fromEntries(functionsOf(of).map((lambda) => [nameOf(lambda), project(lambda)]));

describe('functions', () => {
  test('run on Node.js 24, on ARM, with the memory of the table', () => {
    assert.deepEqual(
      byFunction(({ Runtime, Architectures, MemorySize }) => [Runtime, Architectures, MemorySize]),
      Object.fromEntries(names.map((name) => [name, ['nodejs24.x', ['arm64'], memory[name]]])),
    );
  });

  test('write to a log of their own, which is kept for thirty days', () => {
    assert.deepEqual(
      plain.ofType('AWS::Logs::LogGroup'),
      names.map((name) => ({ LogGroupName: `/aws/lambda/footfall-prod-${name}`, RetentionInDays: 30 })),
    );
  });

  test('get from the environment what they need, and the hash of the password only those that check it', () => {
    const variables = (lambda: Record<string, unknown>) =>
      Object.keys((lambda.Environment as { Variables: object }).Variables).join(' ');
    assert.deepEqual(
      byFunction(variables, full),
      Object.fromEntries(
        ['liveSocket', 'lakeCheck', ...names].map((name) => [name, [ofAll, besides[name] ?? []].flat().join(' ')]),
      ),
    );
  });

  test('run by the clock where there is something to end: four times a day, and every night', () => {
    assert.deepEqual(
      plain.ofType('AWS::Events::Rule').map(({ ScheduleExpression }) => ScheduleExpression),
      ['rate(6 hours)', 'cron(30 3 * * ? *)'],
    );
  });
});

describe('the API', () => {
  const ofApi = (type: string, of = plain) => of.ofType(`AWS::ApiGatewayV2::${type}`);

  test('has the routes of the pages and of the API', () => {
    assert.deepEqual(
      ofApi('Route').map(({ RouteKey }) => RouteKey),
      [
        'POST /track',
        'GET /',
        'GET /dashboard',
        'POST /dashboard',
        'GET /icon.png',
        'GET /manifest.json',
        'GET /live',
        'POST /live',
        'GET /install',
        'POST /install',
        'GET /status',
        'GET /share',
        'POST /share',
        'GET /stats.json',
        'GET /stats.csv',
        'GET /feed.xml',
        'GET /export.zip',
      ],
    );
  });

  const [stage, ...otherStages] = ofApi('Stage');

  test('gives hits a rate of their own, so that a flood of them leaves the other routes answering', () => {
    assert.deepEqual(stage?.RouteSettings, {
      'POST /track': { ThrottlingRateLimit: '25', ThrottlingBurstLimit: 500 },
    });
    const ofHits = ofApi('Stage', full).find(({ StageName }) => StageName === '$default');
    assert.deepEqual(ofHits?.RouteSettings, {
      'POST /track': { ThrottlingRateLimit: '20', ThrottlingBurstLimit: 500 },
    });
  });

  test('throttles every other route, far above what the frame of the install page asks', async () => {
    assert.deepEqual(otherStages, []);
    for (const route of ofApi('Route')) assert.deepEqual(route.ApiId, stage?.ApiId);
    assert.deepEqual(stage?.DefaultRouteSettings, { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 40 });
    const source = await readFile(join(root, 'functions/dashboard.ts'), 'utf8');
    const seconds = Number(source.match(/statusRefresh = (\d+);/)?.[1]);
    const { ThrottlingRateLimit: rate } = stage.DefaultRouteSettings as { ThrottlingRateLimit: number };
    assert.ok(rate > 3 / seconds, `Three install pages ask ${3 / seconds} times a second.`);
  });

  test('makes the stage after each route that has settings there: CloudFormation refuses an unknown one', () => {
    const { DependsOn } = plain.template.Resources.HttpApiStage ?? {};
    const keys = Object.keys(stage?.RouteSettings as object);
    const routes = plain
      .named('AWS::ApiGatewayV2::Route')
      .filter(([, { Properties }]) => keys.includes(String(Properties.RouteKey)));
    assert.equal(routes.length, keys.length);
    assert.deepEqual(
      DependsOn,
      routes.map(([id]) => id),
    );
  });

  test('has a domain where one is set', () => {
    const { Properties, Condition } = full.template.Resources.Domain ?? {};
    assert.deepEqual([Properties?.DomainName, Condition], ['stats.example.com', 'HasDomain']);
  });
});

describe('the WebSocket API', () => {
  const isOfSocket = ({ ApiId }: Record<string, unknown>) => (ApiId as { Ref?: string })?.Ref === 'WebsocketsApi';

  test('is there only with LIVE=websocket', () => {
    assert.doesNotMatch(plain.text, /WebsocketsApi|LiveSocket/);
    assert.deepEqual(byFunction(({ Environment }) => liveOf(Environment)).track, ['refresh', '']);
    assert.deepEqual(byFunction(({ Environment }) => liveOf(Environment), full).dashboard, [
      'websocket',
      { 'Fn::Sub': `https://\${WebsocketsApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/dev` },
    ]);
    const routes = full.ofType('AWS::ApiGatewayV2::Route').filter(isOfSocket);
    assert.deepEqual(
      routes.map(({ RouteKey }) => RouteKey),
      ['$connect', '$disconnect', '$default'],
    );
  });

  test('takes one request a second on each route, after a burst of the connections that there may be', () => {
    const [stage] = full.ofType('AWS::ApiGatewayV2::Stage').filter(isOfSocket);
    assert.deepEqual(stage?.DefaultRouteSettings, { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 20 });
  });
});

describe('the lake', () => {
  const propertiesOf = (id: string) => full.template.Resources[id]?.Properties ?? {};

  test('is there only with LAKE=on', () => {
    const { HasLake, HasNoLake, ...conditions } = plain.template.Conditions ?? {};
    assert.deepEqual(HasLake, { 'Fn::Equals': ['off', 'on'] });
    assert.deepEqual(HasNoLake, { 'Fn::Not': [{ Condition: 'HasLake' }] });
    assert.doesNotMatch(JSON.stringify(conditions), /Lake/);
    const ids = Object.entries(plain.template.Resources).filter(([id, { Type }]) =>
      /Lake|Glue|Athena|Firehose/.test(id + Type),
    );
    assert.deepEqual(ids, []);
    const { LAKE, LAKE_STREAM, FIREHOSE_URL } = byFunction(({ Environment }) => environmentOf(Environment)).track ?? {};
    assert.deepEqual([LAKE, LAKE_STREAM, FIREHOSE_URL], ['off', '', '']);
  });

  test('has a private, encrypted bucket that takes only TLS, expires files, and outlives the stack', () => {
    const { DeletionPolicy, UpdateReplacePolicy } = full.template.Resources.LakeBucket ?? {};
    assert.deepEqual([DeletionPolicy, UpdateReplacePolicy], ['RetainExceptOnCreate', 'Retain']);
    const { BucketEncryption, PublicAccessBlockConfiguration, LifecycleConfiguration } = propertiesOf('LakeBucket');
    assert.match(JSON.stringify(BucketEncryption), /"SSEAlgorithm":"AES256"/);
    assert.deepEqual(Object.values(PublicAccessBlockConfiguration as object), [true, true, true, true]);
    const { Rules } = LifecycleConfiguration as { Rules: { Prefix?: string; ExpirationInDays?: unknown }[] };
    assert.deepEqual(
      Rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]),
      [
        ['events/', '90'],
        ['results/', 7],
        ['errors/', 30],
        [undefined, undefined],
      ],
    );
    const { Statement } = propertiesOf('LakeBucketPolicy').PolicyDocument as { Statement: unknown };
    assert.deepEqual(Statement, [
      {
        ...{ Effect: 'Deny', Principal: '*', Action: 's3:*' },
        Resource: [{ 'Fn::GetAtt': ['LakeBucket', 'Arn'] }, { 'Fn::Sub': `\${LakeBucket.Arn}/*` }],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  test('is written by a stream into a folder for each day of the site, gzipped, in few files', () => {
    const { DeliveryStreamType, ExtendedS3DestinationConfiguration } = propertiesOf('LakeStream');
    const { Prefix, CustomTimeZone, CompressionFormat, BufferingHints } = ExtendedS3DestinationConfiguration as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      [DeliveryStreamType, Prefix, CustomTimeZone, CompressionFormat, BufferingHints],
      [
        'DirectPut',
        'events/day=!{timestamp:yyyy-MM-dd}/',
        'Europe/Berlin',
        'GZIP',
        { IntervalInSeconds: 900, SizeInMBs: 64 },
      ],
    );
  });

  test('has tables with the columns of a record, whose folders Athena projects, and a view of both', async () => {
    const isNumber = (name: string) => (numberColumns as readonly string[]).includes(name);
    const columns = lakeColumns.map((name) => ({ Name: name, Type: isNumber(name) ? 'int' : 'string' }));
    const tables = full.ofType('AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable);
    assert.deepEqual(
      tables.map(({ Name, PartitionKeys = [], StorageDescriptor: { Location } }) => [
        Name,
        PartitionKeys[0]?.Name,
        Location,
      ]),
      [
        ['lines', 'day', { 'Fn::Sub': `s3://\${LakeBucket}/events/` }],
        ['months', 'month', { 'Fn::Sub': `s3://\${LakeBucket}/months/` }],
        ['events', undefined, undefined],
      ],
    );
    const [lines, months, events] = tables;
    for (const table of [lines, months]) {
      assert.deepEqual(table?.StorageDescriptor.Columns, columns);
      assert.equal(table?.Parameters['projection.enabled'], 'true');
    }
    assert.equal(lines?.Parameters['projection.day.range'], 'NOW-90DAYS,NOW+1DAYS');
    assert.equal(months?.Parameters['projection.month.range'], '2026-11,NOW', 'from the first month that has a lake');
    assert.deepEqual(events?.StorageDescriptor.Columns, [...columns, { Name: 'day', Type: 'string' }]);
    const [, text = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(events?.ViewOriginalText ?? '') ?? [];
    const view = JSON.parse(Buffer.from(text, 'base64').toString());
    assert.equal(view.schema, 'site-dev-lake');
    assert.deepEqual(
      view.columns.map(({ name, type }: { name: string; type: string }) => `${name} ${type}`),
      [...lakeColumns, 'day'].map((name) => `${name} ${isNumber(name) ? 'integer' : 'varchar'}`),
    );
    assert.deepEqual(new TrinoSQL().validate(`${view.originalSql};`), []);
    const all = lakeColumns.map((name) => `${name} ${isNumber(name) ? 'integer' : 'varchar'}`).join(', ');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`create table lines (${all}, day varchar)`);
    await connection.run(`create table months (${all}, month varchar)`);
    // The last three are lines that are no records.
    await connection.run(`insert into lines (date, hour, site, page, day) values
      ('2026-11-25', 7, 'a.example', '/a', '2026-11-24'), ('2026-11-25', 7, 'a.example', null, '2026-11-24'),
      (null, 7, 'a.example', '/a', '2026-11-24'), ('2026-11-25', 24, 'a.example', '/a', '2026-11-24')`);
    await connection.run(`insert into months (date, hour, site, page, month) values
      ('2026-10-03', 8, 'a.example', '/b', '2026-10')`);
    const reader = await connection.runAndReadAll(`select date, hour, page, day from (${view.originalSql}) order by 1`);
    assert.deepEqual(reader.getRows(), [
      ['2026-10-03', 8, '/b', '2026-10-03'],
      ['2026-11-25', 7, '/a', '2026-11-24'],
    ]);
  });

  test('has a work group that bounds and encrypts each answer, whatever a question asks', () => {
    const { Name, WorkGroupConfiguration } = propertiesOf('LakeWorkGroup');
    assert.equal(Name, 'Site-dev-Lake');
    const { EngineVersion, PublishCloudWatchMetricsEnabled, ...bounds } = WorkGroupConfiguration as object &
      Record<string, unknown>;
    assert.deepEqual(bounds, {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 1_000_000_000,
      ResultConfiguration: {
        OutputLocation: { 'Fn::Sub': `s3://\${LakeBucket}/results/` },
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
      },
    });
  });

  test('tells that records are missing, and that its check fails, in the places of two other alarms', () => {
    const wanted = (of: typeof plain) =>
      Object.entries(wantedResources(of.template)).flatMap(([id, { Type }]) =>
        Type === 'AWS::CloudWatch::Alarm' ? [id] : [],
      );
    const [without, withLake] = [wanted(plain), wanted(full)];
    assert.deepEqual([without.length, withLake.length], [10, 10]);
    assert.deepEqual(
      without.filter((id) => !withLake.includes(id)),
      ['DashboardErrors', 'StatsErrors'],
    );
    const { MetricName, Dimensions, Threshold } = propertiesOf('LakeFailing');
    assert.deepEqual([MetricName, Dimensions, Threshold], ['Failures', [{ Name: 'failed', Value: 'lake' }], 0]);
    assert.deepEqual(propertiesOf('LakeCheckFailures').LogGroupName, { Ref: 'LakeCheckLogGroup' });
    const { Dimensions: watched } = propertiesOf('LakeCheckErrors');
    assert.deepEqual(watched, [{ Name: 'FunctionName', Value: { Ref: 'LakeCheckLambdaFunction' } }]);
  });

  test('is checked each night after the roll-up', () => {
    const schedules = full
      .named('AWS::Events::Rule')
      .map(([id, { Properties }]) => [id, Properties.ScheduleExpression]);
    assert.ok(schedules.some(([id, at]) => /^LakeCheck/.test(String(id)) && at === 'cron(30 5 * * ? *)'));
  });
});

interface GlueTable {
  Name: string;
  Parameters: Record<string, string>;
  PartitionKeys?: { Name: string }[];
  StorageDescriptor: { Columns: unknown; Location?: unknown };
  ViewOriginalText?: string;
}

const environmentOf = (environment: unknown) => (environment as { Variables: Record<string, unknown> }).Variables;

function liveOf(environment: unknown) {
  const { LIVE, LIVE_CONNECTIONS_URL } = (environment as { Variables: Record<string, unknown> }).Variables;
  return [LIVE, LIVE_CONNECTIONS_URL];
}

describe('tables and queues', () => {
  const tables = async () => JSON.parse(await readFile(join(root, 'infra/key-schemas.json'), 'utf8'));
  const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };

  test('tables are as infra/key-schemas.json has them, with expiry; statistics with backups, the others without; DynamoDB encrypts always, with a key of its own, and none says otherwise', async () => {
    const { SiteStatistics, SiteVisitors, SiteLive } = await tables();
    assert.deepEqual(tablesOf(plain), [
      {
        TableName: 'SiteStatistics',
        BillingMode: 'PAY_PER_REQUEST',
        ...SiteStatistics,
        TimeToLiveSpecification,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        OnDemandThroughput: { MaxWriteRequestUnits: '50', MaxReadRequestUnits: '4000' },
      },
      {
        TableName: 'SiteVisitors',
        BillingMode: 'PAY_PER_REQUEST',
        ...SiteVisitors,
        TimeToLiveSpecification,
        OnDemandThroughput: { MaxWriteRequestUnits: '50' },
      },
      {
        TableName: 'SiteLive',
        BillingMode: 'PAY_PER_REQUEST',
        ...SiteLive,
        TimeToLiveSpecification,
        OnDemandThroughput: { MaxWriteRequestUnits: 25, MaxReadRequestUnits: 500 },
      },
    ]);
  });

  test('the live view has a table unless it is off', () => {
    assert.equal(plain.template.Resources.SiteLive?.Condition, 'HasLive');
    assert.deepEqual(plain.template.Conditions?.HasLive, { 'Fn::Not': [{ 'Fn::Equals': ['refresh', 'off'] }] });
  });

  test('another stage has tables of its own, and the rate limits that are set', () => {
    assert.deepEqual(
      tablesOf(full).map(({ TableName, OnDemandThroughput }) => [TableName, OnDemandThroughput]),
      [
        ['Site-dev-Statistics', { MaxWriteRequestUnits: '30', MaxReadRequestUnits: '900' }],
        ['Site-dev-Visitors', { MaxWriteRequestUnits: '30' }],
        ['Site-dev-Live', { MaxWriteRequestUnits: 25, MaxReadRequestUnits: 500 }],
      ],
    );
  });

  test('with CAPACITY=free, statistics and visitors have no more than the free units together, and no limit of on-demand tables', () => {
    assert.deepEqual(plain.template.Conditions?.IsFree, { 'Fn::Equals': ['on-demand', 'free'] });
    const free = tablesOf(plain, true).filter(({ TableName }) => TableName !== 'SiteLive');
    for (const { BillingMode, OnDemandThroughput } of free)
      assert.deepEqual([BillingMode, OnDemandThroughput], ['PROVISIONED', undefined]);
    const sum = (unit: string) =>
      free.reduce((total, { ProvisionedThroughput }) => total + ((ProvisionedThroughput as Units)[unit] ?? 0), 0);
    assert.deepEqual([sum('WriteCapacityUnits'), sum('ReadCapacityUnits')], [25, 25]);
  });

  test('the statistics outlive the stack, unless asked, but not a deploy that fails to make it; the other tables never do', () => {
    const policies = ({ template }: typeof plain) =>
      ['SiteStatistics', 'SiteVisitors', 'SiteLive'].map((name) => template.Resources[name]?.DeletionPolicy);
    assert.deepEqual(
      [policies(plain), policies(full)],
      [
        ['RetainExceptOnCreate', undefined, undefined],
        ['Delete', undefined, undefined],
      ],
    );
    assert.equal(plain.template.Resources.SiteStatistics?.UpdateReplacePolicy, 'Retain');
  });

  test('queues are encrypted, keep what they have for 14 days, and wait for six runs of the drain', () => {
    const queues = plain.ofType('AWS::SQS::Queue');
    assert.equal(queues.length, 2);
    for (const { SqsManagedSseEnabled, MessageRetentionPeriod } of queues)
      assert.deepEqual([SqsManagedSseEnabled, MessageRetentionPeriod], [true, 1_209_600]);
    const { Timeout } = plain.template.Resources.DrainLambdaFunction?.Properties ?? {};
    assert.ok(Number(plain.template.Resources.Overflow?.Properties.VisibilityTimeout) >= 6 * Number(Timeout));
  });

  test('the drain says which messages failed, and these are tried as often as locally', () => {
    const [source, ...others] = plain.ofType('AWS::Lambda::EventSourceMapping');
    const { BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes, ScalingConfig } = source ?? {};
    assert.deepEqual(
      [BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes, ScalingConfig, others],
      [1_000, 20, ['ReportBatchItemFailures'], { MaximumConcurrency: 2 }, []],
    );
    assert.deepEqual(plain.template.Resources.Overflow?.Properties.RedrivePolicy, {
      deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
      maxReceiveCount: mostReceives,
    });
  });

  test('the bucket of the zips is encrypted', () => {
    assert.match(JSON.stringify(plain.ofType('AWS::S3::Bucket')), /"SSEAlgorithm":"AES256"/);
  });
});

type Units = Record<string, number>;

/** Returns the properties of the tables, with the choice that CloudFormation makes by CAPACITY. */
function tablesOf({ ofType }: typeof plain, isFree = false) {
  const chosen = (value: unknown) => {
    const [condition, yes, no] = (value as { 'Fn::If'?: unknown[] })['Fn::If'] ?? [];
    if (condition === undefined) return value;
    assert.equal(condition, 'IsFree');
    return isFree ? yes : no;
  };
  const isLeftOut = (value: unknown) => (value as { Ref?: string }).Ref === 'AWS::NoValue';
  return ofType('AWS::DynamoDB::Table').map((properties) =>
    Object.fromEntries(
      Object.entries(properties).flatMap(([name, value]) => (isLeftOut(chosen(value)) ? [] : [[name, chosen(value)]])),
    ),
  );
}

const isPage = ({ RouteKey }: Record<string, unknown>) => String(RouteKey).startsWith('GET ');

describe('alarms', () => {
  const alarms = plain.ofType('AWS::CloudWatch::Alarm');

  test('take at most the ten free places, of which an alarm takes one for each of its metrics', () => {
    const places = alarms.flatMap(({ Metrics = [{ MetricStat: {} }] }) =>
      (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat),
    );
    assert.ok(
      places.length <= 10,
      `${places.length} places: docs/decisions/019-alarms.md says which alarm to give up.`,
    );
  });

  test('watch the errors of each function that fails unseen, because it has no page', () => {
    const pages = JSON.stringify(plain.ofType('AWS::ApiGatewayV2::Route').filter(isPage));
    const unseen = plain.named('AWS::Lambda::Function').flatMap(([id]) => {
      const name = id.replace('LambdaFunction', '');
      return pages.includes(`"HttpApiIntegration${name}"`) ? [] : [id];
    });
    assert.deepEqual(
      unseen,
      ['track', 'drain', 'purgeSalts', 'rollup'].map((name) => `${capital(name)}LambdaFunction`),
    );
    const watched = alarms
      .filter(({ Namespace, MetricName }) => Namespace === 'AWS/Lambda' && MetricName === 'Errors')
      .map(({ Dimensions }) => (Dimensions as { Value: { Ref: string } }[])[0]?.Value.Ref);
    assert.deepEqual(
      unseen.filter((id) => !watched.includes(id)),
      [],
      'These need an alarm: docs/decisions/019-alarms.md says in whose place.',
    );
  });

  test('tell by the lines of the log and by the queues that hits are lost, or wait for long', () => {
    const filters = plain
      .ofType('AWS::Logs::MetricFilter')
      .map(({ LogGroupName, FilterPattern, MetricTransformations }) => {
        const [{ MetricName, MetricValue, Dimensions } = {}] = MetricTransformations as Record<string, unknown>[];
        return [(LogGroupName as { Ref: string }).Ref, FilterPattern, MetricName, MetricValue, Dimensions];
      });
    const byFailed = ['{ $.failed = * }', 'Failures', '1', [{ Key: 'failed', Value: '$.failed' }]];
    assert.deepEqual(filters, [
      ['TrackLogGroup', ...byFailed],
      ['DrainLogGroup', ...byFailed],
      ['TrackLogGroup', '{ $.refused = * }', 'Refusals', '$.hits', [{ Key: 'reason', Value: '$.refused' }]],
    ]);
    const alarm = (name: string) => {
      const { MetricName, Dimensions, Statistic, Threshold } = plain.template.Resources[name]?.Properties ?? {};
      return [MetricName, (Dimensions as { Value: unknown }[])[0]?.Value, Statistic, Threshold];
    };
    const queue = (name: string) => ({ 'Fn::GetAtt': [name, 'QueueName'] });
    assert.deepEqual(['HitsLost', 'DeadLettersThere', 'QueueStuck', 'TrackThrottled'].map(alarm), [
      ['Failures', 'counting', 'Sum', 0],
      ['ApproximateNumberOfMessagesVisible', queue('DeadLetters'), 'Maximum', 0],
      ['ApproximateAgeOfOldestMessage', queue('Overflow'), 'Maximum', 3600],
      ['Throttles', { Ref: 'TrackLambdaFunction' }, 'Sum', 0],
    ]);
  });

  test('and the budget mail to the address that is set', () => {
    const [topic] = full.ofType('AWS::SNS::Topic');
    assert.deepEqual(topic?.Subscription, [{ Protocol: 'email', Endpoint: 'owner@example.com' }]);
    const [budget] = full.ofType('AWS::Budgets::Budget');
    assert.match(JSON.stringify(budget), /"BudgetLimit":\{"Amount":"7.50","Unit":"USD"\}/);
    assert.deepEqual(
      ['AlarmTopic', 'MonthlyBudget'].map((name) => plain.template.Resources[name]?.Condition),
      ['HasAlarmEmail', 'HasBudget'],
    );
  });
});

describe('secrets', () => {
  test('are none in the template: no password, no key of AWS, nothing resolved; the hash only where it is needed', () => {
    for (const secret of [password, ...Object.values(keys)]) assert.ok(!full.text.includes(secret), secret);
    assert.doesNotMatch(full.text, /\{\{resolve:|\b(AKIA|ASIA)[A-Z0-9]{16}\b|PRIVATE KEY/);
    assert.equal(full.text.split(DASHBOARD_PASSWORD_HASH).length - 1, 3);
  });

  test('nor does it name an account or a region', () => {
    assert.doesNotMatch(plain.text, /\b\d{12}\b|us-east-1/);
  });
});
