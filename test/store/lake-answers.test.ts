import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';
import type { LakeRecord } from '../../core/lake/lake-record.ts';
import { lakeSelect, maxNames } from '../../core/lake/lake-select.ts';
import { parseQuery, type Query } from '../../core/report/query.ts';
import { startAthena } from '../../local/lake-athena.ts';
import { localClient } from '../../local/local-client.ts';
import { lakeAnswers } from '../../store/lake-answers.ts';
import { linesOfRecords, madeLake, writeEvents } from '../lake/made-lake.ts';
import { standInAthena } from '../lake/stand-in-athena.ts';
import { signingKey } from './is-signed.ts';

const today = '2026-11-25';
const sites = ['www.blog.example.com', 'other.example.com'];
const view = (page: string, rest: Partial<LakeRecord> = {}): LakeRecord => ({
  ...{ date: today, hour: 7, site: 'blog.example.com', page },
  ...rest,
});
const phone = { country: 'DE', language: 'de', device: 'mobile', browser: 'Safari', os: 'iOS' } as const;
const desk = { country: 'DE', language: 'de', device: 'desktop', browser: 'Firefox', os: 'Linux' } as const;

const records: LakeRecord[] = [
  view('/a', { ...phone, nth: 1, referrer: 'x.com', source: 'news' }),
  view('/b', { ...phone, nth: 2, before: '/a', hour: 9 }),
  view('/b', { ...phone, nth: 1, date: '2026-11-24' }),
  view('/posts', { ...phone }), // asks for privacy
  view('/posts/one', { ...phone, nth: 1, country: "O'DE" as never }),
  view('/a', { ...desk, nth: 1 }),
  view('/a', { ...desk, nth: 1, date: '2026-11-21' }),
  view('/a', { device: 'mobile', nth: 1, date: '2026-11-21' }), // of an unknown country
  view('/a', { ...phone, nth: 1, site: 'other.example.com' }),
  view('/b', { ...phone, country: undefined as never, event: 'signup' }),
  view('/a', { ...phone, nth: 1, date: '2026-10-01' }), // before the range
];

Object.assign(process.env, signingKey);
const client = localClient();
let athena: Awaited<ReturnType<typeof startAthena>>;
before(async () => {
  athena = await startAthena(madeLake(JSON.parse(JSON.stringify(records))));
});
after(async () => {
  client.destroy();
  await athena.close();
});

const scopeOf = (query: Query) => parseQuery(query, sites, { today, since: undefined }).scope;
const placeOf = (endpoint: string) => ({ endpoint, database: 'sitelake', workGroup: 'SiteLake' });
const asked = (query: Query) =>
  lakeAnswers(placeOf(athena.environment.ATHENA_URL), client, sites)(scopeOf(query), today, 'owner');
async function answered(query: Query) {
  const answer = await asked(query);
  assert.ok(answer?.read, answer?.problem);
  return { ...answer.read.report, missing: answer.missing };
}

describe('the lake counts what has all names of a filter', () => {
  const run = (query: Query, totals: object) =>
    test(JSON.stringify(query), async () => assert.deepEqual((await answered(query)).totals, totals));
  run({ country: 'DE', device: 'mobile' }, { views: 5, visits: 3 });
  run({ country: 'DE', device: 'mobile', site: 'www.blog.example.com' }, { views: 4, visits: 2 });
  run({ country: 'DE', device: 'desktop' }, { views: 2, visits: 2 });
  run({ country: 'DE', device: 'mobile', os: 'iOS', period: 'today' }, { views: 4, visits: 2 });
  run({ country: '(unknown)', device: 'mobile' }, { views: 1, visits: 1 });
  run({ referrer: '(direct)', device: 'mobile', site: 'www.blog.example.com' }, { views: 4, visits: 3 });
  run({ page: 'https://www.blog.example.com/b', country: 'DE', device: 'mobile' }, { views: 2, visits: 1 });
  run({ page: 'https://blog.example.com/posts/*', os: 'iOS', device: 'mobile' }, { views: 2, visits: 1 });
  run({ page: 'https://blog.example.com/*', os: 'iOS', device: 'mobile' }, { views: 5, visits: 3 });
  run({ page: 'https://blog.example.com/b', event: 'signup', device: 'mobile' }, { events: 1 });
  run({ country: "O'DE", device: 'mobile' }, { views: 1, visits: 1 });
  run({ country: "' or '1' = '1", device: "x' or true --" }, { views: 0, visits: 0 });
  run({ page: "https://blog.example.com/%' or true --", country: 'DE', device: 'mobile' }, { views: 0, visits: 0 });
  run({ country: 'DE', lake: 'on' }, { views: 7, visits: 5 });
});

test('the lake tells days, pages, panels and sites of two names', async () => {
  const report = await answered({ country: 'DE', device: 'mobile' });
  const { series, pages, visitsBy, sources, events, missing } = report;
  assert.deepEqual(
    series.filter(({ count }) => count > 0),
    [
      { date: '2026-11-24', count: 1 },
      { date: today, count: 4 },
    ],
  );
  assert.deepEqual(
    pages.map(({ url, totals }) => [url, totals.views, totals.visits]),
    [
      ['https://www.blog.example.com/b', 2, 1],
      ['https://other.example.com/a', 1, 1],
      ['https://www.blog.example.com/a', 1, 1],
      ['https://www.blog.example.com/posts', 1, 0],
    ],
  );
  assert.deepEqual(visitsBy.get('os'), [{ name: 'iOS', count: 3 }]);
  assert.deepEqual(visitsBy.get('referrer'), [
    { name: '(direct)', count: 2 },
    { name: 'x.com', count: 1 },
  ]);
  assert.deepEqual(visitsBy.get('source'), [{ name: 'news', count: 1 }]);
  assert.deepEqual([sources, events], [[{ name: 'news', count: 1 }], []]);
  assert.deepEqual(
    report.sites.map(({ site, totals }) => [site, totals.views]),
    [
      ['blog.example.com', 4],
      ['other.example.com', 1],
    ],
  );
  assert.deepEqual(missing, ['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23']);
});

test('the lake tells the hours of a day, in views or visits', async () => {
  const hoursOf = async (metric: string) =>
    (await answered({ country: 'DE', device: 'mobile', period: 'today', metric })).series.filter(({ count }) => count);
  assert.deepEqual(await hoursOf('views'), [
    { date: '2026-11-25T07', count: 3 },
    { date: '2026-11-25T09', count: 1 },
  ]);
  assert.deepEqual(await hoursOf('visits'), [{ date: '2026-11-25T07', count: 2 }]);
});

test('an event of devices has its pages and days', async () => {
  const { series, pages, totals } = await answered({ event: 'signup', device: 'mobile' });
  assert.deepEqual([totals, series.at(-1)], [{ events: 1 }, { date: today, count: 1 }]);
  assert.deepEqual(
    pages.map(({ url, totals }) => [url, totals]),
    [['https://www.blog.example.com/b', { events: 1 }]],
  );
});

describe('the lake tells what people read before and after a page', () => {
  const run = (query: Query, flows: object | undefined) =>
    test(JSON.stringify(query), async () => assert.deepEqual((await answered({ lake: 'on', ...query })).flows, flows));
  const [a, b] = ['https://www.blog.example.com/a', 'https://www.blog.example.com/b'];
  run({ page: a }, { before: [], next: [{ name: b, count: 1 }] });
  run({ page: b }, { before: [{ name: a, count: 1 }], next: [] });
  run({ page: b, country: 'DE', device: 'mobile' }, { before: [{ name: a, count: 1 }], next: [] });
  run({ page: b, device: 'desktop' }, { before: [], next: [] });
  run({ page: a, device: 'desktop' }, { before: [], next: [] });
  run({ page: 'https://other.example.com/a' }, { before: [], next: [] });
  run({ page: a, source: 'news' }, undefined); // only the first view of a visit has a source
  run({ page: 'https://www.blog.example.com/*' }, undefined);
  run({ country: 'DE' }, undefined);
});

test('a page that is loaded again is neither before nor after itself', async () => {
  const folder = madeLake([view('/a', { nth: 1 }), view('/a', { nth: 2, before: '/a' })]);
  const again = await startAthena(folder);
  const scope = scopeOf({ page: 'https://blog.example.com/a', lake: 'on' });
  const answer = await lakeAnswers(placeOf(again.environment.ATHENA_URL), client, sites)(scope, today, 'owner');
  await again.close();
  assert.deepEqual(answer?.read?.report.flows, { before: [], next: [] });
});

test('a visit that begins within the site after a pause is direct, in the list and under the filter', async () => {
  const folder = madeLake([
    view('/a', { ...phone, nth: 1, before: '/b' }),
    view('/b', { ...phone, nth: 2, before: '/a' }),
    view('/c', { ...phone, nth: 1, referrer: 'x.com' }),
  ]);
  const paused = await startAthena(folder);
  const ask = lakeAnswers(placeOf(paused.environment.ATHENA_URL), client, sites);
  const [listed, filtered] = await Promise.all(
    [{}, { referrer: '(direct)' }].map((more) => ask(scopeOf({ country: 'DE', os: 'iOS', ...more }), today, 'owner')),
  );
  await paused.close();
  assert.deepEqual(listed?.read?.report.visitsBy.get('referrer')?.[0], { name: '(direct)', count: 1 });
  assert.deepEqual(filtered?.read?.report.totals, { views: 1, visits: 1 });
});

test('a lake without visits tells views only', async () => {
  const withoutVisitors = await startAthena(madeLake([view('/a', phone)]));
  const ask = lakeAnswers(placeOf(withoutVisitors.environment.ATHENA_URL), client, sites);
  const answer = await ask(scopeOf({ country: 'DE', device: 'mobile', metric: 'visits' }), today, 'owner');
  await withoutVisitors.close();
  const { totals, metric, pages } = answer?.read?.report ?? {};
  assert.deepEqual([totals, metric, pages?.[0]?.totals], [{ views: 1 }, 'views', { views: 1 }]);
});

test('a record counts on its own date, in the file of the day before or after, too', async () => {
  const folder = madeLake([]);
  for (const [day, date] of [
    ['2026-11-18', '2026-11-19'],
    ['2026-11-26', today],
    ['2026-11-19', '2026-11-18'], // out of the range
  ] as const)
    writeEvents(folder, day, 'a.gz', linesOfRecords([view('/a', { ...phone, date })]));
  const around = await startAthena(folder);
  const scope = scopeOf({ country: 'DE', device: 'mobile' });
  const answer = await lakeAnswers(placeOf(around.environment.ATHENA_URL), client, sites)(scope, today, 'owner');
  await around.close();
  assert.deepEqual(
    answer?.read?.report.series.filter(({ count }) => count > 0),
    [
      { date: '2026-11-19', count: 1 },
      { date: today, count: 1 },
    ],
  );
});

test('an answer with more pages than it can hold has those with the most views, and all days', async () => {
  const folder = madeLake([
    ...Array.from({ length: 2 * (maxNames + 50) }, (_, i) => view(`/${i % (maxNames + 50)}`, phone)),
    ...Array.from({ length: 3 }, () => view('/most', phone)),
    view('/least', { ...phone, date: '2026-11-21' }),
  ]);
  const large = await startAthena(folder);
  const scope = scopeOf({ country: 'DE', device: 'mobile' });
  const answer = await lakeAnswers(placeOf(large.environment.ATHENA_URL), client, sites)(scope, today, 'owner');
  await large.close();
  const { pages = [], pagesTruncated, totals } = answer?.read?.report ?? {};
  assert.deepEqual([totals?.views, pagesTruncated], [2 * (maxNames + 50) + 4, true]);
  assert.match(pages[0]?.url ?? '', /\/most$/);
  assert.ok(!pages.some(({ url }) => url.endsWith('/least')));
});

describe('counters tell one name and a page, so the lake is not asked', () => {
  const run = (query: Query) => test(JSON.stringify(query), async () => assert.equal(await asked(query), undefined));
  run({});
  run({ country: 'DE' });
  run({ page: 'https://blog.example.com/b', country: 'DE' });
  run({ lake: 'on' });
});

describe('what the lake cannot tell either has a sentence', () => {
  const run = (query: Query, problem: RegExp) =>
    test(String(problem), async () => {
      const answer = await asked(query);
      assert.match(answer?.problem ?? '', problem);
      assert.equal(answer?.problem !== undefined && answer.statusCode, 400);
    });
  run({ channel: 'search', country: 'DE' }, /^The lake keeps no channel: filter by referrer, source or medium\.$/);
  run({ event: 'signup', country: 'DE' }, /^The lake keeps events without country: filter them by page, language, /);
  run({ country: 'D\0E', device: 'mobile' }, /^The lake has no country /);
  run({ page: 'https://blog.example.com/\0', lake: 'on' }, /^The lake has no page /);
});

test('with LAKE=off, a sentence says what would be needed, and the first name stays', async () => {
  const answer = await lakeAnswers(undefined, client, sites)(
    scopeOf({ country: 'DE', device: 'mobile' }),
    today,
    'guest',
  );
  assert.equal(
    answer?.problem,
    'Counters cannot combine country and device. A lake can, from the day that you deploy with LAKE=on.',
  );
  assert.deepEqual(answer?.scope.filter, { name: { dimension: 'country', name: 'DE' } });
});

describe('an answer is reused for a week if its days are over, and for five minutes otherwise', () => {
  const run = (query: Query, minutes: number) =>
    test(JSON.stringify(query), async () => {
      const still = await standInAthena(({ operation }) =>
        operation === 'StartQueryExecution'
          ? { QueryExecutionId: '1' }
          : { QueryExecution: { Status: { State: 'FAILED' } } },
      );
      await lakeAnswers(placeOf(still.endpoint), client, sites)(
        scopeOf({ ...query, os: 'iOS', country: 'DE' }),
        today,
        'owner',
      );
      await still.close();
      const [{ fields = {} } = {}] = still.requests;
      assert.deepEqual(fields.ResultReuseConfiguration, {
        ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: minutes },
      });
    });
  run({ period: '7d' }, 5);
  run({ from: '2026-11-01', to: '2026-11-24' }, 5); // a record of yesterday may come after midnight
  run({ from: '2026-11-01', to: '2026-11-23' }, 10_080);
});

test('the sentence of a select that takes too long or reads too much says what to do', async () => {
  const problemOf = async (Status: object, ms?: number) => {
    const slow = await standInAthena(({ operation }) =>
      operation === 'StartQueryExecution' ? { QueryExecutionId: '1' } : { QueryExecution: { Status } },
    );
    const answer = await lakeAnswers(
      placeOf(slow.endpoint),
      client,
      sites,
      ms,
    )(scopeOf({ country: 'DE', os: 'iOS' }), today, 'owner');
    await slow.close();
    return [answer?.problem, answer?.problem !== undefined && answer.statusCode];
  };
  assert.deepEqual(await problemOf({ State: 'RUNNING' }, 1), [
    'The lake took more than 10 seconds. Choose a shorter range.',
    503,
  ]);
  assert.deepEqual(await problemOf({ State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' }), [
    'The lake would have to read more than its work group allows. Choose a shorter range.',
    503,
  ]);
});

describe('each select is valid for Trino, which Athena runs', () => {
  const run = (query: Query) =>
    test(JSON.stringify(query), () =>
      assert.deepEqual(new TrinoSQL().validate(`${lakeSelect(scopeOf(query), 2)};`), []),
    );
  run({ country: 'DE', device: 'mobile' });
  run({ country: "D'E", referrer: '(direct)', period: 'today', page: 'https://blog.example.com/*' });
  run({ event: 'signup', device: '(unknown)', site: 'other.example.com' });
  run({ page: "https://blog.example.com/'", country: 'DE', lake: 'on' });
});
