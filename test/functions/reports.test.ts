import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { localClient } from '../../local/local-client.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { startFunctions } from './footfall.ts';

const { track, numbers } = await startFunctions({
  SITES: 'blog.example.com,notes.example.org',
  TIME_ZONE: 'Europe/Berlin',
  DETAIL_DAYS: '35',
});
const blog = 'https://blog.example.com/';
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
const view = (date: string, fields: object = {}, ip = '203.0.113.7') =>
  track({ body: JSON.stringify({ url: blog, ...fields }), ip, epoch: noon(date) });

test('ranks pages and sources by their views', async () => {
  const hits = { a: ['x', 'x', ''], b: ['y'], c: ['x', 'y', 'y', 'y', 'z'] };
  for (const [page, sources] of Object.entries(hits))
    for (const utm_source of sources) await view('2026-02-01', { url: blog + page, utm_source });
  const { totals, pages, viewsBySource } = await numbers(noon('2026-02-01'));
  assert.equal(totals.views, 9);
  assert.deepEqual(viewsBySource, [
    { name: 'y', count: 4 },
    { name: 'x', count: 3 },
    { name: 'z', count: 1 },
  ]);
  assert.deepEqual(pages, [
    { url: `${blog}c`, views: 5, visitors: 1, visits: 0 },
    { url: `${blog}a`, views: 3, visitors: 1, visits: 1 },
    { url: `${blog}b`, views: 1, visitors: 1, visits: 0 },
  ]);
});

test('counts how many people came, from where, with what and for how long', async () => {
  const epoch = noon('2026-02-20');
  const send = (ip: string, after: number, fields: object, headers: Record<string, string> = {}) =>
    track({
      body: JSON.stringify({ url: blog, tz: 'Europe/Paris', ...fields }),
      ip,
      headers,
      epoch: epoch + after * 1000,
    });
  const french = { 'accept-language': 'fr' };
  await send('198.51.100.1', 0, { referrer: 'https://www.google.com/', utm_source: 'news' }, french);
  await send('198.51.100.1', 30, { url: `${blog}b`, referrer: blog });
  await send('198.51.100.2', 0, { tz: 'Asia/Tokyo' });
  await send('198.51.100.3', 0, {}, { 'sec-gpc': '1' });
  await send('198.51.100.2', 5, { event: 'signup' });
  const { totals, visitsBy, events } = await numbers(epoch + 60_000);
  assert.deepEqual(totals, { views: 4, visitors: 2, visits: 3, unlinked: 1, engaged: 1, seconds: 30 });
  assert.deepEqual(visitsBy, {
    channel: [
      { name: 'direct', count: 2 },
      { name: 'campaign', count: 1 },
    ],
    referrer: [
      { name: '(direct)', count: 2 },
      { name: 'google.com', count: 1 },
    ],
    source: [{ name: 'news', count: 1 }],
    medium: [],
    campaign: [],
    term: [],
    content: [],
    country: [
      { name: 'FR', count: 2 },
      { name: 'JP', count: 1 },
    ],
    language: [
      { name: '(unknown)', count: 2 },
      { name: 'fr', count: 1 },
    ],
    device: [{ name: 'desktop', count: 3 }],
    browser: [{ name: 'Firefox', count: 3 }],
    os: [{ name: 'Linux', count: 3 }],
  });
  assert.deepEqual(events, [{ name: 'signup', count: 1 }]);
});

test('counts names that JavaScript or Footfall use themselves as they came', async () => {
  const names = ['__proto__', 'constructor', 'mobile', 'tostring'];
  for (const [i, utm_source] of names.entries()) await view('2025-06-27', { utm_source }, `192.0.2.${i}`);
  const { visitsBy, viewsBySource } = await numbers(noon('2025-06-27'));
  const once = names.map((name) => ({ name, count: 1 }));
  assert.deepEqual([visitsBy.source, viewsBySource], [once, once]);
});

test('tells the pages of two sites apart', async () => {
  await view('2026-03-01');
  await view('2026-03-01', { url: 'https://notes.example.org/' });
  assert.deepEqual((await numbers(noon('2026-03-01'))).pages, [
    { url: blog, views: 1, visitors: 1, visits: 1 },
    { url: 'https://notes.example.org/', views: 1, visitors: 1, visits: 1 },
  ]);
});

test('counts one site alone, with www. or without, and no host that only begins alike', async () => {
  await view('2026-04-11');
  for (const url of ['https://notes.example.org/', 'https://www.notes.example.org/']) await view('2026-04-11', { url });
  const foreign = await view('2026-04-11', { url: 'https://notes.example.org.evil.example/' });
  assert.equal(foreign.headers?.['x-footfall'], 'foreign site');
  const { pages, totals } = await numbers(noon('2026-04-11'), { site: 'notes.example.org', period: '30d' });
  assert.deepEqual(pages, [
    { url: 'https://notes.example.org/', views: 1, visitors: 1, visits: 1 },
    { url: 'https://www.notes.example.org/', views: 1, visitors: 1, visits: 0 },
  ]);
  assert.equal(totals.views, 2);
});

test('forgets the rows of a day after DETAIL_DAYS', async () => {
  await view('2026-07-01');
  const rows = (time: string) => statisticsStore(localClient(), 'SiteStatistics').rows('2026-07-01', Date.parse(time));
  assert.equal((await rows('2026-08-05T12:00Z')).length, 2, 'the page and the count of pages');
  assert.equal((await rows('2026-08-06T12:00Z')).length, 0);
  assert.equal((await numbers(noon('2026-07-03'))).totals.views, 1);
  const after = await numbers(noon('2026-08-07'), { from: '2026-07-01', to: '2026-07-02' });
  assert.equal(after.totals.views, 0);
});

describe('filters', async () => {
  const day = '2025-05-15';
  const b = `${blog}b`;
  await view(day, { tz: 'Europe/Paris', utm_source: 'mail' }, '192.0.2.1');
  await view(day, { url: b, tz: 'Europe/Paris' }, '192.0.2.2');
  await view(day, { url: b, tz: 'Europe/Berlin', utm_source: 'mail' }, '192.0.2.3');
  await view(day, { url: b, event: 'signup' }, '192.0.2.3');
  const under = async (query: Record<string, string>) => {
    const range = { from: '2025-05-14', to: day };
    const { totals, series, pages, visitsBy, viewsBySource } = await numbers(noon(day), { ...range, ...query });
    return { totals, today: series.at(-1)?.count, pages, countries: visitsBy.country, viewsBySource };
  };

  test('a filter by country counts its visits, and the pages where they began', async () => {
    assert.deepEqual(await under({ country: 'FR' }), {
      totals: { visits: 2 },
      today: 2,
      pages: [
        { url: blog, visits: 1 },
        { url: b, visits: 1 },
      ],
      countries: [],
      viewsBySource: [],
    });
  });

  test('a filter by source counts its views and visits, and what became of the visits', async () => {
    const { totals, pages } = await under({ source: 'mail' });
    assert.deepEqual(totals, { views: 2, visits: 2, linked: 2, engaged: 0, events: 1 });
    assert.deepEqual(pages, [
      { url: blog, views: 1, visits: 1, events: 0 },
      { url: b, views: 1, visits: 1, events: 1 },
    ]);
    assert.deepEqual((await under({ source: 'mail', page: b })).totals, { views: 1, visits: 1, events: 1 });
  });

  test('a filter by event counts how often it happened, and on which pages', async () => {
    const { totals, pages } = await under({ event: 'signup' });
    assert.deepEqual([totals, pages], [{ events: 1 }, [{ url: b, events: 1 }]]);
  });

  test('a filter by page counts its views, visitors and entrances, and where these came from', async () => {
    assert.deepEqual(await under({ page: b }), {
      totals: { views: 2, visitors: 2, visits: 2 },
      today: 2,
      pages: [{ url: b, views: 2, visitors: 2, visits: 2 }],
      countries: [
        { name: 'DE', count: 1 },
        { name: 'FR', count: 1 },
      ],
      viewsBySource: [{ name: 'mail', count: 1 }],
    });
  });

  test('a filter by folder counts its pages together: a visitor of two pages twice', async () => {
    for (const page of ['posts', 'posts/x', 'postscript'])
      await view(day, { url: blog + page, tz: 'Asia/Tokyo' }, '192.0.2.9');
    const { totals, pages, countries, today } = await under({ page: `${blog}posts/*` });
    assert.deepEqual([totals, today], [{ views: 2, visitors: 2, visits: 1 }, 2]);
    assert.deepEqual(
      pages.map(({ url }) => url),
      [`${blog}posts`, `${blog}posts/x`],
    );
    assert.deepEqual(countries, [{ name: 'JP', count: 1 }]);
    assert.deepEqual((await under({ page: `${blog}posts/*`, country: 'JP' })).totals, { visits: 1 });
    assert.equal((await under({ page: `${blog}none/*` })).totals.views, 0);
  });

  test('a filter by page and country counts the visits that began there', async () => {
    assert.deepEqual((await under({ page: b, country: 'FR' })).totals, { visits: 1 });
  });

  test('a filter by a name that nobody sent counts nothing', async () => {
    assert.deepEqual((await under({ country: 'IS' })).totals, { visits: 0 });
  });
});
