import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Hit, type PageView, parseHit, type Refusal } from '../../core/hit.ts';

const sites = ['blog.example.com', 'www.example.org', 'localhost:3001'];
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const url = 'https://blog.example.com/a';

const run = (name: string, hit: Partial<Hit>, want: PageView | Refusal) =>
  test(name, () => assert.deepEqual(parseHit({ body: JSON.stringify({ url }), userAgent, ...hit }, sites), want));
const body = (fields: unknown, want: PageView | Refusal) =>
  run(JSON.stringify(fields).slice(0, 80), { body: JSON.stringify(fields) }, want);

describe('an accepted body', () => {
  body({ url }, { url, source: '' });
  body({ url, utm_source: 'Twitter' }, { url, source: 'twitter' });
  body({ url, utm_source: null }, { url, source: '' });
  body({ url, utm_source: '' }, { url, source: '' });
  body({ url, bot: false, width: 1280, tz: 'Europe/Berlin', referrer: '' }, { url, source: '' });
  body({ url, anything: { else: [1] }, __proto__: null }, { url, source: '' });
  body({ url: `${url}?utm_source=x#y`, utm_source: 'x' }, { url, source: 'x' });
  body({ url: 'http://localhost:3001/' }, { url: 'http://localhost:3001/', source: '' });
  body({ url: 'https://www.blog.example.com/' }, { url: 'https://www.blog.example.com/', source: '' });
  body({ url: 'https://example.org/' }, { url: 'https://example.org/', source: '' });
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
  body({ url, padding: 'x'.repeat(4096) }, 'malformed');
  body({ url, padding: 'é'.repeat(2048) }, 'malformed');
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
    run(`does not send the origin ${origin}`, { origin }, { url, source: '' });
});

describe('a bot', () => {
  body({ url, bot: true }, 'bot');
  for (const bot of [undefined, '', 'curl/8.5.0', 'Googlebot/2.1', 'Mozilla/5.0 HeadlessChrome/130.0'])
    run(`has the user agent ${bot}`, { userAgent: bot }, 'bot');
});

describe('a long URL', () => {
  const long = (length: number) => `${url}/${'x'.repeat(length - url.length - 1)}`;
  body({ url: long(1000) }, { url: long(1000), source: '' });
  body({ url: long(1001) }, 'too long');
  body({ url: `${url}/${'é'.repeat(200)}` }, 'too long');
});
