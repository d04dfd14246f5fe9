import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { liveScript } from '../../build/live-script.ts';
import type { LiveHit } from '../../core/live/live-hit.ts';
import { liveReportOf } from '../../core/live/live-report.ts';
import { type LivePage, liveHtml } from '../../views/Live.tsx';

const now = Date.parse('2026-11-26T12:00:30Z');
const url = 'https://blog.example.com/posts/a?b=1&c=2';
const hit: LiveHit = { time: now, site: 'blog.example.com', url, begins: true, from: 'x.com', country: 'FR' };
const page: LivePage = {
  ...{ sites: ['blog.example.com'], site: undefined, onlySite: undefined, query: {}, isPaused: false },
  ...{
    data: undefined,
    problem: '',
    timeZone: 'Europe/Berlin',
    prefix: 'blog.example.com',
    today: '?period=today',
    truncated: false,
  },
};
const htmlOf = (hits: LiveHit[], change: Partial<LivePage> = {}) =>
  liveHtml(liveReportOf({ hits, more: {} }, now), { ...page, ...change });
const scope = { site: undefined, timeZone: page.timeZone, prefix: page.prefix, today: page.today, truncated: false };
const data = (hits: LiveHit[]) => ({ ...scope, hits, more: {}, now, socket: 'wss://example.com/?token=T' });

test('says how many read now, in the title and on the page, on the site’s clock', () => {
  const html = htmlOf([hit]);
  assert.match(html, /<title>1 reading now · Footfall<\/title>/);
  assert.match(html, /<p class="live-count">1<\/p>/);
  assert.match(html, /<time>13:00<\/time>/);
});

test('says how many views there are if none belongs to a known reader', () => {
  const { begins, from, country, ...view } = hit;
  const html = htmlOf([view, view, { ...view, time: now - 6 * 60_000 }]);
  assert.match(html, /<title>2 views · Footfall<\/title>/);
  assert.match(html, /<p class="live-count">2<\/p><p>views<\/p><p class="remark">in the last 5 minutes<\/p>/);
});

test('links a page to its numbers of today', () => {
  const query = 'period=today&amp;page=https%3A%2F%2Fblog.example.com%2Fposts%2Fa%3Fb%3D1%26c%3D2';
  assert.ok(htmlOf([hit]).includes(`href="dashboard?${query}"`));
});

test('says what to expect before the first view', () => {
  assert.match(htmlOf([]), /No views yet\./);
  assert.doesNotMatch(htmlOf([hit]), /No views yet\./);
});

describe('escapes', () => {
  const nasty = '</script><img src=x>';
  test('names', () => {
    assert.ok(!htmlOf([{ ...hit, from: nasty }]).includes('<img'));
  });
  test('names in its data', () => {
    const html = htmlOf([], { data: data([{ ...hit, from: nasty }]) });
    assert.ok(!html.includes('<img'));
    assert.equal(html.match(/<\/script>/g)?.length, 2);
  });
});

describe('a script', () => {
  test('is on the page only with a WebSocket', () => {
    assert.doesNotMatch(htmlOf([hit]), /<script/);
    assert.ok(htmlOf([hit], { data: data([hit]) }).includes(liveScript));
  });
  test('is not on a page whose updates are stopped', () => {
    const html = htmlOf([hit], { data: data([hit]), isPaused: true });
    assert.doesNotMatch(html, /<script|http-equiv/);
    assert.match(html, /Updates are stopped\..*Update again/);
  });
  test('leaves refreshing to browsers without scripts', () => {
    assert.match(
      htmlOf([], { data: data([]) }),
      /<head>.*<noscript><meta http-equiv="refresh" content="15"\/><\/noscript><\/head>/s,
    );
  });
  test('is small', () => {
    assert.ok(gzipSync(liveScript).length < 14_000, `${gzipSync(liveScript).length} bytes`);
  });
});

test('keeps the site and the link in its own links, and shows no other site to a link of one', () => {
  const sites = ['blog.example.com', 'notes.example.org'];
  const html = htmlOf([], { sites, onlySite: 'blog.example.com', site: 'blog.example.com', query: { share: 'TOKEN' } });
  assert.doesNotMatch(html, /notes\.example\.org/);
  assert.match(html, /href="live\?share=TOKEN&amp;paused=1"/);
  assert.match(
    htmlOf([], { sites, site: 'notes.example.org', query: { site: 'notes.example.org' } }),
    /href="live\?site=notes\.example\.org&amp;paused=1"/,
  );
});
