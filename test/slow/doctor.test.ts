import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { startApp } from '../../local/app.ts';
import { folderOf, root } from '../../local/folder.ts';
import { close, freePorts, listen } from '../../local/listen.ts';
import { snippetFor } from '../../snippet/embed.ts';
import { type Answers, Refused, startAws } from './aws.ts';

/** A site of the owner, whose page a test sets. */
let html = '';
const site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
const siteHost = `localhost:${await listen(site)}`;

process.env.SITES = siteHost;
const port = await freePorts(2);
const app = await startApp(port);
const api = `http://localhost:${port}`;
const snippet = snippetFor(`${api}/track`, [siteHost]);
after(async () => {
  await Promise.all([close(site), app.close()]);
  await rm(join(root, folderOf(port)), { recursive: true, force: true });
});

/** Runs npm run doctor, without npm, as an owner who has set nothing else. */
async function doctor(args: string[], settings: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME: join(HOME, 'nowhere'), AWS_EC2_METADATA_DISABLED: 'true', ...settings };
  const command = ['--import', 'tsx', 'deploy/doctor/doctor.ts', ...args];
  return new Promise<{ code: number; lines: string[] }>((resolve) => {
    execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), lines: (stdout + stderr).split('\n').filter(Boolean) }),
    );
  });
}

const page = (head: string) => `<!doctype html><title>Mine</title>${head}<p>Hello`;

describe('npm run doctor on npm start', () => {
  const pageLines = (url: string) => [
    `  ✓ A view of ${url} counts.`,
    `  ✓ Pages of ${new URL(url).host} may read the answers of /track.`,
  ];

  test('says that all works', async () => {
    html = page(snippet);
    assert.deepEqual(await doctor(['--target', api]), {
      code: 0,
      lines: [
        `Footfall at ${api}. AWS is not checked, because --target names a URL.`,
        'Dashboard',
        '  ✓ The dashboard asks for a password.',
        '  ✓ /stats.json asks for a password.',
        'Pages',
        `  ✓ ${app.blogOrigin}/ carries the current snippet and the events block once, in the head.`,
        ...pageLines(`${app.blogOrigin}/`),
        `  ✓ http://${siteHost}/ carries the current snippet once, in the head.`,
        ...pageLines(`http://${siteHost}/`),
        'Everything works.',
      ],
    });
  });

  test('says what does not work, and what to do', async () => {
    html = page('<!-- \u001b[31m -->');
    const { code, lines } = await doctor(['--target', api, `${app.blogOrigin}/none`]);
    assert.equal(code, 1);
    const at = lines.indexOf(`  ✗ http://${siteHost}/ does not carry the snippet.`);
    assert.match(lines[at + 1] ?? '', /^ {4}→ Paste it into the head/);
    assert.ok(lines.includes(`  ✗ ${app.blogOrigin}/none answers 404.`), lines.join('\n'));
    assert.equal(lines.at(-1), 'Found 2 problems.');
  });

  test('says that none runs', async () => {
    const silent = `http://localhost:${await freePorts(1)}`;
    const { code, lines } = await doctor(['--target', silent]);
    assert.deepEqual([code, lines[0]], [1, `  ✗ No npm start runs at ${silent}. Start it, or set SITES.`]);
  });

  test('changes nothing', async () => {
    const { password = '' } = app;
    const body = new URLSearchParams({ password });
    const signedIn = await fetch(app.dashboardUrl, {
      method: 'POST',
      headers: { origin: api },
      body,
      redirect: 'manual',
    });
    const cookie = signedIn.headers.getSetCookie().join().replace(/;.*/, '');
    const report = await (await fetch(`${api}/stats.json`, { headers: { cookie } })).json();
    assert.equal((report as { totals: { views: number } }).totals.views, 0);
    assert.deepEqual((report as { notCounted: object[] }).notCounted, []);
  });
});

describe('npm run doctor on AWS', () => {
  const region = 'eu-central-1';
  const arn = (service: string, name: string) => `arn:aws:${service}:${region}:123456789012:${name}`;
  const subscription = (SubscriptionArn: string) => ({
    SubscriptionArn,
    Protocol: 'email',
    Endpoint: 'me@example.com',
  });
  const messages = (most: number) => ({ Attributes: { ApproximateNumberOfMessages: String(most) } });

  /** An account in which everything works. */
  const healthy = (url: () => string): Answers => ({
    'sts GetCallerIdentity': () => ({ Arn: 'arn:aws:iam::123456789012:user/me', Account: '123456789012' }),
    'lambda GET /2016-08-19/account-settings': () => ({ AccountLimit: { ConcurrentExecutions: 1000 } }),
    'cloudformation DescribeStacks': () => ({
      Stacks: [
        {
          StackName: 'footfall-prod',
          StackStatus: 'UPDATE_COMPLETE',
          Outputs: [
            { OutputKey: 'DashboardUrl', OutputValue: `${api}/dashboard` },
            { OutputKey: 'TrackUrl', OutputValue: `${api}/track` },
          ],
        },
      ],
    }),
    'cloudformation ListStackResources': ({ NextToken }) => {
      const resource = (LogicalResourceId: string, ResourceType: string, PhysicalResourceId: string) => ({
        LogicalResourceId,
        ResourceType,
        PhysicalResourceId,
      });
      return NextToken
        ? {
            StackResourceSummaries: [
              resource('AlarmTopic', 'AWS::SNS::Topic', arn('sns', 'alarms')),
              resource('TrackErrors', 'AWS::CloudWatch::Alarm', 'footfall-prod-TrackErrors-1'),
            ],
          }
        : {
            StackResourceSummaries: [
              resource('Overflow', 'AWS::SQS::Queue', `${url()}/123456789012/overflow`),
              resource('DeadLetters', 'AWS::SQS::Queue', `${url()}/123456789012/dead`),
            ],
            NextToken: '2',
          };
    },
    'sqs GetQueueAttributes': () => messages(0),
    'monitoring DescribeAlarms': () => ({
      MetricAlarms: [{ AlarmName: 'footfall-prod-TrackErrors-1', AlarmDescription: 'It failed.', StateValue: 'OK' }],
    }),
    'sns ListSubscriptionsByTopic': () => ({ Subscriptions: [subscription(arn('sns', 'alarms:1'))] }),
  });

  async function examine(change: (healthy: Answers) => Answers = () => ({}), settings: Record<string, string> = {}) {
    html = page(snippet);
    let url = '';
    const answers = healthy(() => url);
    const aws = await startAws({ ...answers, ...change(answers) });
    url = aws.url;
    const result = await doctor([], {
      SITES: siteHost,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      ...settings,
    });
    return { ...result, asked: aws.asked };
  }

  test('says that all works, and only reads', async () => {
    const { code, lines, asked } = await examine();
    assert.deepEqual(lines, [
      `Footfall as the stack footfall-prod in ${region}.`,
      'Account',
      `  ✓ AWS knows you as arn:aws:iam::123456789012:user/me, in the region ${region}.`,
      'Stack',
      `  ✓ The stack footfall-prod is deployed, with the dashboard at ${api}/dashboard.`,
      '  ✓ Lambda runs up to 1000 instances at once.',
      'Queues',
      '  ✓ The overflow queue is empty.',
      '  ✓ There are no dead letters.',
      'Alarms',
      '  ✓ No alarm is in alarm, of 1.',
      '  ✓ AWS mails alarms to me@example.com.',
      'Dashboard',
      '  ✓ The dashboard asks for a password.',
      '  ✓ /stats.json asks for a password.',
      'Pages',
      `  ✓ http://${siteHost}/ carries the current snippet once, in the head.`,
      `  ✓ A view of http://${siteHost}/ counts.`,
      `  ✓ Pages of ${siteHost} may read the answers of /track.`,
      'Everything works.',
    ]);
    assert.equal(code, 0);
    for (const each of asked) assert.match(each, /^\w+ (Get|Describe|List|GET )/);
  });

  test('says whether the lake is complete', async () => {
    const sums = { views: 9, events: 1 };
    const day = { day: '2026-11-20', counted: sums, kept: sums, missing: 0, fails: false };
    const summary = (LogicalResourceId: string, PhysicalResourceId: string) => ({
      LogicalResourceId,
      PhysicalResourceId,
    });
    const examineLake = (answer: () => object) =>
      examine((healthy) => ({
        'cloudformation ListStackResources': (input) => {
          const page = healthy['cloudformation ListStackResources']?.(input) as { StackResourceSummaries: object[] };
          const lake = [summary('LakeStream', 'footfall-prod-lake'), summary('LakeCheckLambdaFunction', 'lake-check')];
          return { ...page, StackResourceSummaries: [...lake, ...page.StackResourceSummaries] };
        },
        'firehose DescribeDeliveryStream': () => ({ DeliveryStreamDescription: { DeliveryStreamStatus: 'ACTIVE' } }),
        'lambda POST /2015-03-31/functions/lake-check/invocations': answer,
      }));
    const { code, lines } = await examineLake(() => [day]);
    const at = lines.indexOf('Lake');
    assert.deepEqual(lines.slice(at + 1, at + 3), [
      '  ✓ The stream of the lake takes records.',
      '  ✓ The lake has 10 of the 10 hits of the last 1 closed day.',
    ]);
    assert.equal(code, 0);
    const refused = await examineLake(() => {
      throw new Refused('AccessDeniedException: You may not.');
    });
    assert.match(
      refused.lines.join('\n'),
      /The days of the lake: not checked, .* may not call lambda:InvokeFunction\./,
    );
    const { lines: told } = await examine(undefined, { LAKE: 'on' });
    assert.ok(told.includes('  ! LAKE is on, but the stack has no lake yet.'), told.join('\n'));
  });

  test('says each thing that does not work', async () => {
    const { code, lines } = await examine(() => ({
      'lambda GET /2016-08-19/account-settings': () => ({ AccountLimit: { ConcurrentExecutions: 10 } }),
      'sqs GetQueueAttributes': ({ QueueUrl }) => messages(String(QueueUrl).endsWith('dead') ? 2 : 7),
      'monitoring DescribeAlarms': () => ({
        MetricAlarms: [
          { AlarmName: 'footfall-prod-TrackErrors-1', AlarmDescription: 'It failed.', StateValue: 'ALARM' },
        ],
      }),
      'sns ListSubscriptionsByTopic': () => ({ Subscriptions: [subscription('PendingConfirmation')] }),
    }));
    for (const line of [
      '  ! Lambda runs only 10 instances at once. A burst of more hits than that can lose hits.',
      `    → aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`,
      '  ! Messages on the overflow queue: 7. Their hits are not counted yet.',
      '  ✗ Dead letters: 2. Their hits are not counted.',
      '  ✗ In alarm: footfall-prod-TrackErrors-1. It failed.',
      '  ! AWS mails no alarm, because me@example.com is not confirmed.',
      'Found 2 problems and 3 warnings.',
    ])
      assert.ok(lines.includes(line), `${line}\n\n${lines.join('\n')}`);
    assert.equal(code, 1);
  });

  test('names the rights that are missing, and checks the rest', async () => {
    const refuse = () => {
      throw new Refused('AccessDeniedException: You may not.');
    };
    const { code, lines } = await examine((healthy) =>
      Object.fromEntries(
        Object.keys(healthy)
          .filter((operation) => !/^(sts|cloudformation) /.test(operation))
          .map((operation) => [operation, refuse]),
      ),
    );
    const actions = [
      'lambda:GetAccountSettings',
      'sqs:GetQueueAttributes',
      'cloudwatch:DescribeAlarms',
      'sns:ListSubscriptionsByTopic',
    ];
    for (const action of actions)
      assert.ok(
        lines.some((line) => line.startsWith('  ! ') && line.includes(action)),
        lines.join('\n'),
      );
    assert.deepEqual([code, lines.at(-1)], [0, 'Found 5 warnings.']);
  });

  test('says that there is no stack', async () => {
    const { code, lines } = await examine(() => ({
      'cloudformation DescribeStacks': () => {
        throw new Refused('ValidationError: Stack with id footfall-prod does not exist');
      },
    }));
    assert.ok(lines.includes(`  ✗ There is no stack footfall-prod in ${region}.`), lines.join('\n'));
    assert.ok(lines.includes('Not checked without the URL of the API: the dashboard, and your pages.'));
    assert.equal(code, 1);
  });

  test('says that credentials have expired', async () => {
    const { code, lines, asked } = await examine(() => ({
      'sts GetCallerIdentity': () => {
        throw new Refused('ExpiredToken: The token has expired');
      },
    }));
    assert.match(lines[2] ?? '', /^ {2}✗ AWS does not accept your credentials\. ExpiredToken/);
    assert.match(lines[3] ?? '', /^ {4}→ Sign in again/);
    assert.deepEqual([code, asked], [1, ['sts GetCallerIdentity']]);
  });

  test('says that there are no credentials', async () => {
    const { code, lines } = await doctor([], { SITES: siteHost });
    assert.match(lines[2] ?? '', /^ {2}✗ AWS does not accept your credentials\. CredentialsProviderError/);
    assert.equal(code, 1);
  });
});

test('npm run doctor says in a sentence what is wrong with the command', async () => {
  const sentence = async (args: string[], settings = {}) => (await doctor(args, settings)).lines[0] ?? '';
  assert.match(await sentence([]), /^ {2}✗ SITES is not set: name the hosts/);
  assert.match(await sentence(['blog'], { SITES: siteHost }), /^ {2}✗ "blog" is no URL like https:/);
  assert.match(await sentence(['--tarket', api]), /^ {2}✗ Unknown option '--tarket'/);
  assert.match(await sentence(['--help']), /^npm run doctor checks an installation/);
});
