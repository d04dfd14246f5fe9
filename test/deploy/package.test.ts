import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import type { Request, Response } from '../../functions/http.ts';
import { startDatabase } from '../../local/database.ts';
import { httpEvent } from '../../local/event.ts';
import { close, listen } from '../../local/listen.ts';
import { eventsSnippetFor, snippetFor } from '../../snippet/embed.ts';
import { firefox, numbersIn } from '../functions/footfall.ts';

const root = join(import.meta.dirname, '../..');
const folder = await mkdtemp(join(tmpdir(), 'footfall-package-'));
const workFolder = `.local/${folder.split('/').at(-1)}`;
after(() => rm(folder, { recursive: true, force: true }));
after(() => rm(join(root, workFolder), { recursive: true, force: true }));

/** Runs `sls` as an owner does: no AWS credentials, no region. */
async function sls(args: string[], settings: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME: join(HOME, 'nowhere'), FOOTFALL_WORK_FOLDER: workFolder, ...settings };
  return promisify(execFile)(join(root, 'node_modules/.bin/sls'), args, { cwd: root, env });
}

await sls(['package', '--package', folder], {
  SITES: 'blog.example.com',
  TIME_ZONE: 'Europe/Berlin',
  PUBLIC_DASHBOARD: 'true',
});
const template = JSON.parse(await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
const resources: { Type: string; Properties: Record<string, unknown> }[] = Object.values(template.Resources);
const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

interface Statement {
  Action: unknown;
  Resource: unknown;
  /** By operator: the partition keys that alone are allowed. */
  Condition?: Record<string, Record<string, string[]>>;
}

describe('the template', () => {
  test('has one role per function, with the actions that it needs on the tables that it needs', () => {
    const grants = ofType('AWS::IAM::Role').map(({ Policies }) =>
      (Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(({ PolicyDocument }) =>
        PolicyDocument.Statement.map(({ Action, Resource, Condition = {} }) => [
          Action,
          Resource,
          ...Object.values(Condition).flatMap((keys) => keys['dynamodb:LeadingKeys'] ?? []),
        ]),
      ),
    );
    const table = { 'Fn::GetAtt': ['SiteStatistics', 'Arn'] };
    const visitors = { 'Fn::GetAtt': ['SiteVisitors', 'Arn'] };
    const [get, update] = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
    const logs = (group: string) => [['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': [group, 'Arn'] }];
    assert.deepEqual(grants, [
      [[[get, update], table], [update, visitors], logs('TrackLogGroup')],
      [
        ['dynamodb:Query', table],
        [update, table, '(keys)'],
        [update, visitors, 'sign-in/*'],
        logs('DashboardLogGroup'),
      ],
      [['dynamodb:Query', table], [update, table, '(keys)'], logs('StatsLogGroup')],
      [['dynamodb:DeleteItem', visitors], logs('ForgetLogGroup')],
      [['dynamodb:Query', table], ['dynamodb:BatchWriteItem', table, '????-??', '(months)'], logs('MonthsLogGroup')],
    ]);
  });

  test('runs the functions as designed', () => {
    assert.deepEqual(
      ofType('AWS::Lambda::Function').map(({ FunctionName, Runtime, Architectures, MemorySize, Role }) => [
        FunctionName,
        Runtime,
        Architectures,
        MemorySize,
        Role,
      ]),
      [
        ['footfall-prod-track', 'nodejs24.x', ['arm64'], 256, { 'Fn::GetAtt': ['TrackRole', 'Arn'] }],
        ['footfall-prod-dashboard', 'nodejs24.x', ['arm64'], 1024, { 'Fn::GetAtt': ['DashboardRole', 'Arn'] }],
        ['footfall-prod-stats', 'nodejs24.x', ['arm64'], 1024, { 'Fn::GetAtt': ['StatsRole', 'Arn'] }],
        ['footfall-prod-forget', 'nodejs24.x', ['arm64'], 128, { 'Fn::GetAtt': ['ForgetRole', 'Arn'] }],
        ['footfall-prod-months', 'nodejs24.x', ['arm64'], 2048, { 'Fn::GetAtt': ['MonthsRole', 'Arn'] }],
      ],
    );
    assert.deepEqual(
      ofType('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey),
      ['POST /track', 'GET /dashboard', 'POST /dashboard', 'GET /stats.json', 'GET /stats.csv', 'GET /feed.xml'],
    );
    assert.deepEqual(
      ofType('AWS::Events::Rule').map(({ ScheduleExpression }) => ScheduleExpression),
      ['rate(6 hours)', 'cron(30 3 * * ? *)'],
    );
    assert.deepEqual(
      ofType('AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays),
      [30, 30, 30, 30, 30],
    );
  });

  test('keeps the tables as store/tables.json has them, with expiry; statistics with backups, visitors without', async () => {
    assert.equal(template.Resources.SiteStatistics.UpdateReplacePolicy, 'Retain');
    const tables = JSON.parse(await readFile(join(root, 'store/tables.json'), 'utf8'));
    assert.deepEqual(ofType('AWS::DynamoDB::Table'), [
      {
        TableName: 'SiteStatistics',
        ...tables.SiteStatistics,
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
      {
        TableName: 'SiteVisitors',
        ...tables.SiteVisitors,
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      },
    ]);
  });

  test('names no account and no region', () => {
    assert.doesNotMatch(JSON.stringify(template), /\b\d{12}\b|us-east-1/);
  });
});

describe('the packaged functions, unpacked into an empty folder, under plain Node.js', () => {
  const caller = `
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    const { handler } = await import(process.argv[1]);
    const response = await handler(JSON.parse(text));
    console.log(JSON.stringify(response));`;

  async function invoke(name: string, settings: Record<string, string>, event: Request): Promise<Response> {
    const home = await mkdtemp(join(folder, `${name}-`));
    const files = Object.entries(unzipSync(await readFile(join(folder, `${name}.zip`))));
    assert.deepEqual(
      files.map(([path]) => path),
      [`functions/${name}.mjs`],
    );
    for (const [path, content] of files) {
      await mkdir(join(home, dirname(path)), { recursive: true });
      await writeFile(join(home, path), content);
    }
    const args = ['--input-type=module', '-e', caller, join(home, `functions/${name}.mjs`)];
    const child = spawn(process.execPath, args, { cwd: home, env: settings, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(JSON.stringify(event));
    const [answers, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
    assert.equal(errors.join(''), '', 'nothing is written to the log');
    const lines = answers.join('').trimEnd().split('\n');
    assert.equal(lines.length, 1, 'nothing but the answer is written');
    return JSON.parse(lines.join(''));
  }

  const bundle = async (name: string) =>
    Buffer.from(Object.values(unzipSync(await readFile(join(folder, `${name}.zip`))))[0] ?? []).toString();

  test('carry nothing of the simulator, and track nothing of the dashboard', async () => {
    const [track, dashboard] = await Promise.all([bundle('track'), bundle('dashboard')]);
    for (const code of [track, dashboard]) assert.doesNotMatch(code, /copied\.example|xoroshiro|dynalite/);
    assert.match(dashboard, /Not counted, and why/);
    assert.doesNotMatch(dashboard, /Vivaldi|semalt|Kiritimati/);
    assert.match(track, /Vivaldi.*semalt|semalt.*Vivaldi/s);
    assert.doesNotMatch(track, /Not counted, and why|vega/);
  });

  test('carry no other way to credentials than the environment, and no import of a whole built-in module', async () => {
    for (const name of ['track', 'dashboard', 'stats', 'forget', 'drain']) {
      const code = await bundle(name);
      assert.match(code, /AWS_ACCESS_KEY_ID/);
      assert.doesNotMatch(code, /GetRoleCredentials|\bfrom ?"(node:)?(http|crypto|fs)"/);
    }
  });

  test('count a view and show it', async (t) => {
    const database = await startDatabase();
    t.after(() => database.close());
    const settings = {
      ...database.environment,
      SITES: 'blog.example.com',
      TIME_ZONE: 'Europe/Berlin',
      PUBLIC_DASHBOARD: 'true',
    };
    const epoch = Date.parse('2026-11-21T23:30:00Z');
    const headers = { 'user-agent': firefox };
    const hit = (url: string) =>
      invoke(
        'track',
        settings,
        httpEvent({ method: 'POST', path: '/track', headers, body: JSON.stringify({ url }), epoch }),
      );
    assert.deepEqual(await hit('https://blog.example.com/'), { statusCode: 204 });
    assert.deepEqual(await hit('https://secret.example/'), {
      statusCode: 403,
      headers: { 'x-footfall': 'foreign site' },
    });
    const { body = '' } = await invoke('dashboard', settings, httpEvent({ epoch }));
    const { days, pages } = numbersIn(Buffer.from(body, 'base64').toString());
    assert.deepEqual(days.at(-1), ['2026-11-22', '1']);
    assert.deepEqual(pages, [['1', '/', '1']]);
  });
});

describe('sls package stops with a sentence', () => {
  const run = (settings: Record<string, string>, want: RegExp) =>
    test(JSON.stringify(settings), async () => {
      const failure = await sls(['package', '--package', join(folder, 'none')], settings).catch((error) => error);
      assert.equal(failure.code, 1);
      assert.match(failure.stderr + failure.stdout, want);
    });

  run({ SITES: ',' }, /^SITES is not set: name the hosts whose pages are counted/m);
  run({ SITES: 'a.example' }, /^The dashboard has no password: run npm run password and set what it prints/m);
  run({ SITES: 'a.example', DASHBOARD_PASSWORD_HASH: 'secret' }, /^DASHBOARD_PASSWORD_HASH is not what/m);
  run({ SITES: 'a.example', TIME_ZONE: 'Berlin' }, /^TIME_ZONE is "Berlin", which is not an IANA time zone/m);
});

test('sls info, as sls deploy at its end, tells the address of the dashboard and the snippets', async (t) => {
  const api = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com';
  const outputs = Object.entries({ DashboardUrl: `${api}/dashboard`, TrackUrl: `${api}/track` })
    .map(([key, url]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${url}</OutputValue></member>`)
    .join('');
  const answers: Record<string, string> = {
    DescribeStacks: `<Stacks><member><StackName>footfall-prod</StackName><Outputs>${outputs}</Outputs></member></Stacks>`,
    ListStackResources: '<StackResourceSummaries></StackResourceSummaries>',
  };
  // Stands in for AWS: CloudFormation's answers in its own protocol.
  const cloudFormation = createServer(async (request, response) => {
    const action = new URLSearchParams((await request.toArray()).join('')).get('Action') ?? '';
    response.setHeader('content-type', 'text/xml');
    response.end(`<${action}Response><${action}Result>${answers[action]}</${action}Result></${action}Response>`);
  });
  const port = await listen(cloudFormation);
  t.after(() => close(cloudFormation));
  const { stdout } = await sls(['info'], {
    SITES: 'blog.example.com',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://localhost:${port}`,
  });
  assert.match(stdout, new RegExp(`^dashboard: ${api}/dashboard$`, 'm'));
  for (const block of [snippetFor(`${api}/track`), eventsSnippetFor(`${api}/track`)])
    assert.ok(stdout.includes(`\n${block}\n`), stdout);
});
