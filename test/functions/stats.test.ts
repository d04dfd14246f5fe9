import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { visitDimensions } from '../../core/counters/dimensions.ts';
import { host, startBehindPassword, text, to } from './owner.ts';

const { track, dashboard, stats, signIn } = await startBehindPassword({ SITES: 'blog.example.com,notes.example.org' });
const noon = Date.parse('2026-11-18T12:00:00Z'); // a Wednesday
const day = 86_400_000;
const [blog, notes] = ['https://blog.example.com/', 'https://notes.example.org/'];

let visitor = 0;
const view = (url: string, fields: object = {}, epoch = noon) =>
  track({ body: JSON.stringify({ url, ...fields }), ip: `192.0.2.${visitor++}`, epoch });

await view(blog, { utm_source: 'mail', tz: 'Europe/Paris' });
await view(`${blog}b`, { tz: 'Europe/Paris' });
await view(notes, { tz: 'Europe/Berlin' });
await view(blog, {}, noon - 7 * day - 1000);
await view(blog, { event: 'signup' });
await view(blog, { bot: true });
await track({ body: '{', epoch: noon });

const owner = await signIn(noon);
const { cookie } = owner;
const link = await owner.createLink('2026-12-18');
const { token, feed } = await owner.pastes();
const { token: tokenOfOne, feed: feedOfOne } = await owner.pastes({ site: 'notes.example.org' });
/** The parts of a request for an address, at noon. */
const atNoon = (...request: Parameters<typeof to>) => ({ epoch: noon, ...to(...request) });

const json = async (query: Record<string, string>, bearer = token) => {
  const { statusCode, headers, body } = await stats({
    path: '/stats.json',
    query,
    epoch: noon,
    headers: { host, authorization: `Bearer ${bearer}` },
  });
  assert.equal(headers?.['content-type'], 'application/json; charset=utf-8');
  assert.equal(headers?.['cache-control'], 'no-store');
  return { statusCode, ...JSON.parse(text(body)) };
};

describe('the JSON', () => {
  test('is the same report as the dashboard', async () => {
    const all = (count: number) => ({
      ...{ views: count, visitors: count, visits: count },
      ...{ unlinked: 0, engaged: 0, seconds: 0 },
    });
    assert.deepEqual(await json({ from: '2026-11-17', to: '2026-11-18' }), {
      statusCode: 200,
      range: { from: '2026-11-17', to: '2026-11-18', period: null, unit: 'day' },
      site: null,
      filter: {},
      lake: null,
      flows: null,
      totals: { views: 3, visitors: 3, visits: 3, unlinked: 0, engaged: 0, seconds: 0 },
      previous: { views: 0, visitors: 0, visits: 0, unlinked: 0, engaged: 0, seconds: 0 },
      compared: { by: 'previous', from: '2026-11-15', to: '2026-11-16', until: '12:00' },
      why: null,
      unusual: [],
      forecast: null,
      hours: [{ date: '2026-11-18', views: Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 3 : 0)) }],
      metric: 'views',
      series: [
        { date: '2026-11-17', count: 0, previous: 0 },
        { date: '2026-11-18', count: 3, previous: 0 },
      ],
      pages: [
        { url: blog, views: 1, visitors: 1, visits: 1 },
        { url: `${blog}b`, views: 1, visitors: 1, visits: 1 },
        { url: notes, views: 1, visitors: 1, visits: 1 },
      ],
      previousSeries: [
        { date: '2026-11-15', count: 0 },
        { date: '2026-11-16', count: 0 },
      ],
      notes: [],
      imports: [],
      truncated: false,
      unassigned: 0,
      withoutPage: 0,
      sites: [
        { site: 'blog.example.com', ...all(2) },
        { site: 'notes.example.org', ...all(1) },
      ],
      viewsBySource: [{ name: 'mail', count: 1 }],
      visitsBy: {
        ...Object.fromEntries(visitDimensions.map((dimension) => [dimension, []])),
        channel: [
          { name: 'direct', count: 2 },
          { name: 'mail', count: 1 },
        ],
        referrer: [{ name: '(direct)', count: 3 }],
        source: [{ name: 'mail', count: 1 }],
        country: [
          { name: 'FR', count: 2 },
          { name: 'DE', count: 1 },
        ],
        language: [{ name: '(unknown)', count: 3 }],
        device: [{ name: 'desktop', count: 3 }],
        browser: [{ name: 'Firefox', count: 3 }],
        os: [{ name: 'Linux', count: 3 }],
      },
      events: [{ name: 'signup', count: 1 }],
      notCounted: [
        { name: 'bot', count: 1 },
        { name: 'malformed', count: 1 },
      ],
      bots: [{ name: 'headless', count: 1 }],
    });
  });

  test('takes ranges, a site and filters, and compares with the period before', async () => {
    const { range, previous, totals } = await json({ period: '7d' });
    assert.deepEqual([range.period, totals.views, previous.views], ['7d', 3, 1]);
    const filtered = await json({ country: 'FR', site: 'blog.example.com' });
    assert.deepEqual(
      [filtered.filter, filtered.totals, filtered.site],
      [{ country: 'FR' }, { visits: 2 }, 'blog.example.com'],
    );
  });

  test('has the earlier count of each page and name, and leaves it out if nothing is compared', async () => {
    const week = await json({ from: '2026-11-18', to: '2026-11-18' });
    const of = ({ pages, visitsBy }: typeof week) => [pages[0].previous, visitsBy.device[0].previous];
    assert.deepEqual(of(week), [{ views: 1, visitors: 1, visits: 1 }, 1]);
    assert.deepEqual(of(await json({ compare: 'none' })), [undefined, undefined]);
    const csv = await stats({ ...atNoon(`https://${host}/stats.csv?panel=device&compare=none`, { cookie }) });
    assert.match(text(csv.body), /\r\ndesktop,3,1,\r\n/);
  });

  test('has each day of the range before, even if that is longer', async () => {
    const { series, previousSeries } = await json({ from: '2026-09-01', to: '2026-09-30' });
    assert.deepEqual([series.length, previousSeries.length], [30, 31]);
    assert.deepEqual(previousSeries.at(-1), { date: '2026-08-31', count: 0 });
  });

  test('says in a sentence what is wrong', async () => {
    for (const [query, error] of [
      [{ period: '300y' }, /^There is no period "300y": choose one of .*, all\.$/],
      [{ from: '2026-11-04', to: '2026-11-03' }, /swap its days\.$/],
      [{ by: 'hour' }, /^There is no unit "hour"/],
      [{ from: '2020-01-01', by: 'day' }, /^By day, the range has \d+ bars, more than 132/],
      [{ colour: 'red' }, /There is no filter/],
      [{ site: 'evil.example' }, /There is no site/],
      [
        { panel: 'x' },
        /^There is no panel "x": choose one of range, pages, channel, referrer, .*, not-counted, bots, hours, read-before, read-next\.$/,
      ],
    ] as const) {
      const answer = await json(query as Record<string, string>);
      assert.equal(answer.statusCode, 400);
      assert.match(answer.error, error);
    }
  });

  test('is for who has a token', async () => {
    const other = token.replace(/.$/, (letter) => (letter === 'A' ? 'E' : 'A'));
    for (const wrong of [
      '',
      'x',
      other,
      new URL(link).searchParams.get('share') ?? '',
      new URL(feed).searchParams.get('feed') ?? '',
    ])
      assert.equal((await json({}, wrong)).statusCode, 401, wrong);
    assert.equal((await stats(atNoon(`https://${host}/stats.json`, { cookie }))).statusCode, 200);
  });

  test('of one site, tells the refused hits of that site', async () => {
    const { notCounted } = await json({ site: 'blog.example.com', compare: 'none' });
    assert.deepEqual(notCounted, [{ name: 'bot', count: 1 }]);
  });

  test('of one site, tells nothing of the others', async () => {
    const { statusCode, site, sites, pages, totals, notCounted } = await json(
      { site: 'blog.example.com', compare: 'none' },
      tokenOfOne,
    );
    assert.deepEqual(
      [statusCode, site, sites, pages, totals.views, notCounted],
      [200, 'notes.example.org', [], [{ url: notes, views: 1, visitors: 1, visits: 1 }], 1, []],
    );
    assert.deepEqual((await json({ page: blog }, tokenOfOne)).totals.views, 0);
    const authorization = `Bearer ${tokenOfOne}`;
    const html = text(
      (await dashboard(atNoon(`https://${host}/dashboard?site=blog.example.com`, { authorization }))).body,
    );
    assert.match(html, /notes\.example\.org/);
    assert.doesNotMatch(html, /blog\.example|Not counted/);
  });
});

describe('the CSV', () => {
  const csv = async (query: Record<string, string>) => {
    const { statusCode, headers, body } = await stats({
      path: '/stats.csv',
      query,
      epoch: noon,
      headers: { host, cookie },
    });
    assert.deepEqual([statusCode, headers?.['content-type']], [200, 'text/csv; charset=utf-8']);
    const name = String(headers?.['content-disposition']);
    const lines = text(body).split('\r\n');
    assert.equal(lines[0]?.[0], '\ufeff');
    return { name, lines: [lines[0]?.slice(1), ...lines.slice(1)] };
  };

  test('has the range, and each panel', async () => {
    const days = { from: '2026-11-17', to: '2026-11-18' };
    assert.deepEqual(await csv(days), {
      name: 'attachment; filename="footfall-range-2026-11-17-2026-11-18.csv"',
      lines: ['date,views,previous date,previous', '2026-11-17,0,2026-11-15,0', '2026-11-18,3,2026-11-16,0', ''],
    });
    const lines = async (panel: string) => (await csv({ ...days, panel })).lines.slice(0, -1);
    assert.deepEqual(await lines('pages'), [
      'url,views,visitors,visits,previous views,previous visitors,previous visits',
      `${blog},1,1,1,,,`,
      `${blog}b,1,1,1,,,`,
      `${notes},1,1,1,,,`,
    ]);
    assert.deepEqual(await lines('country'), ['country,visits,share,previous', 'FR,2,0.6667,', 'DE,1,0.3333,']);
    assert.deepEqual(await lines('event'), ['event,events,previous', 'signup,1,']);
    assert.deepEqual(await lines('not-counted'), ['reason,hits,previous', 'bot,1,', 'malformed,1,']);
    assert.deepEqual(await lines('bots'), ['bot,hits,previous', 'headless,1,']);
    assert.deepEqual(await lines('campaign'), ['campaign,visits,share,previous']);
  });

  test('is harmless to a spreadsheet, and keeps its cells together', async () => {
    const epoch = Date.parse('2026-01-15T12:00:00Z');
    const names = ['=1+1', '+1', '-1', '@sum(a1)', "=cmd|' /c calc'!a0", 'a,"b"', '日本'];
    for (const utm_source of names) await view(blog, { utm_source }, epoch);
    const { lines } = await csv({ panel: 'source', from: '2026-01-15', to: '2026-01-15' });
    assert.deepEqual(
      lines
        .slice(1, -1)
        .map((line) => line?.replace(/,1,[\d.]+,$/, ''))
        .sort(),
      ['"a,""b"""', "'+1", "'-1", "'=1+1", "'=cmd|' /c calc'!a0", "'@sum(a1)", '日本'],
    );
  });
});

describe('the feed', () => {
  const read = async (address: string, headers: Record<string, string> = {}) => {
    const answer = await stats(atNoon(address, headers));
    return { ...answer, xml: text(answer.body) };
  };

  test('tells of the last two weeks that are over, and does not change until the next is', async () => {
    const nextMonday = { ...to(feed), epoch: Date.parse('2026-11-23T01:00:00Z') };
    const { statusCode, headers, body } = await stats(nextMonday);
    assert.deepEqual([statusCode, headers?.['content-type']], [200, 'application/atom+xml; charset=utf-8']);
    const titles = [...text(body).matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title);
    assert.deepEqual(titles, [
      'blog.example.com, notes.example.org · Footfall',
      '3 daily visitors in the week of 2026-11-16, 200% more than the week before',
      '1 daily visitor in the week of 2026-11-09',
    ]);
    assert.match(text(body), /&lt;li>blog\.example\.com\/: 1&lt;\/li>|&lt;li>&lt;bdi>blog/);
    const again = await stats({ ...nextMonday, headers: { host, 'if-none-match': String(headers?.etag) } });
    assert.deepEqual([again.statusCode, again.body], [304, undefined]);
    const sunday = await stats({ ...to(feed), epoch: Date.parse('2026-11-22T23:00:00Z') });
    assert.notEqual(sunday.headers?.etag, headers?.etag);
    const old = await stats({ ...nextMonday, headers: { host, 'if-none-match': String(sunday.headers?.etag) } });
    assert.equal(old.statusCode, 200);
  });

  test('opens nothing else, and is of one site where it was made for one', async () => {
    const token = new URL(feed).searchParams.get('feed') ?? '';
    assert.equal((await dashboard(atNoon(`https://${host}/dashboard?feed=${token}`))).statusCode, 401);
    assert.equal((await stats(atNoon(`https://${host}/stats.json?feed=${token}`))).statusCode, 401);
    assert.equal((await read(`https://${host}/feed.xml`)).statusCode, 401);
    assert.equal((await read(`https://${host}/feed.xml?feed=${token}x`)).statusCode, 401);
    const one = await read(feedOfOne);
    assert.match(one.xml, /<title>notes\.example\.org · Footfall<\/title>/);
    assert.doesNotMatch(one.xml, /blog\.example/);
    const other = await read(`${feedOfOne}&site=blog.example.com`);
    assert.equal(other.statusCode, 400);
    assert.match(other.xml, /There is no site .*: choose one of notes\.example\.org\./);
  });
});

test('the page to install tells which sites are counted, to the owner', async () => {
  const page = async (show: string) => dashboard({ epoch: noon, headers: { host, cookie }, path: `/${show}` });
  assert.match(text((await page('install')).body), /notes\.example\.org: 1 view in the last 7 days/);
  const { headers, body } = await page('status');
  assert.match(text(body), /blog\.example\.com: 2 views/);
  assert.equal(headers?.refresh, '4');
  assert.match(String(headers?.['content-security-policy']), /frame-ancestors 'self'$/);
});
