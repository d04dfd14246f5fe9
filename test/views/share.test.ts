import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ShareProps, shareHtml } from '../../views/Share.tsx';

const created = Date.parse('2026-11-17T23:30:00Z');
const page = {
  site: undefined,
  timeZone: 'Europe/Berlin',
  today: '2026-11-18',
  base: '/',
  query: new URLSearchParams('period=30d'),
  problem: '',
  exported: { range: '2026-11-18', parts: [{ href: 'export.zip', dates: '2026-11-18' }] },
} as const satisfies Partial<ShareProps>;
const link = { id: 'Zm9v', site: 'blog.example.com', until: '2026-11-18', created, token: 'TOKEN' } as const;
const htmlWith = (links: (typeof link)[] | { until: '2026-11-17' }[]) =>
  shareHtml({
    sessionDays: 30,
    ...page,
    sites: ['blog.example.com'],
    shared: { links: links.map((each) => ({ ...link, ...each })), api: 'A', feed: 'F' },
  });

test('a link has a line with its site, its days in the time zone of the site, and a button', () => {
  const line =
    '<li><form class="link-line" method="post"><span><strong>blog.example.com</strong><br/><small>Valid through 2026-11-18, created on 2026-11-18</small></span><button class="button is-small" type="submit" name="revoke" value="Zm9v">Revoke<span class="is-sr-only"> the link through 2026-11-18</span></button></form><pre class="paste"><code>/dashboard?share=TOKEN</code></pre></li>';
  assert.ok(htmlWith([link]).includes(`<ul class="links">${line}</ul>`), htmlWith([link]));
});

test('a link for all sites says so, where there are several', () => {
  const ofAll = { ...page, shared: { links: [{ ...link, site: '' }], api: 'A', feed: 'F' } };
  const named = (sites: string[]) =>
    /<li>.*?<strong>(.*?)<\/strong>/.exec(shareHtml({ ...ofAll, sessionDays: 30, sites }))?.[1];
  assert.deepEqual(named(['blog.example.com', 'notes.example.org']), 'All sites');
  assert.deepEqual(named(['blog.example.com']), 'blog.example.com');
});

test('an expired link has no URL to copy, and without links there is no list', () => {
  assert.match(htmlWith([{ until: '2026-11-17' }]), /Expired: was valid through 2026-11-17, (?!.*share=TOKEN)/);
  assert.doesNotMatch(htmlWith([]), /<ul class="links">/);
});

test('an export of several files names what each has', () => {
  const parts = ['2026-11-01 to 2026-11-10', '2026-11-11'].map((dates) => ({
    href: `export.zip?dates=${dates}`,
    dates,
  }));
  const html = (parts: { href: string; dates: string }[]) =>
    shareHtml({
      ...{ ...page, sessionDays: 30, sites: ['blog.example.com'], shared: undefined },
      exported: { range: '2026-11-01 to 2026-11-11', parts },
    });
  assert.match(html(parts), /<a href="export.zip\?dates=2026-11-11" download>Part 2 of 2<\/a>.*?> 2026-11-11</);
  assert.match(html(parts.slice(0, 1)), /download>Download<\/a><\/li>/);
});
