import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { dynamoClient } from '../../store/client.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { numbersIn, startFunctions } from './footfall.ts';

const { track, dashboard, stats, shown } = await startFunctions({
  SITES: 'blog.example.com,notes.example.org',
  TIME_ZONE: 'Europe/Berlin',
  RETENTION_DAYS: '30',
});
const statistics = statisticsStore(dynamoClient(), 'SiteStatistics');
const blog = 'https://blog.example.com/';
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
const view = (date: string, fields: Record<string, unknown>) =>
  track({ body: JSON.stringify({ url: blog, ...fields }), epoch: noon(date) });
const text = (body = '') => Buffer.from(body, 'base64').toString();

test('shows seven days, today included, and a zero for a day without views', async () => {
  for (const date of ['2026-01-01', '2026-01-02', '2026-01-02', '2026-01-05', '2026-01-08']) await view(date, {});
  await view('2026-01-09', {});
  const { tiles, days } = await shown(noon('2026-01-08'));
  assert.deepEqual(tiles, { Views: '4' });
  assert.deepEqual(days, [
    ['2026-01-02', '2'],
    ['2026-01-03', '0'],
    ['2026-01-04', '0'],
    ['2026-01-05', '1'],
    ['2026-01-06', '0'],
    ['2026-01-07', '0'],
    ['2026-01-08', '1'],
  ]);
});

test('shows the hours of a day beside those of the day before', async () => {
  for (const [instant, count] of [
    ['2026-01-20T06:30:00Z', 2],
    ['2026-01-21T06:30:00Z', 3],
    ['2026-01-21T22:30:00Z', 1],
  ] as const) {
    for (let i = 0; i < count; i++) await track({ body: JSON.stringify({ url: blog }), epoch: Date.parse(instant) });
  }
  const { body, statusCode } = await dashboard({
    epoch: noon('2026-02-10'),
    query: { from: '2026-01-21', to: '2026-01-21' },
  });
  const { hours, tiles } = numbersIn(text(body));
  assert.equal(statusCode, 200);
  assert.deepEqual(
    [hours.length, hours[7], hours[23], tiles],
    [24, ['07:00', '3', '2'], ['23:00', '1', '0'], { Views: '4' }],
  );
});

test('tells nothing yet of the hours to come, and does not compare a day that is not over', async () => {
  const epoch = noon('2025-02-11');
  await view('2025-02-10', {});
  await view('2025-02-11', {});
  const { body } = await dashboard({ epoch, query: { period: 'today' } });
  const { hours } = numbersIn(text(body));
  assert.deepEqual(hours.slice(12, 15), [
    ['12:00', '0', '0'],
    ['13:00', '1', '1'],
    ['14:00', '', '0'],
  ]);
  assert.match(text(body), /A day that is not over is not compared with a whole one\./);
  assert.doesNotMatch(text(body), /±|Changes are against/);
});

test('a range that is none gets a sentence, the last seven days and a 400', async () => {
  for (const query of [{ period: 'ever' }, { from: '2026-01-09', to: '2026-01-02' }, { from: '"><script>' }] as Record<
    string,
    string
  >[]) {
    const { body, statusCode } = await dashboard({ epoch: noon('2026-01-08'), query });
    assert.equal(statusCode, 400);
    assert.match(
      text(body),
      /<p class="notification is-warning is-light">[^<]*(There is no period|ends before it begins|is not a day)[^<]*</,
    );
    assert.equal(numbersIn(text(body)).days.length, 7);
  }
});

test('ranks the pages, with a column for each of the best sources', async () => {
  const hits = { a: ['x', 'x', ''], b: ['y'], c: ['x', 'y', 'y', 'y', 'z'] };
  for (const [page, sources] of Object.entries(hits)) {
    for (const utm_source of sources) await view('2026-02-01', { url: blog + page, utm_source });
  }
  const { tiles, pages } = await shown(noon('2026-02-01'));
  assert.deepEqual(tiles, { Views: '9', 'from y': '4', 'from x': '3', 'from z': '1', 'without a source': '1' });
  assert.deepEqual(pages, [
    ['1', 'blog.example.com/c', '5', '0', '3', '1', '1'],
    ['2', 'blog.example.com/a', '3', '1', '', '2', ''],
    ['3', 'blog.example.com/b', '1', '0', '1', '', ''],
  ]);
});

test('tells how many people came, from where and with what', async () => {
  const epoch = noon('2026-02-20');
  const send = (ip: string, after: number, fields: object, headers: Record<string, string> = {}) =>
    track({
      body: JSON.stringify({ url: blog, tz: 'Europe/Paris', ...fields }),
      ip,
      headers,
      epoch: epoch + after * 1000,
    });
  await send(
    '198.51.100.1',
    0,
    { referrer: 'https://www.google.com/', utm_source: 'news' },
    { 'accept-language': 'fr' },
  );
  await send('198.51.100.1', 30, { url: `${blog}b`, referrer: blog });
  await send('198.51.100.2', 0, { tz: 'Asia/Tokyo' });
  await send('198.51.100.3', 0, {}, { 'sec-gpc': '1' });
  await send('198.51.100.2', 5, { event: 'signup' });
  const { people, list } = await shown(epoch + 60_000);
  assert.deepEqual(people, {
    Visitors: '2',
    Visits: '3',
    'Views per visit': '1.3',
    'Bounce rate': '50 %',
    'Visit duration': '15s',
  });
  assert.deepEqual(list('Referrers'), [
    ['Direct, or not known', '2', '67 %'],
    ['google.com', '1', '33 %'],
  ]);
  assert.deepEqual(list('Sources'), [
    ['None', '2', '67 %'],
    ['news', '1', '33 %'],
  ]);
  assert.deepEqual(list('Countries'), [
    ['🇫🇷 France', '2', '67 %'],
    ['🇯🇵 Japan', '1', '33 %'],
  ]);
  assert.deepEqual(list('Languages'), [
    ['Not known', '2', '67 %'],
    ['French', '1', '33 %'],
  ]);
  assert.deepEqual(list('Devices'), [['Desktop', '3', '100 %']]);
  assert.deepEqual(list('Systems'), [['Linux', '3', '100 %']]);
  assert.deepEqual(list('Browsers'), [['Firefox', '3', '100 %']]);
  assert.deepEqual(list('Events'), [['signup', '1', '100 %']]);
  assert.deepEqual(list('Campaigns'), []);
});

test('shows names that JavaScript knows, and words of its own, as they came', async () => {
  const names = ['__proto__', 'constructor', 'mobile', 'tostring'];
  for (const [i, utm_source] of names.entries())
    await track({
      body: JSON.stringify({ url: blog, utm_source }),
      ip: `192.0.2.${i}`,
      epoch: noon('2025-06-27'),
    });
  const { list } = await shown(noon('2025-06-27'));
  const shownNames = list('Sources').map(([name]) => name);
  for (const name of names) assert.ok(shownNames.includes(name), name);
});

test('tells the pages of two sites apart', async () => {
  await view('2026-03-01', {});
  await view('2026-03-01', { url: 'https://notes.example.org/' });
  const { pages } = await shown(noon('2026-03-01'));
  assert.deepEqual(pages, [
    ['1', 'blog.example.com/', '1', '1'],
    ['2', 'notes.example.org/', '1', '1'],
  ]);
});

test('shows one site alone, and keeps it in every link', async () => {
  const query = { site: 'notes.example.org', period: '30d' };
  await view('2026-03-01', { url: 'https://www.notes.example.org/' });
  await view('2026-03-01', { url: 'https://notes.example.org.evil.example/' });
  const html = text((await dashboard({ epoch: noon('2026-03-01'), query })).body);
  const { pages, tiles } = numbersIn(html);
  assert.deepEqual(pages, [
    ['1', '/', '1', '1'],
    ['2', 'www.notes.example.org/', '1', '0'],
  ]);
  assert.deepEqual(tiles, { Views: '2' });
  const links = [...html.matchAll(/href="(\?[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  const elsewhere = links.filter((href) => !/[?&]site=notes\.example\.org(&|$)/.test(href));
  assert.deepEqual(elsewhere, ['?period=30d', '?period=30d&site=blog.example.com']);
  const wrong = await dashboard({ epoch: noon('2026-03-01'), query: { site: '<b>' } });
  assert.equal(wrong.statusCode, 400);
  assert.match(
    text(wrong.body),
    /There is no site &quot;&lt;b>&quot;: choose one of blog\.example\.com, notes\.example\.org\./,
  );
});

test('shows a hundred pages, and says how many more there are', async () => {
  for (let i = 0; i < 102; i++) await view('2026-04-01', { url: blog + i });
  const { pages } = await shown(noon('2026-04-01'));
  assert.equal(pages.length, 100);
  assert.match(
    text((await dashboard({ epoch: noon('2026-04-01') })).body),
    /And 2 more pages\. The CSV has them, too\./,
  );
});

test('gives the three best sources a column, and phones a line for each page', async () => {
  for (let i = 0; i < 7; i++) for (let j = 0; j <= i; j++) await view('2026-06-01', { utm_source: `s${i}` });
  const { pages } = await shown(noon('2026-06-01'));
  assert.deepEqual(pages, [['1', 'blog.example.com/', '28', '1', '7', '6', '5']]);
  const html = text((await dashboard({ epoch: noon('2026-06-01') })).body);
  const line = /<p class="is-size-7 not-wide">(.*?)<\/p>/.exec(html)?.[1]?.replace(/<[^>]+>/g, '');
  assert.equal(line, 's6 7 s5 6 s4 5');
});

test('forgets a day when its retention is over', async () => {
  await view('2026-07-01', {});
  const kept = Date.parse('2026-07-31T12:00Z');
  assert.equal((await statistics.rows('2026-07-01', kept)).length, 2, 'the page and the count of pages');
  assert.equal((await statistics.rows('2026-07-01', kept + 86_400_000)).length, 0);
  const week = noon('2026-07-03');
  assert.deepEqual((await shown(week)).tiles, { Views: '1' });
});

test('shows hostile names as text', async () => {
  await view('2026-05-01', {
    url: `${blog}<script>alert(1)</script>"onx="`,
    utm_source: '</style><img src=x onerror=alert(1)>',
  });
  const html = text((await dashboard({ epoch: noon('2026-05-01') })).body);
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /&lt;\/style>&lt;img src=x onerror=alert\(1\)>/);
});

test('shows the start page, with the snippet for this very address, until there are views', async () => {
  const headers = { host: 'stats.example.com', 'x-forwarded-proto': 'https' };
  const html = text((await dashboard({ epoch: noon('2025-01-01'), headers, path: '/base/dashboard' })).body);
  assert.match(html, /<iframe [^>]*src="status"/);
  assert.match(html, /fetch\(&quot;https:\/\/stats\.example\.com\/base\/track&quot;/);
  assert.match(html, /&lt;script>/);
  assert.doesNotMatch(html, /<script|<svg xmlns="/);
});

test('is private, and lets the browser load and run nothing', async () => {
  const { statusCode, headers } = await dashboard({ epoch: noon('2026-01-08') });
  assert.equal(statusCode, 200);
  assert.match(
    String(headers?.['content-security-policy']),
    /^default-src 'none'; script-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'$/,
  );
  assert.equal(headers?.['cache-control'], 'no-store');
  assert.equal(headers?.['referrer-policy'], 'same-origin');
  assert.equal(headers?.['x-content-type-options'], 'nosniff');
  assert.equal(headers?.['x-robots-tag'], 'noindex, nofollow');
});

for (const [accepts, encoding, decode] of [
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ['br;q=0.1', 'br', brotliDecompressSync],
  ['identity', undefined, (body: Buffer) => body],
  ['gzip; q=0.000', undefined, (body: Buffer) => body],
] as const) {
  test(`compresses for a browser that accepts ${accepts}`, async () => {
    const { headers, body = '' } = await dashboard({
      epoch: noon('2026-01-08'),
      headers: { 'accept-encoding': accepts },
    });
    assert.equal(headers?.['content-encoding'], encoding);
    assert.equal(headers?.vary, 'accept-encoding');
    assert.equal(numbersIn(decode(Buffer.from(body, 'base64')).toString()).tiles.Views, '4');
  });
}

test('each panel has its table as CSV, of the same days, site and filter', async () => {
  const epoch = noon('2025-03-03');
  const from = { epoch, ip: '192.0.2.77' };
  await track({ ...from, body: JSON.stringify({ url: blog, utm_source: 'mail', utm_term: 'bread' }) });
  await track({ ...from, body: JSON.stringify({ url: blog, event: 'signup' }) });
  await track({ ...from, body: 'nonsense' });
  const panelsAt = async (query: Record<string, string>) => {
    const { body } = await dashboard({ epoch, query });
    const links = [...text(body).matchAll(/<a class="csv" href="(.*?)"/g)].map(([, href = '']) => href);
    const tables = links.map(async (link) => {
      const { pathname, searchParams } = new URL(link.replaceAll('&amp;', '&'), 'https://stats.example.com/dashboard');
      const { panel = '', ...rest } = Object.fromEntries(searchParams);
      assert.deepEqual(rest, query);
      const { statusCode, body } = await stats({ epoch, path: pathname, query: { panel, ...rest } });
      assert.equal(statusCode, 200);
      assert.ok(text(body).split('\r\n').length > 2, `${panel} has rows`);
      return panel;
    });
    return Promise.all(tables);
  };
  const names = ['referrer', 'source', 'term', 'country', 'language', 'device', 'os', 'browser', 'event'];
  assert.deepEqual(await panelsAt({ period: '30d' }), ['range', 'pages', ...names, 'not-counted']);
  const filtered = { period: '30d', site: 'blog.example.com', source: 'mail' };
  assert.deepEqual(await panelsAt(filtered), ['range', 'pages']);
});

test('a click on a name shows what is known of it alone, and its chip takes it away', async () => {
  const epoch = noon('2025-05-15');
  const from = (ip: string, fields: object, path = '') =>
    track({ body: JSON.stringify({ url: blog + path, ...fields }), ip, epoch });
  await from('192.0.2.1', { tz: 'Europe/Paris', utm_source: 'mail' });
  await from('192.0.2.2', { tz: 'Europe/Paris' }, 'b');
  await from('192.0.2.3', { tz: 'Europe/Berlin', utm_source: 'mail' }, 'b');
  await from('192.0.2.3', { event: 'signup' }, 'b');
  const asked = async (query: Record<string, string>) => {
    const { statusCode, body } = await dashboard({ epoch, query: { from: '2025-05-14', to: '2025-05-15', ...query } });
    assert.equal(statusCode, 200);
    const { people, tiles, days, pages, refusals, list } = numbersIn(text(body));
    return { tiles: { ...people, ...tiles }, day: days.at(-1), pages, refusals, countries: list('Countries') };
  };
  const address = (query: Record<string, string>) =>
    `href="?${new URLSearchParams({ from: '2025-05-14', to: '2025-05-15', ...query })}"`.replaceAll('&', '&amp;');

  const all = text((await dashboard({ epoch, query: { from: '2025-05-14', to: '2025-05-15' } })).body);
  for (const query of [{ country: 'FR' }, { source: 'mail' }, { event: 'signup' }, { page: `${blog}b` }])
    assert.ok(all.includes(address(query)), JSON.stringify(query));

  const only = { refusals: [], countries: [] };
  assert.deepEqual(await asked({ country: 'FR' }), {
    ...only,
    tiles: { Visits: '2' },
    day: ['2025-05-15', '2'],
    pages: [
      ['1', 'blog.example.com/', '1'],
      ['2', 'blog.example.com/b', '1'],
    ],
  });
  assert.deepEqual((await asked({ source: 'mail' })).tiles, { Visits: '2', Views: '2' });
  assert.deepEqual((await asked({ event: 'signup' })).pages, [['1', 'blog.example.com/b', '1']]);
  assert.deepEqual(await asked({ page: `${blog}b` }), {
    ...only,
    tiles: {
      Visitors: '2',
      Entrances: '2',
      Views: '2',
      'from mail': '1',
      'without a source': '1',
    },
    day: ['2025-05-15', '2'],
    pages: [],
    countries: [
      ['🇩🇪 Germany', '1', '50 %'],
      ['🇫🇷 France', '1', '50 %'],
    ],
  });
  assert.deepEqual((await asked({ page: `${blog}b`, country: 'FR' })).tiles, { Entrances: '1' });
  assert.deepEqual((await asked({ country: 'IS' })).tiles, {});

  const filtered = text(
    (await dashboard({ epoch, query: { from: '2025-05-14', to: '2025-05-15', country: 'FR' } })).body,
  );
  assert.ok(filtered.includes(`class="remove" ${address({})}`));
});

for (const query of [
  { colour: 'red' },
  { country: 'x'.repeat(9000) },
  { page: 'x'.repeat(2000) },
  { os: 'a', browser: 'b' },
  { period: '7d,30d' }, // how API Gateway hands over what is there twice
  { 'period[]': '7d' },
  { from: '1726-01-01', to: '2026-01-08' },
  { site: '\0' },
  { term: '😀'.repeat(65) },
])
  test(`answers ${JSON.stringify(query).slice(0, 40)} with a sentence`, async () => {
    const { statusCode, body } = await dashboard({ epoch: noon('2026-01-08'), query: query as Record<string, string> });
    assert.equal(statusCode, 400);
    assert.match(text(body), /<p class="notification is-warning is-light">[A-Z]/);
  });

for (const query of [
  { page: '\0' },
  { source: '\ud800' },
  { event: '__proto__' },
  { from: '0000-01-01', to: '0000-12-31' },
])
  test(`finds nothing for ${JSON.stringify(query)}`, async () => {
    const { statusCode, body } = await dashboard({ epoch: noon('2026-01-08'), query: query as Record<string, string> });
    assert.equal(statusCode, 200);
    assert.match(text(body), /Nothing was counted in these days/);
  });
