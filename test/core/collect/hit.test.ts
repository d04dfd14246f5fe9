import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Hit,
  type PageEvent,
  type PageView,
  parseHit,
  type Refusal,
  type RefusedHit,
} from '../../../core/collect/hit.ts';

const sites = ['blog.example.com', 'www.example.org', 'localhost:3001'];
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const url = 'https://blog.example.com/a';

type Want = Partial<PageView> | Partial<PageEvent> | Refusal | RefusedHit;
const run = (name: string, hit: Partial<Hit>, want: Want) =>
  test(name, () => {
    const got = parseHit({ body: JSON.stringify({ url }), userAgent, ...hit }, sites);
    if (typeof want === 'string') return assert.equal('refusal' in got && got.refusal, want);
    const asked = Object.entries(got).filter(([name]) => name in want);
    assert.deepEqual(Object.fromEntries(asked), want);
  });
const body = (fields: unknown, want: Want) =>
  run(JSON.stringify(fields).slice(0, 80), { body: JSON.stringify(fields) }, want);

describe('an accepted body', () => {
  body({ url }, { url, campaign: {} });
  body({ url, utm_source: 'Twitter' }, { url, campaign: { source: 'twitter' } });
  body({ url, utm_source: null }, { url, campaign: {} });
  body({ url, utm_source: '' }, { url, campaign: {} });
  body({ url, bot: false, width: 1280, tz: 'Europe/Berlin', referrer: '' }, { url, campaign: {} });
  body({ url, anything: { else: [1] }, __proto__: null }, { url, campaign: {} });
  body({ url: `${url}?utm_source=x#y`, utm_source: 'x' }, { url, campaign: { source: 'x' } });
  body({ url: 'http://localhost:3001/' }, { url: 'http://localhost:3001/', campaign: {} });
  body({ url: 'https://www.blog.example.com/' }, { url: 'https://www.blog.example.com/', campaign: {} });
  body({ url: 'https://example.org/' }, { url: 'https://example.org/', campaign: {} });
});

describe('a canonical link', () => {
  const on = (canonical: string, want: Want) => body({ canonical, url }, want);
  on('https://blog.example.com/b', { url: 'https://blog.example.com/b' });
  on('https://www.blog.example.com/b', { url: 'https://www.blog.example.com/b' });
  on('https://example.org/b', { site: 'example.org', url: 'https://example.org/b' });
  for (const elsewhere of [
    'https://medium.example/a',
    'https://blog.example.com:8443/b',
    'mailto:a@b.example',
    '%',
    '',
  ])
    on(elsewhere, { url });
  body({ canonical: 'https://medium.example/a', url: 'https://elsewhere.example/' }, 'foreign site');
  body({ canonical: 'https://blog.example.com/b', url, event: 'x' }, { url: 'https://blog.example.com/b', event: 'x' });
  body({ canonical: 7, url }, 'malformed');
});

test('a page and its canonical link have one URL each if the setting says so', () => {
  const urlOf = (fields: object, pageUrls?: 'merged' | 'exact') => {
    const got = parseHit({ body: JSON.stringify(fields), userAgent }, sites, pageUrls);
    return 'url' in got && got.url;
  };
  for (const fields of [{ url: `${url}/` }, { url, canonical: `${url}/index.html` }, { url: `${url}/`, event: 'x' }])
    assert.deepEqual([urlOf(fields), urlOf(fields, 'merged')], [url, url]);
  assert.equal(urlOf({ url: `${url}/` }, 'exact'), `${url}/`);
  assert.equal(urlOf({ url, canonical: `${url}/index.html` }, 'exact'), `${url}/index.html`);
});

describe('a list of utm parameters, as they stand in the address', () => {
  const of = (utm: unknown, want: Want) => body({ utm, url }, want);
  of(['utm_source=News', 'utm_term=a%20b+c'], { campaign: { source: 'news', term: 'a b c' } });
  of(['utm_source=%FF%', 'utm_medium', 'utm_id=7'], { campaign: { source: '\ufffd%' } });
  of(['utm_source=a', 'utm_source=b'], { campaign: { source: 'a' } });
  of([`utm_term=${'%E4%B8%96'.repeat(64)}`], { campaign: { term: '世'.repeat(21) } });
  of([], { campaign: {} });
  of(null, { campaign: {} });
  for (const wrong of ['utm_source=a', { 0: 'utm_source=a' }, ['utm_source=a', 7], [['utm_source=a']]])
    of(wrong, 'malformed');
});

describe('a malformed body', () => {
  for (const text of ['', 'null', '7', '"x"', '[]', '[{}]', '{', '{}', 'url=x', '{"url":', '\u0000', '{"url":"x"}'])
    run(`is ${JSON.stringify(text)}`, { body: text }, 'malformed');
  body({ url: 7 }, 'malformed');
  body({ url: { href: url } }, 'malformed');
  body({ url, utm_source: 7 }, 'malformed');
  body({ url, utm_source: ['x'] }, 'malformed');
  body({ url, width: '1280' }, 'malformed');
  body({ url, bot: 'yes' }, 'malformed');
  body({ url, tz: {} }, 'malformed');
  body({ url: 'javascript:alert(1)' }, 'malformed');
  body({ url, padding: 'x'.repeat(16384) }, 'malformed');
  body({ url, padding: 'é'.repeat(8192) }, 'malformed');
});

describe('a foreign site', () => {
  body({ url: 'https://elsewhere.example/' }, 'foreign site');
  body({ url: 'https://blog.example.com.evil.example/' }, 'foreign site');
  body({ url: 'https://evil.example/blog.example.com' }, 'foreign site');
  body({ url: 'https://blog.example.com@evil.example/' }, 'foreign site');
  body({ url: 'https://blog.example.com:8443/' }, 'foreign site');
  body({ url: 'https://www.www.blog.example.com/' }, 'foreign site');
  body({ url: 'http://localhost:3000/' }, 'foreign site');
  for (const origin of ['https://evil.example', 'null', '', 'blog.example.com', 'https://'])
    run(`sends the origin ${JSON.stringify(origin)}`, { origin }, 'foreign site');
  for (const origin of ['https://blog.example.com', 'http://blog.example.com', 'https://www.blog.example.com'])
    run(`does not send the origin ${origin}`, { origin }, { url, campaign: {} });
});

describe('a bot', () => {
  body({ url, bot: true }, { refusal: 'bot', bot: 'headless', site: 'blog.example.com' });
  for (const bot of [undefined, '', 'curl/8.5.0', 'Googlebot/2.1', 'Mozilla/5.0 HeadlessChrome/130.0'])
    run(`has the user agent ${bot}`, { userAgent: bot }, 'bot');
});

describe('a long URL', () => {
  const long = (length: number) => `${url}/${'x'.repeat(length - url.length - 1)}`;
  body({ url: long(1000) }, { url: long(1000), campaign: {} });
  body({ url: long(1001) }, 'too long');
  body({ url: `${url}/${'é'.repeat(200)}` }, 'too long');
});

describe('a refused hit names the site of its page', () => {
  const site = 'blog.example.com';
  const elsewhere = 'https://evil.example/';
  body({ url, event: '\u200b' }, { refusal: 'malformed', site });
  body({ url: url.padEnd(1001, 'x') }, { refusal: 'too long', site });
  body({ url, referrer: 'https://semalt.com/' }, { refusal: 'spam', site });
  const bot = { refusal: 'bot', bot: 'headless' } as const;
  body({ url: elsewhere, canonical: url, bot: true }, { ...bot, site });
  body({ url: 'https://www.blog.example.com/', bot: true }, { ...bot, site: 'www.blog.example.com' });
  body({ url: 'http://localhost:3001/', bot: true }, { ...bot, site: 'localhost:3001' });
  run('although another site sent it', { origin: elsewhere }, { refusal: 'foreign site', site });
});

test('a view from elsewhere has no page before it', () => {
  for (const referrer of ['https://example.org/b', 'https://www.example.com/b', '']) {
    const got = parseHit({ body: JSON.stringify({ url, referrer, before: '/b' }), userAgent }, sites);
    assert.equal('before' in got, false, referrer);
  }
});

test('a refused hit names no site but a listed one', () => {
  for (const text of ['', '{', '{}', '{"url":7}', '{"url":"https://evil.example/","bot":true}'])
    assert.deepEqual(Object.keys(parseHit({ body: text, userAgent }, sites)), ['refusal'], text);
});

describe('a view', () => {
  const campaign = { source: 'news', medium: 'e-mail', campaign: 'spring', term: 'a b', content: 'top' };
  body(
    { url, utm_source: 'News', utm_medium: 'E-Mail ', utm_campaign: 'spring', utm_term: 'a b', utm_content: 'top' },
    { campaign },
  );
  body({ url, utm_medium: '\u200b', utm_term: 'x' }, { campaign: { term: 'x' } });
  const found = { referrer: 'news.ycombinator.com', cameFromSite: false };
  body({ url, referrer: 'https://news.ycombinator.com/item?id=1' }, found);
  body({ url, referrer: '' }, { referrer: '', cameFromSite: false });
  const gone = { referrer: '', cameFromSite: true };
  body({ url, referrer: 'https://blog.example.com/b' }, { site: 'blog.example.com', ...gone });
  body({ url, referrer: 'http://www.blog.example.com/b' }, gone);
  body({ url: 'https://www.blog.example.com/', referrer: 'https://blog.example.com/b' }, gone);
  body({ url: 'http://localhost:3001/', referrer: 'http://localhost:3001/b' }, { site: 'localhost:3001', ...gone });
  body({ url: 'http://localhost:3001/', referrer: 'http://localhost:3000/' }, { referrer: 'localhost:3000' });
  body({ url, referrer: 'https://www.example.org/' }, { referrer: 'example.org', cameFromSite: false });
  run(
    'keeps what the browser tells',
    { languages: 'de-DE', body: JSON.stringify({ url, tz: 'Asia/Tokyo', width: 390 }) },
    {
      client: { userAgent, timeZone: 'Asia/Tokyo', width: 390, languages: 'de-DE' },
    },
  );
  body({ url }, { client: { userAgent, timeZone: '', width: 0, languages: '' } });
  body({ url, referrer: 'https://www.blog.example.com/b/?q=secret#x' }, { before: '/b' });
});

describe('an event', () => {
  run(
    'keeps what the headers tell',
    { languages: 'de', body: JSON.stringify({ url, event: 'x' }) },
    {
      client: { userAgent, timeZone: '', width: 0, languages: 'de' },
    },
  );
  body({ url, event: ' SignUp ' }, { url, event: 'signup' });
  body({ url, event: '404' }, { url, event: '404' });
  body({ url, event: '\u200b' }, 'malformed');
  body({ url, event: 7 }, 'malformed');
  body({ url: 'https://evil.example/', event: 'x' }, 'foreign site');
  body({ url, event: 'x', bot: true }, 'bot');
  body({ url, event: 'x', referrer: 'https://semalt.com/' }, 'spam');
});

describe('spam', () => {
  body({ url, referrer: 'https://semalt.com/' }, 'spam');
  body({ url, referrer: 'http://www.semalt.com/x?y' }, 'spam');
  body({ url, referrer: 'http://a.b.semalt.com/' }, 'spam');
  body({ url, referrer: 'https://notsemalt.com/' }, { referrer: 'notsemalt.com' });
  body({ url, referrer: 'https://semalt.com.example.org/' }, { referrer: 'semalt.com.example.org' });
});
