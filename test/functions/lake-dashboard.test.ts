import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { startFirehose } from '../../local/firehose.ts';
import { startAthena } from '../../local/lake-athena.ts';
import { linesLogged, type Numbers } from './footfall.ts';
import { startBehindPassword, text, to } from './owner.ts';

const folder = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
const firehose = await startFirehose(folder);
const athena = await startAthena(folder);
let fault: Fault | undefined;
let asked = 0;
const toAthena = await faultProxy(athena.environment.ATHENA_URL, () => {
  asked++;
  return fault;
});
after(async () => {
  await Promise.all([toAthena.close(), athena.close(), firehose.close()]);
  await rm(folder, { recursive: true });
});
const { track, dashboard, stats, signIn } = await startBehindPassword({
  ...firehose.environment,
  ...athena.environment,
  SITES: 'blog.example.com',
  LAKE: 'on',
  ATHENA_URL: toAthena.url,
  AWS_REGION: 'eu-central-1',
});
const noon = Date.parse('2026-11-18T12:00:00Z');
const both = { country: 'DE', device: 'desktop' };

let visitor = 0;
const view = (path: string, tz: string, fields: object = {}, headers = {}) =>
  track({
    body: JSON.stringify({ url: `https://blog.example.com${path}`, tz, ...fields }),
    ip: `192.0.2.${visitor++}`,
    headers,
    epoch: noon,
  });
const phone = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Mobile Safari/604.1',
};

before(async () => {
  await view('/', 'Europe/Berlin', { utm_source: 'mail' });
  await view('/a', 'Europe/Berlin');
  await view('/a', 'Europe/Berlin', {}, phone);
  await view('/a', 'Europe/Paris');
  await view('/a', 'Europe/Berlin', {}, { 'sec-gpc': '1' });
  await view('/b', 'Europe/Paris', { referrer: 'https://blog.example.com/a' });
  await firehose.flush();
});

const owner = await signIn(noon);
const { token } = await owner.pastes();
const link = await owner.createLink('2026-12-18');
const html = async (query: Record<string, string>) => {
  const { statusCode, body } = await owner.look('/dashboard', query);
  return { statusCode, html: text(body) };
};
const statsOf = (path: string, query: Record<string, string>) =>
  stats({ path, query, headers: { authorization: `Bearer ${token}` }, epoch: noon });
const numbers = async (query: Record<string, string>): Promise<Numbers> =>
  JSON.parse(text((await statsOf('/stats.json', { compare: 'none', ...query })).body));

test('two names meet: views, visits, days, pages and panels are from the lake', async () => {
  const { totals, previous, filter, lake, pages, visitsBy, series } = await numbers({
    ...both,
    compare: 'previous',
  });
  assert.deepEqual([totals, previous, filter], [{ views: 3, visits: 2 }, {}, both]);
  assert.deepEqual(
    pages.map(({ url, views, visits }) => [url, views, visits]),
    [
      ['https://blog.example.com/a', 2, 1],
      ['https://blog.example.com/', 1, 1],
    ],
  );
  assert.deepEqual(series.at(-1), { date: '2026-11-18', count: 3, previous: null });
  assert.deepEqual(visitsBy.source, [{ name: 'mail', count: 1 }]);
  assert.equal(lake?.missingDays.length, 6);
});

test('one name is told by counters, and the lake agrees with them', async () => {
  const [counters, lake] = [await numbers({ country: 'DE' }), await numbers({ country: 'DE', lake: 'on' })];
  assert.equal(counters.lake, null);
  assert.deepEqual([counters.totals.visits, lake.totals.visits], [4, 3]); // one asks for privacy
  assert.deepEqual(lake.visitsBy.device, [
    { name: 'desktop', count: 2 },
    { name: 'mobile', count: 1 },
  ]);
});

test('the CSV of a panel has the same numbers', async () => {
  const { body } = await statsOf('/stats.csv', { ...both, panel: 'pages' });
  assert.deepEqual(text(body).trim().split('\r\n').slice(1), [
    'https://blog.example.com/a,2,1,,',
    'https://blog.example.com/,1,1,,',
  ]);
});

test('the page says that it is from the lake, and names add to the filter', async () => {
  const { statusCode, html: page } = await html(both);
  assert.equal(statusCode, 200);
  assert.match(page, /From the lake: .* Visits of browsers that ask for privacy are not in it\./);
  assert.match(page, /Its records begin on 18 Nov 2026\./);
  assert.match(page, /\?period=7d&amp;country=DE&amp;device=desktop&amp;browser=Firefox"/);
});

test('the page of one page has what people read next, from the lake', async () => {
  const page = 'https://blog.example.com/a';
  const { flows } = await numbers({ page, lake: 'on' });
  assert.deepEqual(flows, { before: [], next: [{ name: 'https://blog.example.com/b', count: 1 }] });
  assert.match((await html({ page })).html, /lake=on">Ask the lake what people read before and next<\/a>/);
  assert.match((await html({ page, lake: 'on' })).html, /<label for="tab-read-next">Read next<\/label>/);
  const { body } = await statsOf('/stats.csv', { page, lake: 'on', panel: 'read-next' });
  assert.deepEqual(text(body).trim().split('\r\n').slice(1), ['https://blog.example.com/b,1,']);
});

test('the page compares nothing, and names no source of a page', async () => {
  const { html: page } = await html({ ...both, period: 'today', metric: 'visits' });
  assert.match(page, /<h2>Visits per hour/);
  assert.doesNotMatch(page, /Compare with|No earlier data|Hours are counted for views only|By source/);
});

test('under one name, the page links to the lists of the lake', async () => {
  assert.match((await html({ country: 'DE' })).html, /\?period=7d&amp;country=DE&amp;lake=on"/);
});

test('a guest with a link cannot make the lake cost', async () => {
  const before = asked;
  const { query, ...parts } = to(link);
  const seen = (path: string, more: object) => ({ ...parts, path, query: { ...query, ...more }, epoch: noon });
  const page = await dashboard(seen('/dashboard', both));
  assert.equal(page.statusCode, 403);
  assert.match(
    text(page.body),
    /A question to the lake costs money, so only the owner can ask it\. These numbers are for/,
  );
  const { statusCode, body } = await stats(seen('/stats.json', both));
  assert.deepEqual(
    [statusCode, JSON.parse(text(body))],
    [403, { error: 'A question to the lake costs money, so only the owner can ask it.' }],
  );
  assert.doesNotMatch(text((await dashboard(seen('/dashboard', { country: 'DE' }))).body), /Ask the lake/);
  assert.equal(asked, before);
});

describe('if the lake fails', () => {
  before(() => {
    fault = 'fail before';
  });
  after(() => {
    fault = undefined;
  });

  test('the page shows the first name, and links to each alone', async (t) => {
    const lines = linesLogged(t);
    const { statusCode, html: page } = await html(both);
    assert.equal(statusCode, 503);
    assert.match(page, /The lake did not answer\. Try again in a minute\./);
    assert.match(page, /<span>Visits<\/span><b>4<\/b>/);
    assert.match(page, /href="\?period=7d&amp;device=desktop">/);
    assert.deepEqual(
      lines.map(({ failed }) => failed),
      ['lake'],
    );
  });

  test('JSON has the sentence, with status 503', async (t) => {
    linesLogged(t);
    const { statusCode, body } = await statsOf('/stats.json', both);
    assert.deepEqual(
      [statusCode, JSON.parse(text(body))],
      [503, { error: 'The lake did not answer. Try again in a minute.' }],
    );
  });
});
