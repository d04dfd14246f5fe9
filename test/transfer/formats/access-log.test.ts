import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessLog } from '../../../transfer/formats/access-log.ts';
import { isPagePath } from '../../../transfer/formats/page-path.ts';
import { collected, entriesOf } from '../collected.ts';

const now = Date.parse('2026-11-25T12:00Z');
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const common = '203.0.113.9 - - [10/Oct/2024:13:55:36 -0700] "GET /about?utm_source=x HTTP/1.1" 200 2326';
const combined = `${common} "https://news.example/\\"quoted\\"" "${firefox}"`;
const s3 = `${'7'.repeat(64)} bucket [06/Feb/2024:00:00:38 +0000] 203.0.113.9 - 3E57427F3EXAMPLE WEBSITE.GET.OBJECT posts/one.html "GET /posts/one.html?a=1 HTTP/1.1" 200 - 113 113 7 6 "https://news.example/" "${firefox}" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 - AuthHeader bucket.s3.amazonaws.com TLSv1.2 - -`;
const fields =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header';
const cloudFront = [
  '#Version: 1.0',
  `#Fields: ${fields}`,
  [
    '2024-12-04',
    '21:02:31',
    'LAX1',
    '392',
    '203.0.113.9',
    'GET',
    'd1.cloudfront.net',
    '/index.html',
    '200',
    '-',
    firefox.replaceAll(' ', '%2520'),
    '-',
    '-',
    'Hit',
    'SOX4xwn4XV6Q==',
    'blog.example',
  ].join('\t'),
  [
    '2024-12-04',
    '21:02:32',
    'LAX1',
    '392',
    '203.0.113.9',
    'GET',
    'd1.cloudfront.net',
    '/a',
    '304',
    'https://news.example/%20',
    firefox.replaceAll(' ', '%20'),
    'x=1',
    '-',
    'Hit',
    'k6WGMNkEzR5BEM==',
    'blog.example',
  ].join('\t'),
].join('\r\n');

const read = (log: string) => collected(accessLog, { 'access.log': log }, { now });

test('a line of the combined format is a view', async () => {
  const { views } = await read(combined);
  assert.deepEqual(views, [
    {
      time: Date.parse('2024-10-10T20:55:36Z'),
      url: '/about?utm_source=x',
      visitor: `203.0.113.9\n${firefox}`,
      referrer: 'https://news.example/"quoted"',
      campaign: { source: 'x', medium: '', campaign: '', term: '', content: '' },
      client: { userAgent: firefox, timeZone: '', width: 0, languages: '' },
    },
  ]);
});

test('the virtual host before a line tells the site', async () => {
  const { views } = await read(`blog.example:443 ${combined}\nother.example ${combined}`);
  assert.deepEqual(
    views.map(({ url }) => url),
    ['https://blog.example/about?utm_source=x', 'https://other.example/about?utm_source=x'],
  );
});

test('the common format tells no browser', async () => {
  const { views } = await read(common);
  assert.ok(views[0] && 'browser' in views[0].client && views[0].client.browser === '(unknown)');
});

test('a log of CloudFront names its fields, and encodes the user agent once or twice', async () => {
  const { views } = await read(cloudFront);
  assert.deepEqual(
    views.map(({ time, url, referrer, client }) => [new Date(time).toISOString(), url, referrer, client]),
    [
      ['2024-12-04T21:02:31.000Z', 'https://blog.example/index.html', ''],
      ['2024-12-04T21:02:32.000Z', 'https://blog.example/a?x=1', 'https://news.example/ '],
    ].map((view) => [...view, { userAgent: firefox, timeZone: '', width: 0, languages: '' }]),
  );
});

test('a log of S3 is read by its keys', async () => {
  const { views, drops } = await read(`${s3}\n${s3.replace('WEBSITE.GET.OBJECT', 'REST.GET.VERSIONING')}`);
  assert.deepEqual([views[0]?.url, views[0]?.referrer, views.length], ['/posts/one.html', 'https://news.example/', 1]);
  assert.deepEqual(drops, { 'S3 log: not a GET': 1 });
});

test('only successful GETs of pages count, and each other line has a reason', async () => {
  const line = (from: string, to: string) => combined.replace(from, to);
  const { views, drops } = await read(
    [
      ...[combined, line('200', '304'), line('GET', 'POST'), line('GET', 'HEAD'), line(' 200 ', ' 301 ')],
      ...[
        line(' 200 ', ' 404 '),
        line(' 200 ', ' 206 '),
        line('/about', '/style.css'),
        line('/about', '/wp-login.php'),
        line('2024', '1989'),
      ],
      ...[line('2024', '2027'), line('10/Oct', '31/Feb'), line('10/Oct', '10/Foo'), 'garbage', combined.slice(0, 60)],
      ...['', line('"GET /about?utm_source=x HTTP/1.1"', '"\\x16\\x03\\x01"')],
    ].join('\n'),
  );
  assert.equal(views.length, 2);
  assert.deepEqual(drops, {
    'access log: not a GET': 2,
    'access log: redirect or error': 3,
    'access log: not a page': 2,
    'access log: date before 1990 or in the future': 2,
    'access log: broken line': 5,
  });
});

test('logs are recognized by their lines', () => {
  const isLog = (text: string) => accessLog.recognizes(entriesOf({ 'a.csv': text }));
  for (const log of [common, combined, `blog.example ${common}`, cloudFront, s3, `garbage\n${common}`])
    assert.equal(isLog(log), true, log);
  for (const text of ['', 'date,url,views\n2024-01-01,/,1', '{"a":1}', 'garbage'])
    assert.equal(isLog(text), false, text);
  const mixed = accessLog.recognizes(entriesOf({ 'access.log': common, 'error.log': 'garbage' }));
  assert.equal(mixed, 'error.log is not an access log, but other files are. Leave it out.');
});

test('a path is that of a page unless it has a static file, a feed or a path of machines', () => {
  for (const path of ['/', '/about', '/posts/v1.2', '/a.html', '/a.php', '/feeds-of-birds'])
    assert.ok(isPagePath(path), path);
  for (const path of ['/a.css', '/A.PNG', '/robots.txt', '/feed/', '/blog/feed', '/.well-known/x', '/xmlrpc.php', '*'])
    assert.ok(!isPagePath(path), path);
});
