import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startFunctions } from './footfall.ts';
import { text } from './owner.ts';

const { track, dashboard, stats } = await startFunctions({
  SITES: 'blog.example.com,notes.example.org',
  TIME_ZONE: 'Europe/Berlin',
});
const blog = 'https://blog.example.com/';
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
const view = (date: string, fields: Record<string, unknown> = {}) =>
  track({ body: JSON.stringify({ url: blog, ...fields }), epoch: noon(date) });
const htmlAt = async (epoch: number, query: Record<string, string> = {}) => {
  const { statusCode, body } = await dashboard({ epoch, query });
  assert.equal(statusCode, 200);
  return text(body);
};

for (let i = 0; i < 4; i++) await view('2026-01-08');

test('shows the totals, the days and the pages of the last seven days', async () => {
  const html = await htmlAt(noon('2026-01-08'));
  for (const piece of [
    '<span>Views</span><b>4</b></a>', // Nothing was counted before, so it is not new.
    '<a href="?from=2026-01-07&amp;to=2026-01-07">2026-01-07</a></th><td class="number">0</td><td class="number">0</td>',
    '<a href="?from=2026-01-08&amp;to=2026-01-08">2026-01-08</a></th><td class="number">4</td><td class="number">0</td>',
    'dir="auto">blog.example.com/</a>',
  ])
    assert.ok(html.includes(piece), piece);
});

test('shows nothing for the hours of today that are to come, and compares today with the same hours', async () => {
  await view('2025-02-04');
  await view('2025-02-11');
  const html = await htmlAt(noon('2025-02-11') + 59 * 60_000, { period: 'today' });
  const row = (hour: string, now: string, before: string) =>
    `<tr><th scope="row"><span>${hour}</span></th><td class="number">${now}</td><td class="number">${before}</td></tr>`;
  const rows = [row('12:00', '0', '0'), row('13:00', '1', '1'), row('14:00', '', '')].join('');
  assert.ok(html.includes(rows), html);
  assert.match(html.replace(/<[^>]+>/g, ''), /Tue 4 Feb, until 13:59/);
});

test('leads from a metric without counts to one that has some', async () => {
  const epoch = noon('2025-01-08');
  await track({ body: JSON.stringify({ url: blog }), epoch, headers: { 'sec-gpc': '1' } });
  const html = await htmlAt(epoch, { metric: 'visitors' });
  assert.match(html, /No visitors in this range/);
  assert.ok(html.includes('<a href="?period=7d&amp;metric=views">Show views</a>'), html);
});

test('says what two names that meet would need, and shows the first alone, with a link to each', async () => {
  const { statusCode, body } = await dashboard({
    epoch: noon('2026-01-08'),
    query: { country: 'FR', device: 'mobile', page: blog },
  });
  const html = text(body);
  assert.equal(statusCode, 400);
  assert.match(
    html,
    /Counters cannot combine country and device\. A lake can, from the day that you deploy with LAKE=on\./,
  );
  const page = 'page=https%3A%2F%2Fblog.example.com%2F';
  for (const name of ['country=FR', 'device=mobile'])
    assert.ok(html.includes(`href="?period=7d&amp;${page}&amp;${name}"`), html);
  assert.ok(!html.includes('lake=on'), html);
});

test('answers a range that is none with 400, a sentence, and the last seven days', async () => {
  for (const [query, sentence] of [
    [{ period: 'ever' }, 'There is no period'],
    [{ from: '2026-01-09', to: '2026-01-02' }, 'ends before it begins'],
    [{ from: '"><script>' }, 'is not a day'],
  ] as [Record<string, string>, string][]) {
    const { body, statusCode } = await dashboard({ epoch: noon('2026-01-08'), query });
    assert.equal(statusCode, 400);
    assert.match(
      text(body),
      new RegExp(`<p class="notification is-warning is-light">[^<]*${sentence}[^<]* These are the last 7 days\\.<`),
    );
    assert.match(text(body), /<span>7 days<\/span>/);
    assert.doesNotMatch(text(body), /<script/);
  }
});

test('the root leads to the dashboard, below the base path of a domain, too', async () => {
  for (const [path, want] of [
    ['/', '/dashboard'],
    ['/stats/', '/stats/dashboard'],
  ] as const) {
    const { statusCode, headers } = await dashboard({ path });
    assert.deepEqual([statusCode, headers?.location], [303, want]);
  }
});

test('the pages of the owner lead back to the range, the site and the filter', async () => {
  const query = { period: '30d', site: 'notes.example.org', country: 'FR' };
  const html = await htmlAt(noon('2026-01-08'), query);
  const search = `?${new URLSearchParams(query)}`.replaceAll('&', '&amp;');
  for (const page of ['install', 'share']) {
    const [link = ''] = html.match(new RegExp(`href="${page}\\?[^"]*"`)) ?? [];
    const asked = Object.fromEntries(new URLSearchParams(link.slice(6, -1).replaceAll('&amp;', '&').split('?')[1]));
    assert.deepEqual(asked, query);
    const { body } = await dashboard({ path: `/${page}`, query, epoch: noon('2026-01-08') });
    assert.ok(text(body).includes(`href="dashboard${search}"`), page);
  }
});

test('shows a year by month, and each month leads to its days', async () => {
  await view('2024-12-01');
  const html = await htmlAt(noon('2025-01-05'), { from: '2024-10-01' });
  assert.match(html, /<a href="\?from=2024-12-01&amp;to=2024-12-31">2024-12</);
});

test('shows one site alone, and keeps it in every link', async () => {
  const query = { site: 'notes.example.org', period: '30d' };
  await view('2026-03-01');
  for (const url of ['https://notes.example.org/', 'https://www.notes.example.org/']) await view('2026-03-01', { url });
  const html = await htmlAt(noon('2026-03-01'), query);
  for (const name of ['/', 'www.notes.example.org/']) assert.ok(html.includes(`dir="auto">${name}</a>`), name);
  assert.doesNotMatch(html, /dir="auto">blog\.example\.com/);
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

test('hostile names stay text on the dashboard', async () => {
  await view('2026-05-01', {
    url: `${blog}<script>alert(1)</script>"onx="`,
    utm_source: '</style><img src=x onerror=alert(1)>',
  });
  const html = await htmlAt(noon('2026-05-01'));
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /&lt;\/style>&lt;img src=x onerror=alert\(1\)>/);
});

test('shows how to install, with the snippet for its own endpoint, until there are views', async () => {
  const headers = { host: 'stats.example.com', 'x-forwarded-proto': 'https' };
  const html = text((await dashboard({ epoch: noon('2025-01-01'), headers, path: '/base/dashboard' })).body);
  assert.match(html, /<iframe [^>]*src="status"/);
  assert.match(html, /fetch\(&quot;https:\/\/stats\.example\.com\/base\/track&quot;/);
  assert.match(html, /&lt;script>/);
  assert.doesNotMatch(html, /<script|<svg xmlns="/);
});

test('the headers of the dashboard keep it private, and let the browser load and run nothing', async () => {
  const { statusCode, headers } = await dashboard({ epoch: noon('2026-01-08') });
  assert.equal(statusCode, 200);
  assert.match(
    String(headers?.['content-security-policy']),
    /^default-src 'none'; script-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'$/,
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
  test(`answers a browser that accepts ${accepts} in ${encoding ?? 'plain text'}`, async () => {
    const {
      headers,
      body = '',
      isBase64Encoded = false,
    } = await dashboard({
      epoch: noon('2026-01-08'),
      headers: { 'accept-encoding': accepts },
    });
    assert.equal(headers?.['content-encoding'], encoding);
    assert.deepEqual([headers?.vary, isBase64Encoded], ['accept-encoding', encoding !== undefined]);
    assert.equal(
      decode(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')).toString(),
      await htmlAt(noon('2026-01-08')),
    );
  });
}

test('has icons and a manifest for home screens, which caches keep and which need no password', async () => {
  const linked = [...text((await dashboard({})).body).matchAll(/<link rel="(\S+)" href="([^d]\S+)"/g)];
  assert.deepEqual(
    linked.map(([, ...link]) => link),
    [
      ['apple-touch-icon', 'icon.png?size=180'],
      ['manifest', 'manifest.json'],
    ],
  );
  const { body: json, headers } = await dashboard({ path: '/manifest.json' });
  assert.deepEqual(
    [headers?.['content-type'], headers?.['cache-control']],
    ['application/manifest+json', 'public, max-age=604800'],
  );
  const { icons } = JSON.parse(text(json));
  assert.deepEqual(
    icons.map(({ src, sizes }: Record<string, string>) => [src, sizes]),
    [
      ['icon.png?size=192', '192x192'],
      ['icon.png?size=512', '512x512'],
    ],
  );
  for (const [asked, size] of [
    ['180', 180],
    ['192', 192],
    ['512', 512],
    ['constructor', 180],
  ] as const) {
    const {
      statusCode,
      headers,
      body = '',
      isBase64Encoded,
    } = await dashboard({ path: '/icon.png', query: { size: asked } });
    const png = Buffer.from(body, 'base64');
    assert.deepEqual([statusCode, headers?.['content-type'], isBase64Encoded], [200, 'image/png', true]);
    assert.deepEqual([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ['PNG', size, size]);
    assert.ok(png.length < 3_000, `${png.length} bytes`);
  }
});

test('each panel has its table as CSV, of the same days, site and filter', async () => {
  const epoch = noon('2025-03-03');
  const from = { epoch, ip: '192.0.2.77' };
  await track({ ...from, body: JSON.stringify({ url: blog, utm_source: 'mail', utm_term: 'bread' }) });
  await track({ ...from, body: JSON.stringify({ url: blog, event: 'signup' }) });
  await track({ ...from, body: 'nonsense' });
  const panelsAt = async (query: Record<string, string>) => {
    const { body } = await dashboard({ epoch, query });
    const links = [...text(body).matchAll(/<a class="csv" href="(.*?)"/g)].map(([, href = '']) => href);
    const panels: string[] = [];
    for (const link of links) {
      const { pathname, searchParams } = new URL(link.replaceAll('&amp;', '&'), 'https://stats.example.com/dashboard');
      const { panel = '', ...rest } = Object.fromEntries(searchParams);
      assert.deepEqual(rest, query);
      const { statusCode, body } = await stats({ epoch, path: pathname, query: { panel, ...rest } });
      assert.equal(statusCode, 200);
      assert.ok(text(body).split('\r\n').length > 2, `${panel} has rows`);
      panels.push(panel);
    }
    return panels;
  };
  const names = ['channel', 'referrer', 'source', 'term', 'country', 'language', 'device', 'browser', 'os', 'event'];
  const days = { from: '2025-03-02', to: '2025-03-03' };
  assert.deepEqual(await panelsAt(days), ['range', 'pages', ...names, 'not-counted']);
  const filtered = { ...days, site: 'blog.example.com', source: 'mail' };
  assert.deepEqual(await panelsAt(filtered), ['range', 'pages']);
});

test('each name leads to what is known of it alone, and its chip takes it away', async () => {
  const days = { from: '2025-05-14', to: '2025-05-15' };
  const linkTo = (query: Record<string, string>) =>
    `href="?${new URLSearchParams({ ...days, ...query })}"`.replaceAll('&', '&amp;');
  await view('2025-05-15', { url: `${blog}b`, tz: 'Europe/Paris', utm_source: 'mail' });
  await view('2025-05-15', { url: `${blog}b`, event: 'signup' });
  const all = await htmlAt(noon('2025-05-15'), days);
  assert.match(all, /Top URLs/);
  for (const [query, title] of [
    [{ country: 'FR' }, /Entry pages/],
    [{ source: 'mail' }, /Top URLs/],
    [{ event: 'signup' }, /Top URLs/],
    [{ page: `${blog}b` }, /Countries/],
  ] as [Record<string, string>, RegExp][]) {
    assert.ok(all.includes(linkTo(query)), JSON.stringify(query));
    const filtered = await htmlAt(noon('2025-05-15'), { ...days, ...query });
    assert.ok(filtered.includes(`class="remove" ${linkTo({})}`), JSON.stringify(query));
    assert.match(filtered, title);
  }
  const page = await htmlAt(noon('2025-05-15'), { ...days, page: `${blog}b` });
  assert.match(page, /<span>Entrances<\/span>/);
  assert.doesNotMatch(page, /Top URLs/);
});

for (const query of [
  { colour: 'red' },
  { country: 'x'.repeat(9000) },
  { page: 'x'.repeat(2000) },
  { os: 'a', browser: 'b' },
  { period: '7d,30d' }, // how API Gateway hands over what is there twice
  { 'period[]': '7d' },
  { from: '1726-01-01', to: '2026-01-08' },
  { from: '0000-01-01', to: '0000-12-31' },
  { period: '12mo', by: 'day' },
  { site: '\0' },
  { term: '😀'.repeat(65) },
])
  test(`answers the query ${JSON.stringify(query).slice(0, 40)} with 400 and a sentence`, async () => {
    const { statusCode, body } = await dashboard({ epoch: noon('2026-01-08'), query: query as Record<string, string> });
    assert.equal(statusCode, 400);
    assert.match(text(body), /<p class="notification is-warning is-light">[A-Z]/);
  });

for (const query of [
  { page: '\0' },
  { source: '\ud800' },
  { event: '__proto__' },
  { from: '1990-01-01', to: '1990-12-31' },
])
  test(`says that nothing matches the query ${JSON.stringify(query)}`, async () => {
    const { statusCode, body } = await dashboard({ epoch: noon('2026-01-08'), query: query as Record<string, string> });
    assert.equal(statusCode, 200);
    assert.match(text(body), /No (matching )?(views|visits|events) in this range/);
  });
