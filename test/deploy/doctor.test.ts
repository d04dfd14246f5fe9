import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { after, describe, test } from 'node:test';
import { quotaFinding } from '../../deploy/doctor/account.ts';
import { alarmFindings, mailFinding } from '../../deploy/doctor/alarms.ts';
import { awsFinding } from '../../deploy/doctor/aws-error.ts';
import { allowsRequest, allowsScript, parsePolicies } from '../../deploy/doctor/content-policy.ts';
import { fetchText } from '../../deploy/doctor/fetch-text.ts';
import { type Finding, linesOf, ok, printable, problem, summaryOf, warning } from '../../deploy/doctor/finding.ts';
import { daysFindings, streamFinding } from '../../deploy/doctor/lake-findings.ts';
import { pageFindings } from '../../deploy/doctor/page.ts';
import { deadLettersFinding, overflowFinding } from '../../deploy/doctor/queues.ts';
import { corsFinding, explainFinding, lockFinding } from '../../deploy/doctor/routes.ts';
import { homeOf } from '../../deploy/doctor/site-page.ts';
import { stackFinding } from '../../deploy/doctor/stack.ts';
import { close, listen } from '../../local/listen.ts';
import { eventsSnippetFor, snippetFor } from '../../snippet/embed.ts';

type Want = [Finding['status'], RegExp];

/** Compares findings by status, and by what they and their advice say. */
function assertFindings(found: Finding[], wanted: Want[]): void {
  const lines = found.map(({ status, text, todo = '' }) => ({ status, said: `${text} ${todo}` }));
  assert.deepEqual(
    lines.map(({ status }) => status),
    wanted.map(([status]) => status),
    JSON.stringify(lines),
  );
  for (const [i, [, pattern]] of wanted.entries()) assert.match(lines[i]?.said ?? '', pattern);
}

const run = (name: string, found: Finding | Finding[], ...wanted: Want[]) =>
  test(name, () => assertFindings([found].flat(), wanted));

const track = 'https://a1b2.execute-api.eu-central-1.amazonaws.com/track';
const snippet = snippetFor(track);
const events = eventsSnippetFor(track);
const codeOf = (element: string) => element.replace(/^<script>|<\/script>$/g, '');
const pageUrl = new URL('https://blog.example.com/');

describe('the snippet on a page', () => {
  const own = 'https://stats.example.com/track';
  const page = (name: string, head: string, body: string, ...wanted: Want[]) => {
    const text = `<!doctype html><html><head><title>A</title>${head}</head><body>${body}</body></html>`;
    run(name, pageFindings({ url: pageUrl, headers: new Headers(), text }, wantedBlocks), ...wanted);
  };
  const wantedBlocks = { snippet, eventsSnippet: events, endpoints: [track, own] };
  const current: Want = ['ok', /^https:\/\/blog\.example\.com\/ carries the current snippet once, in the head\. $/];
  const missing: Want = ['problem', /does not carry the snippet\. Paste it into the head/];

  page('current, once, in the head', snippet, '', current);
  page('with the events block', snippet + events, '', ['ok', /current snippet and the events block once/]);
  page('both in one script', `<script>${codeOf(snippet)};${codeOf(events)}</script>`, '', ['ok', /events block once/]);
  page('with attributes and white space', `<script id=a nonce="b">\n${codeOf(snippet)}\n</script>`, '', current);
  page('with the events block and its attributes', snippet + events.replace('<script', '<script data-outbound'), '', [
    'ok',
    /and the events block once/,
  ]);
  page('for another address of the API', snippetFor(own), '', current);
  page('missing', '', '<p>Hello', missing);
  page('the events block alone', events, '', missing);
  page('in a comment', `<!-- ${snippet} -->`, '', missing);
  page('in a template', `<template>${snippet}</template>`, '', missing);
  page('in noscript', `<noscript>${snippet}</noscript>`, '', missing);
  page('as a text', '', `<textarea>${snippet}</textarea>`, missing);
  page('in a file', '<script src="/footfall-ignore.js"></script>', '', missing);
  page('twice', snippet + snippet, '', ['problem', /carries the snippet 2 times\. Leave one/]);
  page('twice in one script', `<script>${codeOf(snippet).repeat(2)}</script>`, '', ['problem', /the snippet 2 times/]);
  page('in the head and in the body', snippet, snippet, ['problem', /the snippet 2 times/]);
  page('twice, of two versions', `${snippet}<script>localStorage['footfall-ignore']</script>`, '', [
    'problem',
    /the snippet 2 times/,
  ]);
  page('the events block twice', snippet + events, events, ['problem', /the events block 2 times/]);
  page('in the body', '', snippet, ['warning', /the snippet in the body\. Move it into the head/]);
  page('in a head that a paragraph ends', `<p>Oops</p>${snippet}`, '', ['warning', /the snippet in the body/]);
  page('of another version', snippet.replace('keepalive', 'keepAlive'), '', [
    'warning',
    /another version of the snippet/,
  ]);
  page('with an old events block', `${snippet}<script>window.footfall=1</script>`, '', [
    'warning',
    /another version of the events block/,
  ]);
  page('for another API', snippetFor('https://old.example/track'), '', [
    'problem',
    /sends its hits to https:\/\/old\.example\/track\. .* send to https:\/\/a1b2/,
  ]);
  const silent = 'http://localhost:3001/';
  const local = (name: string, head: string, ...wanted: Want[]) =>
    run(name, pageFindings({ url: new URL(silent), headers: new Headers(), text: head }, wantedBlocks), ...wanted);
  local('for a local site', snippetFor(track, ['localhost:3001']), ['ok', /current snippet once, in the head/]);
  local('for other sites, on a local one', snippet, [
    'problem',
    /the snippet that is silent on this host\. Add localhost:3001 to SITES, and paste the snippet anew/,
  ]);
  local('and an events block for other sites', snippetFor(track, ['localhost:3001']) + events, [
    'problem',
    /the events block that is silent on this host/,
  ]);
  page('held back by its type', snippet.replace('<script', '<script type="text/plain"'), '', [
    'problem',
    /that browsers do not run: type="text\/plain"/,
  ]);
  page('for old browsers only', snippet.replace('<script', '<script nomodule'), '', ['problem', /not run: nomodule/]);
  page('as a module', snippet.replace('<script', '<script type=module'), '', current);
});

describe('the snippet under a Content-Security-Policy', () => {
  const hash = `'sha256-${createHash('sha256').update(codeOf(snippet)).digest('base64')}'`;
  const csp = (policy: string, ...wanted: Want[]) => {
    const page = { url: pageUrl, headers: new Headers({ 'content-security-policy': policy }), text: snippet };
    run(policy, pageFindings(page, { snippet, eventsSnippet: events, endpoints: [track] }), ...wanted);
  };
  const sends: Want = ['ok', /current snippet once/];
  const cannotRun: Want = ['problem', /does not let the snippet run\. Add 'sha256-[\w+/]{43}=' to its script-src/];
  const cannotSend: Want = ['problem', /does not let the snippet send\. Add https:\/\/a1b2\S+\.com to its connect-src/];

  csp(`script-src ${hash}; connect-src ${new URL(track).origin}`, sends);
  csp("default-src 'self'", cannotRun, cannotSend);
  csp("script-src 'self'", cannotRun);
  csp("connect-src 'self'", cannotSend);
  csp("connect-src *, connect-src 'none'", cannotSend);
  csp("default-src 'none'; script-src 'unsafe-inline'; connect-src https:", sends);

  const meta = (policy: string) => `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const inHead = (name: string, head: string, ...wanted: Want[]) => {
    const page = { url: pageUrl, headers: new Headers(), text: `<head>${head}</head>` };
    run(name, pageFindings(page, { snippet, eventsSnippet: events, endpoints: [track] }), ...wanted);
  };
  inHead('a policy in the head before it', meta("script-src 'self'") + snippet, cannotRun);
  inHead('a policy in the head after it bounds only what it sends', snippet + meta("default-src 'self'"), cannotSend);
  const reported = { 'content-security-policy-report-only': "default-src 'none'" };
  const page = { url: pageUrl, headers: new Headers(reported), text: snippet };
  run('a policy that only reports', pageFindings(page, { snippet, eventsSnippet: events, endpoints: [track] }), sends);
});

describe('a policy lets an inline script run', () => {
  const hashOf = (algorithm: string, text: string) => `${algorithm}+${text}/=`;
  const run = (policy: string, want: boolean, nonce = '') =>
    test(`${policy}: ${want}`, () => {
      const [parsed] = parsePolicies(policy);
      assert.equal(parsed && allowsScript(parsed, { text: 'a', nonce }, hashOf), want);
    });
  run("img-src 'none'", true);
  run("script-src 'unsafe-inline'", true);
  run("SCRIPT-SRC 'Unsafe-Inline'", true);
  run("script-src 'self' https: *", false);
  run('script-src', false);
  run("default-src 'none'", false);
  run("default-src 'none'; script-src 'unsafe-inline'", true);
  run("script-src 'none'; script-src 'unsafe-inline'", false);
  run("script-src 'unsafe-inline'; script-src-elem 'none'", false);
  run("script-src 'nonce-x'", false);
  run("script-src 'nonce-x'", true, 'x');
  run("script-src 'nonce-'", false);
  run("script-src 'unsafe-inline' 'nonce-x'", false);
  run("script-src 'unsafe-inline' 'strict-dynamic'", false);
  run("script-src 'sha256-sha256+a/='", true);
  run("script-src 'sha384-sha384-a_='", true);
  run("script-src 'sha256-sha256+b/='", false);
  run("script-src 'unsafe-inline' 'sha256-sha256+b/='", false);
});

describe('a policy lets a page ask an address', () => {
  const run = (policy: string, address: string, want: boolean, page = 'https://blog.example.com/') =>
    test(`${policy}: ${address} ${want}`, () => {
      const [parsed] = parsePolicies(policy);
      assert.equal(parsed && allowsRequest(parsed, new URL(address), new URL(page)), want);
    });
  run("script-src 'none'", 'https://a.example/track', true);
  run('connect-src *', 'https://a.example/track', true);
  run("connect-src 'none'", 'https://a.example/track', false);
  run('connect-src', 'https://a.example/track', false);
  run("default-src 'self'", 'https://a.example/track', false);
  run("connect-src 'self'", 'https://blog.example.com/track', true);
  run("connect-src 'self'", 'https://blog.example.com/track', true, 'http://blog.example.com/');
  run("connect-src 'self'", 'http://localhost:3000/track', false, 'http://localhost:3001/');
  run('connect-src https:', 'https://a.example/track', true);
  run('connect-src https:', 'http://a.example/track', false);
  run('connect-src http:', 'https://a.example/track', true);
  run('connect-src a.example', 'https://a.example/track', true);
  run('connect-src A.Example', 'https://a.example/track', true);
  run('connect-src a.example', 'http://a.example/track', false);
  run('connect-src a.example', 'https://b.a.example/track', false);
  run('connect-src *.example', 'https://b.a.example/track', true);
  run('connect-src *.a.example', 'https://a.example/track', false);
  run('connect-src https://a.example', 'https://a.example/track', true);
  run('connect-src https://a.example:443', 'https://a.example/track', true);
  run('connect-src https://a.example:8443', 'https://a.example/track', false);
  run('connect-src https://a.example:*', 'https://a.example:8443/track', true);
  run('connect-src https://a.example/track', 'https://a.example/track', true);
  run('connect-src https://a.example/', 'https://a.example/track', true);
  run('connect-src https://a.example/tra', 'https://a.example/track', false);
  run("connect-src 'none' a.example", 'https://a.example/track', true);
});

describe('the account', () => {
  run('a new one', quotaFinding(10, 'eu-central-1'), [
    'warning',
    /only 10 instances .* --region eu-central-1 --service-code lambda --quota-code L-B99A9384 --desired-value 1000/,
  ]);
  run('one whose quota is raised', quotaFinding(1000, 'eu-central-1'), ['ok', /up to 1000/]);
  const failed = (name: string) =>
    awsFinding('The alarms', 'cloudwatch:DescribeAlarms', Object.assign(new Error('No\u0007.'), { name }));
  run('a right that is missing', failed('AccessDeniedException'), [
    'warning',
    /not checked.*cloudwatch:DescribeAlarms/,
  ]);
  run('expired credentials', failed('ExpiredTokenException'), [
    'problem',
    /credentials\. ExpiredTokenException: No \./,
  ]);
  run('no credentials', failed('CredentialsProviderError'), ['problem', /Sign in again/]);
  run('a network that is down', failed('TimeoutError'), ['problem', /^The alarms: not checked\. TimeoutError/]);
});

describe('the stack', () => {
  const DashboardUrl = { OutputKey: 'DashboardUrl', OutputValue: 'https://a.example/dashboard' };
  const stack = (StackStatus: 'CREATE_COMPLETE', Outputs = [DashboardUrl]) =>
    stackFinding('footfall-prod', 'eu-central-1', { StackStatus, Outputs });
  const status = (name: string, ...wanted: Want[]) => run(name, stack(name as 'CREATE_COMPLETE'), ...wanted);
  run('none', stackFinding('footfall-prod', 'eu-central-1', undefined), [
    'problem',
    /no stack footfall-prod in eu-central-1/,
  ]);
  run('with a bucket only', stack('CREATE_COMPLETE', []), ['problem', /does not work: CREATE_COMPLETE/]);
  status('CREATE_COMPLETE', ['ok', /is deployed, with the dashboard at https:\/\/a\.example\/dashboard/]);
  status('UPDATE_COMPLETE', ['ok', /is deployed/]);
  status('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', ['warning', /is changing/]);
  status('UPDATE_ROLLBACK_COMPLETE', ['warning', /the version before it runs/]);
  status('ROLLBACK_COMPLETE', ['problem', /does not work/]);
  status('UPDATE_ROLLBACK_FAILED', ['problem', /does not work/]);
});

describe('queues, alarms and mails', () => {
  run('an empty queue', overflowFinding(0), ['ok', /empty/]);
  run('a queue with messages', overflowFinding(3), ['warning', /overflow queue: 3\./]);
  run('no dead letters', deadLettersFinding(0), ['ok', /no dead letters/]);
  run('dead letters', deadLettersFinding(1), ['problem', /Dead letters: 1\..*Send dead letters back/]);

  const alarm = (AlarmName: string, StateValue: 'OK' | 'ALARM') => ({
    AlarmName,
    StateValue,
    AlarmDescription: 'It\nfailed.',
  });
  run('no alarm', alarmFindings(['a', 'b'], [alarm('a', 'OK'), alarm('b', 'OK')]), ['ok', /of 2\./]);
  run('an alarm', alarmFindings(['a', 'b'], [alarm('a', 'ALARM'), alarm('b', 'OK')]), [
    'problem',
    /In alarm: a\. It failed\./,
  ]);
  run('a deleted alarm', alarmFindings(['a', 'b'], [alarm('a', 'OK')]), ['warning', /not there: b\./]);
  run('a stack without alarms', alarmFindings([], []), ['warning', /not there: all/]);

  const topic = 'arn:aws:sns:eu-central-1:1:alarms';
  const mail = (SubscriptionArn: string) =>
    mailFinding('me@example.com', 'eu-central-1', topic, [{ SubscriptionArn, Endpoint: 'me@example.com' }]);
  run('a confirmed address', mail(`${topic}:1`), ['ok', /mails alarms to me@example\.com/]);
  run('an address that waits', mail('PendingConfirmation'), [
    'warning',
    /me@example\.com is not confirmed\. Follow the link/,
  ]);
  run('an address that unsubscribed', mail('Deleted'), [
    'warning',
    /nobody subscribes.*aws sns subscribe --region eu-central-1/,
  ]);
  run('nobody', mailFinding('', 'eu-central-1', topic, []), ['warning', /nobody subscribes.*-endpoint ADDRESS/]);
  run('no topic yet', mailFinding('me@example.com', 'eu-central-1', undefined, []), ['warning', /ALARM_EMAIL is set/]);
  run('no topic wanted', mailFinding('', 'eu-central-1', undefined, []), ['ok', /ALARM_EMAIL is not set/]);
});

describe('the lake', () => {
  run('a stream that takes records', streamFinding('ACTIVE'), ['ok', /takes records/]);
  run('a stream that does not', streamFinding('CREATING_FAILED'), ['problem', /no records: CREATING_FAILED\. Deploy/]);
  const checked = (day: number, kept: number, fails = false) => ({
    day: `2026-11-${day}` as const,
    counted: { views: 9, events: 1 },
    kept: { views: kept, events: 1 },
    missing: 9 - kept,
    fails,
  });
  run('all days', daysFindings([checked(21, 9), checked(22, 8)]), ['ok', /has 19 of the 20 hits of the last 2 closed/]);
  run(
    'days that lack hits',
    daysFindings([checked(21, 9), checked(22, 1, true), checked(23, 30, true)]),
    ['problem', /has 2 hits of 2026-11-22, but 10 were counted\. docs\/deploying\.md, "The lake"/],
    ['problem', /has 31 hits of 2026-11-23/],
  );
  run('no day yet', daysFindings([]), ['ok', /no closed day to check yet/]);
  run('a check that fails', daysFindings('footfall-prod-lakeCheck failed: No.'), [
    'problem',
    /failed: No\. Read the log/,
  ]);
});

describe('the API', () => {
  const explained = (change: unknown, status = 200) =>
    explainFinding(pageUrl, { status, text: JSON.stringify(change) });
  run('a view that counts', explained({ add: { views: 1 } }), [
    'ok',
    /A view of https:\/\/blog\.example\.com\/ counts\./,
  ]);
  run('a foreign site', explained({ refused: 'foreign site', add: {} }), [
    'problem',
    /foreign site\. Add blog\.example\.com to SITES/,
  ]);
  run('another refusal', explained({ refused: 'bot', add: {} }), ['problem', /does not count: bot\./]);
  run('an answer of something else', explained('<html>'), [
    'problem',
    /answers 200, which is not an answer of Footfall/,
  ]);
  run('an error', explained({}, 500), ['problem', /answers 500.*sls logs -f track/]);
  run('a rate limit', explained({}, 429), ['warning', /429/]);

  const cors = (headers: Record<string, string>) => corsFinding(pageUrl, { headers: new Headers(headers) });
  run('CORS for all', cors({ 'access-control-allow-origin': '*' }), ['ok', /may read/]);
  run('CORS for the page', cors({ 'access-control-allow-origin': 'https://blog.example.com' }), ['ok', /may read/]);
  run('CORS for others', cors({ 'access-control-allow-origin': 'https://b.example' }), ['warning', /may not read/]);
  run('no CORS', cors({}), ['warning', /may not read/]);

  const lock = (status: number, isPublic: boolean) => lockFinding('The dashboard', { status }, isPublic, 'dashboard');
  run('a dashboard with a password', lock(401, false), ['ok', /asks for a password/]);
  run('a public dashboard', lock(200, true), ['ok', /is public, as PUBLIC_DASHBOARD says/]);
  run('a dashboard that is public by mistake', lock(200, false), ['problem', /open to everybody/]);
  run('a dashboard that is not public yet', lock(401, true), ['warning', /asks for a password, but/]);
  run('a dashboard that fails', lock(502, false), ['problem', /502.*sls logs -f dashboard/]);
});

describe('a server', () => {
  /** Asks a server on this machine; returns the text, or why there is none. */
  async function answerOf(listener: RequestListener, ms?: number): Promise<string> {
    const server = createServer(listener);
    after(() => close(server));
    const url = new URL(`http://localhost:${await listen(server)}/`);
    return fetchText(url, {}, ms).then(
      ({ url: { pathname }, text }) => `${pathname} ${text.length > 99 ? text.length : text}`,
      ({ message }) => message,
    );
  }
  const redirect =
    (location: string): RequestListener =>
    ({ url }, response) =>
      url === '/' ? response.writeHead(302, { location }).end() : response.end('there');

  test('may redirect', async () => assert.equal(await answerOf(redirect('/a')), '/a there'));
  test('may not redirect for ever', async () =>
    assert.match(await answerOf(redirect('/')), /redirects more than 5 times/));
  test('may not redirect to plain HTTP on another machine', async () =>
    assert.equal(await answerOf(redirect('http://192.0.2.1/')), 'http://192.0.2.1 is not HTTPS'));
  test('may not redirect to a file', async () =>
    assert.match(await answerOf(redirect('file:///etc/hosts')), /is not HTTPS/));
  test('is cut short after 2 MB', async () => {
    const endless: RequestListener = async (_, response) => {
      while (!response.destroyed)
        if (!response.write('a'.repeat(65_536)))
          await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    };
    assert.equal(await answerOf(endless), '/ 2000000');
  });
  test('that is silent is not waited for', async () => assert.equal(await answerOf(() => {}, 50), 'it takes too long'));
  test('that stalls is not waited for', async () =>
    assert.equal(await answerOf((_, response) => response.write('a'), 200), 'it takes too long'));
  test('that does not listen', async () =>
    assert.rejects(fetchText(new URL('http://localhost:1/')), { message: /nothing listens|bad port/ }));
});

test('the home page of a site is on HTTPS, but on HTTP on this machine', () =>
  assert.deepEqual(
    ['blog.example.com', 'localhost:3001', '127.0.0.1:80'].map((site) => homeOf(site).href),
    ['https://blog.example.com/', 'http://localhost:3001/', 'http://127.0.0.1/'],
  ));

describe('what is printed', () => {
  const printed = (name: string, text: string, want: string) =>
    test(name, () => assert.equal(printable(text, 8), want));
  printed('is one line', 'a\n b\t', 'a b');
  printed('has no control characters', 'a\u001b[31m\u0007b', 'a [31m b');
  printed('has no invisible characters', 'a\u202eb\u200bc\u2028', 'a b c');
  printed('is short', 'abcdefghi', 'abcdefg…');
  printed('is cut between characters', '😀'.repeat(9), `${'😀'.repeat(7)}…`);

  test('is a line for each finding, and one for what to do', () => {
    assert.deepEqual(linesOf(ok('Yes.')), ['  ✓ Yes.']);
    assert.deepEqual(linesOf(warning('Hm.', 'Look.')), ['  ! Hm.', '    → Look.']);
    assert.deepEqual(linesOf(problem('No.', 'Act.')), ['  ✗ No.', '    → Act.']);
  });
  test('ends with a sum', () => {
    assert.equal(summaryOf([ok('')]), 'Everything works.');
    assert.equal(summaryOf([ok(''), problem(''), warning(''), warning('')]), 'Found 1 problem and 2 warnings.');
  });
});
