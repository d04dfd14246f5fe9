import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser } from '../../../local/browser.ts';
import { startFunctions } from '../../functions/footfall.ts';
import { host } from '../../functions/owner.ts';

const { track, stats } = await startFunctions({ SITES: 'blog.example.com' });
const url = `https://blog.example.com/]]>&<b>"'%00%01`;

test('the feed is XML that a browser reads, whatever the names are', async (t) => {
  const epoch = Date.parse('2026-01-15T12:00:00Z');
  await track({ body: JSON.stringify({ url, referrer: 'https://x&y.example/' }), epoch });
  const { body = '' } = await stats({
    path: '/feed.xml',
    headers: { host },
    epoch: Date.parse('2026-01-20T12:00:00Z'),
  });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const titles = await page.evaluate((xml) => {
    const atom = 'http://www.w3.org/2005/Atom';
    const feed = new DOMParser().parseFromString(xml, 'application/xml');
    const content = feed.getElementsByTagNameNS(atom, 'content')[0]?.textContent ?? '';
    const html = new DOMParser().parseFromString(content, 'text/html');
    return {
      errors: feed.querySelectorAll('parsererror').length,
      ids: new Set([...feed.getElementsByTagNameNS(atom, 'id')].map((id) => id.textContent)).size,
      entries: feed.getElementsByTagNameNS(atom, 'entry').length,
      link: feed.getElementsByTagNameNS(atom, 'link')[1]?.getAttribute('href'),
      item: [...html.querySelectorAll('li')].map((li) => li.textContent).find((text) => text?.includes('%00')),
      elements: [...new Set([...html.body.querySelectorAll('*')].map(({ localName }) => localName))].sort(),
    };
  }, body);
  assert.deepEqual(titles, {
    errors: 0,
    ids: 3,
    entries: 2,
    link: `https://${host}/dashboard?from=2026-01-12&to=2026-01-18`,
    item: "blog.example.com/%5D%5D%3E&%3Cb%3E%22'%00%01: 1",
    elements: ['bdi', 'h3', 'li', 'p', 'ul', 'wbr'],
  });
});
