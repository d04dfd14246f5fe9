import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { a11yViolations } from './a11y.ts';
import { launchBrowser } from './browser.ts';
import { type FillName, lockedBy } from './state-fills.ts';
import { startState } from './state-server.ts';

// Takes pictures of the dashboard in every state, or in those whose name contains `--only`. Prints for each state what is
// too wide and what breaks a rule of axe.

/** A state of the dashboard. */
interface State {
  name: string;
  /** A route of the dashboard, by default the dashboard itself. */
  path?: string;
  query?: string;
  fill: FillName;
  /** The text of the menu to open. */
  menu?: string;
  /** The password to type. */
  password?: string;
}

const page = 'https://blog.example.com/posts/the-bill-was-four-cents';

const states: State[] = [
  { name: 'empty', fill: 'nothing' },
  { name: 'one-hit', fill: 'oneHit' },
  { name: 'one-hit-by-hour', query: '?period=today', fill: 'oneHit' },
  { name: 'week', fill: 'blog' },
  { name: 'menu-of-ranges', query: '?from=2026-10-05&to=2026-10-25', menu: '5–25 Oct', fill: 'blog' },
  { name: 'by-hour', query: '?period=today', fill: 'blog' },
  { name: '30-days', query: '?period=30d', fill: 'blog' },
  { name: '90-days', query: '?period=90d', fill: 'blog' },
  { name: '90-days-by-week', query: '?period=90d&by=week', fill: 'blog' },
  { name: 'year', query: '?period=12mo', fill: 'blog' },
  { name: 'year-by-week', query: '?period=12mo&by=week', fill: 'blog' },
  { name: 'all-time', query: '?period=all', fill: 'blog' },
  { name: 'five-years', query: '?from=2021-12-01', fill: 'decades' },
  { name: 'ten-years-by-month', query: '?from=2016-01-01&by=month', fill: 'decades' },
  { name: 'twenty-years', query: '?from=2007-01-01', fill: 'decades' },
  { name: 'custom-range', query: '?from=2026-11-02&to=2026-11-13', fill: 'blog' },
  { name: 'no-views', query: '?from=2024-02-01&to=2024-02-14', fill: 'blog' },
  { name: 'bad-query', query: '?period=300y', fill: 'blog' },
  { name: 'bad-query-long', query: `?site=${'unbroken'.repeat(20)}&from=2026-11-31`, fill: 'blog' },
  { name: 'filtered-source', query: '?source=hacker-news', fill: 'blog' },
  { name: 'filtered-page', query: `?page=${encodeURIComponent(page)}`, fill: 'blog' },
  { name: 'filtered-country', query: '?country=FR', fill: 'blog' },
  { name: 'filtered-event', query: '?event=signup', fill: 'blog' },
  { name: 'names-that-meet', query: '?country=DE&device=mobile', fill: 'lake', password: lockedBy },
  {
    name: 'names-that-meet-by-hour',
    query: '?country=DE&device=mobile&period=today&metric=visits',
    fill: 'lake',
    password: lockedBy,
  },
  {
    name: 'names-that-meet-on-a-page',
    query: `?page=${encodeURIComponent(page)}&os=iOS&country=DE&period=90d`,
    fill: 'lake',
    password: lockedBy,
  },
  { name: 'names-that-never-meet', query: '?country=DE&event=signup', fill: 'lake', password: lockedBy },
  { name: 'one-name-from-the-lake', query: '?country=DE&lake=on', fill: 'lake', password: lockedBy },
  { name: 'one-name-beside-the-lake', query: '?country=DE', fill: 'lake', password: lockedBy },
  {
    name: 'flows-of-a-page',
    query: `?page=${encodeURIComponent(page)}&lake=on&period=30d`,
    fill: 'lake',
    password: lockedBy,
  },
  { name: 'two-names-without-a-lake', query: '?country=DE&device=mobile', fill: 'blog' },
  { name: 'imported', query: '?period=90d', fill: 'imported' },
  { name: 'imported-by-month', query: '?period=12mo', fill: 'imported' },
  { name: 'imported-day', query: '?from=2026-09-28&to=2026-09-28', fill: 'imported' },
  {
    name: 'imported-filtered',
    query: '?from=2026-09-01&to=2026-09-30&page=https://blog.example.com/&country=FR',
    fill: 'imported',
  },
  { name: 'two-sites', fill: 'twoSites' },
  { name: 'two-sites-one', query: '?site=docs.example.org', fill: 'twoSites' },
  { name: 'many-sites', fill: 'manySites' },
  { name: 'install', path: 'install', fill: 'twoSites' },
  { name: 'sign-in', fill: 'locked' },
  { name: 'sign-in-wrong', fill: 'locked', password: 'wrong' },
  { name: 'signed-in', fill: 'locked', password: lockedBy },
  { name: 'notes', menu: 'Add a note', fill: 'lockedWithNotes', password: lockedBy },
  { name: 'folders', query: '?folders=on&sort=change', fill: 'blog' },
  { name: 'found', query: '?q=post&sort=visits&order=asc', fill: 'blog' },
  { name: 'found-nothing', query: '?q=nowhere', fill: 'blog' },
  { name: 'install-waiting', path: 'install', fill: 'locked', password: lockedBy },
  { name: 'sharing', path: 'share', fill: 'locked', password: lockedBy },
  {
    name: 'sharing-one-site',
    path: 'share',
    query: '?site=docs.example.org',
    fill: 'locked',
    password: lockedBy,
  },
  { name: 'sharing-wrong', path: 'share', query: '?site=nowhere.example', fill: 'locked', password: lockedBy },
  { name: 'sharing-links', path: 'share', fill: 'lockedWithLinks', password: lockedBy },
  { name: 'link-expired', query: '?share=gone', fill: 'locked' },
  { name: 'sharing-public', path: 'share', fill: 'blog' },
  { name: 'live', path: 'live', fill: 'live' },
  { name: 'live-stopped', path: 'live', query: '?paused=1', fill: 'nothing' },
  { name: 'live-wrong', path: 'live', query: '?site=nowhere.example', fill: 'live' },
  { name: 'hostile', fill: 'hostile' },
  { name: 'many-pages', fill: 'manyPages' },
  { name: 'huge', fill: 'huge' },
  { name: 'huge-by-hour', query: '?period=today', fill: 'huge' },
  { name: 'huge-30-days', query: '?period=30d', fill: 'huge' },
];

const screens = [
  { device: 'narrow', width: 360, height: 740, pictured: false },
  { device: 'phone', width: 390, height: 844, pictured: true },
  { device: 'tablet', width: 768, height: 1024, pictured: true },
  { device: 'desktop', width: 1280, height: 860, pictured: true },
  { device: 'wide', width: 1920, height: 1080, pictured: true },
];

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const [folder = '.local/states'] = positionals;
const wanted = states.filter(({ name }) => name.includes(values.only ?? ''));
if (wanted.length === 0) {
  console.error(`No state contains "${values.only}". Choose from: ${states.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const [fill, ofFill] of Map.groupBy(wanted, ({ fill }) => fill)) {
  const server = await startState(fill);
  for (const colorScheme of ['light', 'dark'] as const) {
    // One context for all, because sign-ins are limited.
    const context = await browser.newContext({ colorScheme });
    for (const { name, path = 'dashboard', query = '', menu, password } of ofFill) {
      const page = await context.newPage();
      await page.goto(`${server.origin}/${path}${query}`);
      if (password !== undefined && (await page.getByLabel('Password').isVisible())) {
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForLoadState();
      }
      if (menu) await page.locator('summary').getByText(menu).click();
      for (const { device, width, height, pictured } of screens) {
        await page.setViewportSize({ width, height });
        const file = join(folder, `${name}-${device}-${colorScheme}.png`);
        if (pictured) await page.screenshot({ path: file, fullPage: true });
        const faults = [...(await overflow(page)), ...(await a11yViolations(page))];
        console.log(
          [`${name}, ${width} px, ${colorScheme}: ${faults.length === 0 ? 'fine' : ''}`, ...faults].join('\n  '),
        );
      }
      await page.close();
    }
    await context.close();
  }
  server.close();
}
await browser.close();

/** Returns how far the page is wider than the screen, and the element that reaches furthest. */
async function overflow(page: Page): Promise<string[]> {
  const { pixels, widest } = await page.evaluate(() => {
    const leaves = [...document.body.querySelectorAll(':not(:has(*))')].map((leaf) => {
      const text = document.createRange();
      text.selectNodeContents(leaf);
      return { html: leaf.outerHTML, right: text.getBoundingClientRect().right };
    });
    const widest = leaves.reduce((a, b) => (b.right > a.right ? b : a)).html;
    return { pixels: document.documentElement.scrollWidth - innerWidth, widest: widest.slice(0, 120) };
  });
  return pixels > 0 ? [`${pixels} px too wide: ${widest}`] : [];
}
