import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { close, listen } from '../../../local/listen.ts';
import { eventsSnippetFor, snippetFor } from '../../../snippet/embed.ts';
import { sls } from '../../deploy/sls.ts';

describe('sls package stops with a sentence', () => {
  const run = (settings: Record<string, string>, want: RegExp, options: string[] = []) =>
    test(JSON.stringify(settings), async () => {
      const failure = await sls(['package', ...options], settings).catch((error) => error);
      assert.equal(failure.code, 1);
      assert.match(failure.stderr + failure.stdout, want);
    });

  run({ SITES: ',' }, /^SITES is not set: name the hosts whose pages are counted/m);
  run({ SITES: 'a.example' }, /^The dashboard has no password: run npm run password and set what it prints/m);
  run(
    { SITES: 'a.example', DASHBOARD_PASSWORD_HASH: 'secret' },
    /^DASHBOARD_PASSWORD_HASH is "secret": it takes the whole line/m,
  );
  run(
    { SITES: 'a.example', PUBLIC_DASHBOARD: 'true', STATISTICS_ON_REMOVE: 'Keep' },
    /^STATISTICS_ON_REMOVE is "Keep": it takes Retain or Delete/m,
  );
  run({ SITES: 'a.example', TIME_ZONE: 'Berlin' }, /^TIME_ZONE is "Berlin": it takes an IANA time zone/m);
  run(
    { SITES: 'a.example', PUBLIC_DASHBOARD: 'true', DOMAIN: 'stats.a.example' },
    /^DOMAIN needs CERTIFICATE_ARN: its certificate on ACM/m,
  );
  run(
    { SITES: 'a.example', PUBLIC_DASHBOARD: 'true', CAPACITY: 'free' },
    /^CAPACITY is "free", but the stage is dev: /m,
    ['--stage', 'dev'],
  );
});

describe('sls info, as sls deploy at its end, tells', () => {
  const api = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com';

  /** What `sls info` prints where the stack has these outputs, from a stand-in for CloudFormation that speaks its protocol. */
  async function told(outputs: Record<string, string>): Promise<string> {
    const members = Object.entries(outputs)
      .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
      .join('');
    const answers: Record<string, string> = {
      DescribeStacks: `<Stacks><member><StackName>footfall-prod</StackName><Outputs>${members}</Outputs></member></Stacks>`,
      ListStackResources: '<StackResourceSummaries></StackResourceSummaries>',
    };
    const cloudFormation = createServer(async (request, response) => {
      const action = new URLSearchParams((await request.toArray()).join('')).get('Action') ?? '';
      response.setHeader('content-type', 'text/xml');
      response.end(`<${action}Response><${action}Result>${answers[action]}</${action}Result></${action}Response>`);
    });
    const port = await listen(cloudFormation);
    try {
      const { stdout } = await sls(['info'], {
        SITES: 'blog.example.com',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_ENDPOINT_URL_CLOUDFORMATION: `http://localhost:${port}`,
      });
      return stdout;
    } finally {
      await close(cloudFormation);
    }
  }

  test('the address of the dashboard and the snippets', async () => {
    const stdout = await told({ DashboardUrl: `${api}/dashboard`, TrackUrl: `${api}/track` });
    assert.match(stdout, new RegExp(`^dashboard: ${api}/dashboard$`, 'm'));
    for (const block of [snippetFor(`${api}/track`), eventsSnippetFor(`${api}/track`)])
      assert.ok(stdout.includes(`\n${block}\n`), stdout);
    assert.doesNotMatch(stdout, /^domain:/m);
  });

  test('what the record of a domain has to name', async () => {
    const stdout = await told({
      DashboardUrl: 'https://stats.example.com/dashboard',
      TrackUrl: 'https://stats.example.com/track',
      DomainTarget: 'd-a1b2c3.execute-api.eu-central-1.amazonaws.com',
    });
    assert.match(stdout, /^domain: .* d-a1b2c3\.execute-api\.eu-central-1\.amazonaws\.com$/m);
    assert.ok(stdout.includes(snippetFor('https://stats.example.com/track')), stdout);
  });
});
