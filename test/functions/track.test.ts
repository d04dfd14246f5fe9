import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Day } from '../../core/calendar/day.ts';
import { isCapCounter } from '../../core/counters/names.ts';
import { localClient } from '../../local/local-client.ts';
import { concurrently } from '../../store/concurrently.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { startFunctions } from './footfall.ts';

// A day on Kiritimati is 14 hours ahead of UTC's.
const { track, numbers } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'Pacific/Kiritimati' });
const url = 'https://blog.example.com/';
const json = (fields: unknown) => JSON.stringify(fields);
const day = (date: string) => Date.parse(`${date}T00:00:00+14:00`);

/** The counters of a page, as they stand in the table. */
async function countersOn(date: Day, page = url) {
  const rows = await statisticsStore(localClient(), 'SiteStatistics').rows(date, 0);
  const counters = Object.entries(rows.find((row) => row.url === page)?.counters ?? {});
  return Object.fromEntries(counters.filter(([name]) => !isCapCounter(name)));
}

async function visitorItems(date: string) {
  const { Items = [] } = await localClient().send(new ScanCommand({ TableName: 'SiteVisitors' }));
  return Items.filter(({ visitor }) => visitor?.S?.includes(date));
}

test("counts a view on the site's day, not UTC's", async () => {
  const lastOfThe20th = day('2026-01-21') - 1;
  await track({ body: json({ url, utm_source: 'Twitter' }), epoch: lastOfThe20th });
  await track({ body: json({ url }), epoch: lastOfThe20th + 1 });
  const { series, totals, viewsBySource } = await numbers(lastOfThe20th + 1);
  assert.deepEqual(series.slice(-3), [
    { date: '2026-01-19', count: 0, previous: null },
    { date: '2026-01-20', count: 1, previous: null },
    { date: '2026-01-21', count: 1, previous: null },
  ]);
  assert.deepEqual([totals.views, viewsBySource], [2, [{ name: 'twitter', count: 1 }]]);
});

test('counts the same whatever the content type says, and in base64', async () => {
  const body = json({ url, utm_source: null });
  for (const type of ['text/plain;charset=UTF-8', 'application/json', 'application/octet-stream', '']) {
    const { statusCode, body: answer } = await track({
      body,
      headers: { 'content-type': type },
      epoch: day('2026-02-01'),
    });
    assert.deepEqual([statusCode, answer], [204, undefined]);
  }
  const { handler } = await import('../../functions/track.ts');
  const { httpEvent } = await import('../../local/event.ts');
  const event = httpEvent({
    method: 'POST',
    headers: { 'user-agent': 'Mozilla/5.0 Firefox/145.0' },
    epoch: day('2026-02-01'),
  });
  const answer = await handler({ ...event, body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
  assert.equal(answer.statusCode, 204);
  assert.equal((await numbers(day('2026-02-01'))).totals.views, 5);
});

test('counts any source under its own name', async () => {
  const epoch = day('2026-03-01');
  const sources = [
    'hacker-news',
    'news.ycombinator.com',
    '日本',
    'views',
    '#x',
    "'; DROP TABLE SiteStatistics; --",
    '__proto__',
  ];
  for (const utm_source of sources) await track({ body: json({ url, utm_source }), epoch });
  const { totals, viewsBySource } = await numbers(epoch);
  assert.equal(totals.views, 7);
  assert.deepEqual(
    viewsBySource.map(({ name, count }) => `${name} ${count}`).sort(),
    sources.map((source) => `${source.toLowerCase()} 1`).sort(),
  );
});

describe('says why a hit is not counted, and counts that', () => {
  let weeks = 0;
  const run = (reason: string, status: number, fields: unknown, headers: Record<string, string> = {}) => {
    const epoch = day('2025-04-01') + weeks++ * 8 * 86_400_000; // no other's week
    test(reason, async () => {
      const answer = await track({ body: json(fields), headers, epoch });
      assert.deepEqual(answer, { statusCode: status, headers: { 'x-footfall': reason } });
      const { totals, pages, notCounted } = await numbers(epoch);
      assert.deepEqual([totals.views, pages, notCounted], [0, [], [{ name: reason, count: 1 }]]);
    });
  };
  run('malformed', 400, { url: 7 });
  run('too long', 400, { url: url + 'x'.repeat(1000) });
  run('foreign site', 403, { url: 'https://elsewhere.example/' });
  run('foreign site', 403, { url }, { origin: 'https://elsewhere.example' });
  run('bot', 204, { url }, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
  run('bot', 204, { url, bot: true });
  run('spam', 204, { url, referrer: 'https://semalt.com/' });
});

test('counts who comes, from where, with what, and how long', async () => {
  const epoch = day('2026-06-01') + 9 * 3_600_000;
  const headers = { 'accept-language': 'fr-FR' };
  const fields = { tz: 'Europe/Paris', width: 1280 };
  const send = (after: number, more: object, hit: object = {}) =>
    track({ body: json({ url, ...fields, ...more }), headers, epoch: epoch + after * 1000, ...hit });
  await send(0, { referrer: 'https://www.google.fr/' });
  await send(30, { url: `${url}b`, referrer: url });
  await send(70, { referrer: `${url}b` });
  await send(5000, { utm_source: 'news', utm_medium: 'mail' });
  await send(0, {}, { ip: '198.51.100.9' });
  const origin = { country_FR: 1, device_desktop: 1, browser_Firefox: 1, os_Linux: 1, language_fr: 1 };
  const thrice = Object.fromEntries(Object.keys(origin).map((name) => [name, 3]));
  assert.deepEqual(await countersOn('2026-06-01'), {
    views: 4,
    hour_09: 3,
    hour_10: 1,
    views_news: 1,
    linked_source_news: 1,
    visitors: 2,
    site_visitors: 2,
    visits: 3,
    seconds: 40,
    channel_search: 1,
    channel_direct: 1,
    channel_mail: 1,
    'referrer_google.com': 1,
    'referrer_(direct)': 2,
    source_news: 1,
    medium_mail: 1,
    ...thrice,
  });
  assert.deepEqual(await countersOn('2026-06-01', `${url}b`), {
    views: 1,
    hour_09: 1,
    visitors: 1,
    engaged: 1,
    seconds: 30,
  });
});

test('counts what became of the visits of a campaign', async () => {
  const epoch = day('2026-09-01') + 9 * 3_600_000;
  const link = { utm_source: 'News', utm_campaign: 'Spring', utm_medium: 'mail' };
  const send = (seconds: number, fields: object, hit: object = {}) =>
    track({ body: json({ url, ...fields }), epoch: epoch + 1000 * seconds, ...hit });
  const signUp = { url: `${url}b`, event: 'signup' };
  await send(0, link);
  await send(20, { url: `${url}b`, ...link, utm_campaign: 'other' }, {});
  await send(30, signUp);
  await send(20 + 1801, signUp); // the visit is over
  await send(0, link, { ip: '198.51.100.8' });
  await send(40, signUp, { ip: '198.51.100.9' }); // somebody else
  for (const fields of [link, signUp]) await send(50, fields, { headers: { 'sec-gpc': '1' } });
  const outcomesOn = async (page: string) =>
    Object.fromEntries(
      Object.entries(await countersOn('2026-09-01', page)).filter(([name]) => /^(linked|engaged|events)_/.test(name)),
    );
  assert.deepEqual(await outcomesOn(url), { linked_source_news: 2, linked_campaign_spring: 2 });
  assert.deepEqual(await outcomesOn(`${url}b`), {
    engaged_source_news: 1,
    engaged_campaign_spring: 1,
    events_source_news: 1,
    events_campaign_spring: 1,
  });
  const { totals } = await numbers(epoch, { campaign: 'spring' });
  assert.deepEqual(totals, { visits: 3, linked: 2, engaged: 1, events: 1 });
});

test('counts three addresses of a page as one page, and a visitor of them once', async () => {
  const epoch = day('2026-07-07');
  for (const end of ['', '/', '/index.html']) await track({ body: json({ url: `${url}about${end}` }), epoch });
  const { pages } = await numbers(epoch);
  assert.deepEqual(pages, [{ url: `${url}about`, views: 3, visitors: 1, visits: 1 }]);
});

test('counts visits that ask for privacy, and keeps no visitor record', async () => {
  const epoch = day('2026-06-02');
  for (const headers of [{ 'sec-gpc': '1' }, { dnt: '1' }] as Record<string, string>[]) {
    await track({ body: json({ url }), headers, epoch });
    await track({ body: json({ url, referrer: `${url}a` }), headers, epoch });
  }
  const { views, visits, unlinked, visitors, site_visitors, engaged } = await countersOn('2026-06-02');
  assert.deepEqual(
    [views, visits, unlinked, visitors, site_visitors, engaged],
    [4, 2, 2, undefined, undefined, undefined],
  );
  assert.deepEqual(await visitorItems('2026-06-02'), []);
  await track({ body: json({ url }), headers: { dnt: '0', 'sec-gpc': '0' }, epoch });
  assert.equal((await visitorItems('2026-06-02')).length, 2, 'a salt and a visitor record');
});

test('events add themselves, and are no views', async () => {
  const epoch = day('2026-08-03');
  for (const event of ['Signup', 'signup', '404']) await track({ body: json({ url, event }), epoch });
  assert.deepEqual(await countersOn('2026-08-03'), { event_signup: 2, event_404: 1 });
  const { totals, pages, events } = await numbers(epoch);
  assert.deepEqual([totals.views, pages], [0, []]);
  assert.deepEqual(events, [
    { name: 'signup', count: 2 },
    { name: '404', count: 1 },
  ]);
});

test('counts the same visitor in many tabs at once as one visit', async () => {
  const epoch = day('2026-06-04');
  await concurrently(
    20,
    Array.from({ length: 60 }, (_, i) => i),
    (i) => track({ body: json({ url: url + (i % 3) }), epoch }),
  );
  const pages = await Promise.all([0, 1, 2].map((i) => countersOn('2026-06-04', url + i)));
  const sum = (name: string) => pages.reduce((total, page) => total + (page[name] ?? 0), 0);
  assert.deepEqual(['views', 'visitors', 'site_visitors', 'visits', 'engaged'].map(sum), [60, 3, 1, 1, 1]);
});

test("counts the views past a visitor's daily cap as unlinked", async () => {
  const epoch = day('2026-06-05');
  const view = () => track({ body: json({ url }), ip: '192.0.2.77', epoch });
  await view();
  const [visitor] = (await visitorItems('2026-06-05')).filter(({ seen }) => seen);
  await localClient().send(
    new UpdateItemCommand({
      TableName: 'SiteVisitors',
      Key: { visitor: visitor?.visitor ?? { S: '' } },
      UpdateExpression: 'SET #views = :most',
      ExpressionAttributeNames: { '#views': 'views' },
      ExpressionAttributeValues: { ':most': { N: '999' } },
    }),
  );
  for (const answer of [await view(), await view(), await view()])
    assert.deepEqual(answer, { statusCode: 204 }, 'it is not refused');
  const { views, visitors, visits, unlinked, engaged } = await countersOn('2026-06-05');
  assert.deepEqual([views, visitors, visits, unlinked, engaged], [4, 1, 1 + 2, 2, 1]);
});

test('explains what a hit would add, and adds nothing', async () => {
  const epoch = day('2025-02-01');
  const explain = async (fields: unknown, headers: Record<string, string> = {}) => {
    const hit = {
      body: json(fields),
      query: { explain: '1' },
      headers: { 'accept-language': 'de', ...headers },
      epoch,
    };
    const { statusCode, headers: answered, body = '' } = await track(hit);
    assert.deepEqual([statusCode, answered], [200, { 'content-type': 'application/json' }]);
    return JSON.parse(body);
  };
  const fields = { url: `${url}#x`, utm_source: 'Twitter', tz: 'Europe/Berlin', referrer: 'https://t.co/x' };
  const view = { views: 1, views_twitter: 1, hour_00: 1 };
  const origin = {
    channel_social: 1,
    'referrer_x.com': 1,
    source_twitter: 1,
    country_DE: 1,
    device_desktop: 1,
    browser_Firefox: 1,
    os_Linux: 1,
    language_de: 1,
  };
  const visit = { visitors: 1, site_visitors: 1, visits: 1, linked_source_twitter: 1 };
  const told = { day: '2025-02-01', url };
  assert.deepEqual(await explain(fields), { ...told, add: { ...view, ...visit, ...origin }, visitorRecord: true });
  const unlinked = { ...told, add: { ...view, visits: 1, unlinked: 1, ...origin }, visitorRecord: false };
  for (const wish of ['sec-gpc', 'dnt']) assert.deepEqual(await explain(fields, { [wish]: '1' }), unlinked);
  assert.deepEqual(await explain({ url, event: 'X' }), { ...told, add: { event_x: 1 }, visitorRecord: false });
  const bot = {
    refused: 'bot',
    ...told,
    url: '(not counted) blog.example.com',
    add: { bot_headless: 1 },
    visitorRecord: false,
  };
  assert.deepEqual(await explain({ url, bot: true }), bot);
  const refused = { refused: 'malformed', ...told, url: '(not counted)', add: { malformed: 1 }, visitorRecord: false };
  assert.deepEqual(await explain({ url: 7 }), refused);
  assert.equal((await track({ body: json(fields), query: { explain: '' }, epoch })).statusCode, 200);
  const { totals, notCounted } = await numbers(epoch);
  assert.deepEqual([totals.views, notCounted, await visitorItems('2025-02-01')], [0, [], []]);
});

test('explains a hit without looking at earlier views from the same address', async () => {
  const epoch = day('2025-03-01');
  const explain = async () =>
    JSON.parse((await track({ body: json({ url }), query: { explain: '1' }, epoch })).body ?? '');
  const before = await explain();
  for (const page of [url, `${url}b`]) await track({ body: json({ url: page }), epoch: epoch - 60_000 });
  assert.deepEqual(await explain(), before);
});

test('answers a request without a body or a user agent', async () => {
  const missing = await track({ epoch: day('2026-04-02') });
  assert.deepEqual([missing.statusCode, missing.headers], [400, { 'x-footfall': 'malformed' }]);
  const { handler } = await import('../../functions/track.ts');
  const { httpEvent } = await import('../../local/event.ts');
  const bare = await handler(httpEvent({ method: 'POST', body: json({ url }), epoch: day('2026-04-02') }));
  assert.deepEqual(bare.headers, { 'x-footfall': 'bot' });
});

test('counts 150 hits on a few pages exactly, 25 of them at a time', async () => {
  const epoch = day('2026-05-01');
  const hits = Array.from({ length: 150 }, (_, i) => i);
  const answers = await concurrently(25, hits, (i) =>
    track({
      body: json({ url: url + (i % 3), utm_source: i % 4 ? '' : 'twitter' }),
      ip: `10.0.0.${i % 40}`,
      epoch,
    }),
  );
  assert.ok(answers.every(({ statusCode }) => statusCode === 204));
  const { totals, viewsBySource, pages } = await numbers(epoch);
  assert.deepEqual([totals.views, viewsBySource], [150, [{ name: 'twitter', count: 38 }]]);
  assert.deepEqual(
    pages.map(({ url: page, views }) => [page, views]),
    [
      [`${url}0`, 50],
      [`${url}1`, 50],
      [`${url}2`, 50],
    ],
  );
});
