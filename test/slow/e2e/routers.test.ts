import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { build } from 'esbuild';
import { eventsSnippetFor, snippetFor } from '../../../snippet/embed.ts';
import { startSite } from './site.ts';

const nodeModules = new URL('../../../node_modules/', import.meta.url);
const turbo = await readFile(new URL('@hotwired/turbo/dist/turbo.es2017-umd.js', nodeModules), 'utf8');

// In React, the address of a <Navigate replace> changes in an effect, some tasks after the link or the load.
const app = `
  import { createElement as h } from 'react';
  import { createRoot } from 'react-dom/client';
  import { BrowserRouter, Link, Navigate, Route, Routes, useNavigate, useSearchParams } from 'react-router';

  function Home() {
    const navigate = useNavigate();
    const [, setParameters] = useSearchParams();
    return h('main', {},
      h(Link, { to: '/react/old' }, 'old'),
      h('button', { onClick: () => setParameters({ tab: '2' }, { replace: true }) }, 'tab'),
      h('button', { onClick: () => navigate('/react/other', { replace: true }) }, 'other'),
    );
  }

  createRoot(document.getElementById('root')).render(
    h(BrowserRouter, {},
      h(Routes, {},
        h(Route, { path: '/react/home', element: h(Home) }),
        h(Route, { path: '/react/old', element: h(Navigate, { to: '/react/new', replace: true }) }),
        h(Route, { path: '*', element: h('h1', {}, 'arrived') }),
      ),
    ),
  );
`;
const bundle = await build({
  stdin: { contents: app, resolveDir: import.meta.dirname },
  bundle: true,
  minify: true,
  write: false,
  define: { 'process.env.NODE_ENV': '"production"' },
});

const { origin, arrived, visit, assertSent } = await startSite((trackUrl, sites) => {
  const blocks = snippetFor(trackUrl, sites) + eventsSnippetFor(trackUrl, sites);
  const icon = '<link rel="icon" href="data:,">';
  const shell = `<html><head>${icon}${blocks}<script type="module" src="/react.js"></script></head><body><div id="root"></div></body></html>`;
  const links = [1, 2, 3, 4, 5].map((page) => `<a href="/turbo/${page}">page ${page}</a>`).join(' ');
  const turboPage = (page: number) => `<html><head><title>${page}</title>${icon}<script src="/turbo.js"></script></head>
    <body><h1>${page}</h1>${links} <button data-footfall="click">click</button>${blocks}</body></html>`;
  return {
    ...Object.fromEntries([1, 2, 3, 4, 5].map((page) => [`/turbo/${page}`, turboPage(page)])),
    '/turbo.js': turbo,
    '/react.js': bundle.outputFiles[0]?.text ?? '',
    '/react/home': shell,
    '/react/old': shell,
    '/twice': `${icon}${blocks}<body>${blocks}`,
  };
});

test('a page that has both blocks twice counts a view and an event once', () =>
  visit(async (page) => {
    await page.goto(`${origin}/twice`);
    await arrived(1);
    await page.evaluate(() => history.pushState({}, '', '/twice/two'));
    await arrived(2);
    await page.evaluate(() => window.footfall('hello'));
    await arrived(3);
    await assertSent(page, 'view /twice', 'view /twice/two', 'hello on /twice/two');
  }));

test('Turbo, which runs the blocks again on each page, counts each view and event once', () =>
  visit(async (page) => {
    await page.goto(`${origin}/turbo/1`);
    await arrived(1);
    for (const next of [2, 3, 4, 5]) {
      await page.click(`text=page ${next}`);
      await page.waitForSelector(`h1:text("${next}")`);
      await arrived(next);
    }
    await page.click('button');
    await arrived(6);
    await page.goBack();
    await page.waitForSelector('h1:text("4")');
    await arrived(7);
    const views = [1, 2, 3, 4, 5].map((each) => `view /turbo/${each}`);
    await assertSent(page, ...views, 'click on /turbo/5', 'view /turbo/4');
  }));

test('React Router counts the page to which it redirects, not the page that was opened', () =>
  visit(async (page) => {
    await page.goto(`${origin}/react/old?utm_source=news`);
    await arrived(1);
    const [hit] = await assertSent(page, 'view /react/new');
    assert.deepEqual(hit?.utm, ['utm_source=news']);
  }));

test('React Router counts the page to which a link redirects', () =>
  visit(async (page) => {
    await page.goto(`${origin}/react/home`);
    await arrived(1);
    await page.click('text=old');
    await arrived(2);
    await assertSent(page, 'view /react/home', 'view /react/new');
  }));

test('React Router counts a path that it replaces, and no query', () =>
  visit(async (page) => {
    await page.goto(`${origin}/react/home`);
    await arrived(1);
    await page.click('text=tab');
    await page.waitForURL('**/react/home?tab=2');
    await page.click('text=other');
    await arrived(2);
    await assertSent(page, 'view /react/home', 'view /react/other');
  }));

test('React Router counts where it redirects although its script comes late', () =>
  visit(async (page) => {
    const script = Promise.withResolvers<void>();
    await page.route('**/react.js', async (route) => {
      await script.promise;
      await route.continue();
    });
    await page.goto(`${origin}/react/old`, { waitUntil: 'commit' });
    // Timers fire in order: had the snippet set one after the first frame, it would be over.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200))));
    script.resolve();
    await arrived(1);
    await assertSent(page, 'view /react/new');
  }));
