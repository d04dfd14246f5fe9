import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page, Route, WebSocketRoute } from 'playwright-core';
import { a11yViolations } from '../../../local/a11y.ts';
import { snippetFor } from '../../../snippet/embed.ts';
import { startSite } from './site.ts';

const { origin, dashboardUrl, newContext } = await startSite(
  (trackUrl, sites) => {
    const page = `<!doctype html><html lang="en"><title>Post</title>${snippetFor(trackUrl, sites)}<p>Post</p>`;
    return { '/': page, '/a': page, '/b': page, '/c': page, '/d': page };
  },
  { LIVE: 'websocket' },
);
const liveUrl = new URL('live', dashboardUrl).href;

/** A reader of the blog views a page. */
async function read(path: string): Promise<void> {
  const context = await newContext();
  const page = await context.newPage();
  const counted = page.waitForResponse((response) => response.url().endsWith('/track'));
  await page.goto(origin + path);
  await counted;
  await context.close();
}

/** The line of a view of a path. */
const lineOf = (page: Page, path: string) =>
  page.locator('.latest li').filter({ has: page.getByText(path, { exact: true }) });
const socketIsOpen = (page: Page) => page.getByText('Live: new views show at once.').waitFor();

/** Opens the live page, and asserts at the end that it reported no error. */
async function watch(steps: (page: Page) => Promise<void>, prepare?: (page: Page) => Promise<void>) {
  const context = await newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await prepare?.(page);
  await page.goto(liveUrl);
  await steps(page);
  await context.close();
  assert.deepEqual(complaints, []);
}

test('a view appears without a reload, in the title, too', () =>
  watch(async (page) => {
    await socketIsOpen(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await read('/a');
    await lineOf(page, '/a').waitFor();
    assert.match(await page.title(), /^1 reading now · /);
    assert.equal(await page.locator('.latest .is-fresh').count(), 1);
    assert.deepEqual(asked, []);
    assert.deepEqual(await a11yViolations(page), []);
  }));

test('the page survives a connection that drops, and shows what came meanwhile', () => {
  const sockets: WebSocketRoute[] = [];
  return watch(
    async (page) => {
      await socketIsOpen(page);
      const [first] = sockets;
      assert.ok(first);
      await first.close();
      await page.getByText('Updates every 15 seconds.').waitFor();
      await read('/b');
      await socketIsOpen(page);
      await lineOf(page, '/b').waitFor();
      assert.equal(sockets.length, 2);
    },
    (page) =>
      page.routeWebSocket(/token=/, (socket) => {
        sockets.push(socket);
        socket.connectToServer();
      }),
  );
});

test('a reader stops the updates, and starts them again', () =>
  watch(async (page) => {
    await socketIsOpen(page);
    await page.getByRole('link', { name: 'Stop updating' }).click();
    await page.getByText('Updates are stopped.').waitFor();
    await page.getByRole('link', { name: 'Update again' }).click();
    await socketIsOpen(page);
  }));

/** Takes each WebSocket of the page. Connects it to the API, or leaves it open without a server. */
async function socketsOf(page: Page, isConnected: boolean): Promise<WebSocketRoute[]> {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/token=/, (socket) => {
    sockets.push(socket);
    if (isConnected) socket.connectToServer();
  });
  return sockets;
}

test('a page that is stopped while it asks for a token opens no connection', () => {
  let sockets: WebSocketRoute[] = [];
  return watch(
    async (page) => {
      await socketIsOpen(page);
      const pause = page.locator('#live-pause');
      const held: Route[] = [];
      await page.route(liveUrl, (route) => void held.push(route));
      for (const _ of [1, 2, 3]) {
        await pause.click();
        const asked = page.waitForRequest(liveUrl);
        await pause.click();
        await asked;
      }
      await Promise.all(held.map((route) => route.continue().catch(() => {}))); // some are no longer waited for
      await socketIsOpen(page);
      await pause.click();
      await page.unroute(liveUrl);
      await pause.click();
      await socketIsOpen(page);
      assert.equal(sockets.length, 3);
    },
    async (page) => {
      sockets = await socketsOf(page, true);
    },
  );
});

test('with a connection that brings nothing, the page asks once a minute, and sends a ping every two', () => {
  const pings: unknown[] = [];
  return watch(
    async (page) => {
      await socketIsOpen(page);
      await read('/c');
      await page.clock.runFor(60_000);
      await lineOf(page, '/c').waitFor();
      assert.deepEqual(pings, []);
      await page.clock.runFor(60_000);
      while (pings.length === 0) await page.clock.runFor(1);
      assert.deepEqual(pings, ['ping']);
    },
    async (page) => {
      await page.clock.install();
      await page.routeWebSocket(/token=/, (socket) => socket.onMessage((text) => pings.push(text)));
    },
  );
});

test('without a connection, the page asks every 15 s', () =>
  watch(
    async (page) => {
      await read('/d');
      await page.clock.runFor(15_000);
      await lineOf(page, '/d').waitFor();
    },
    async (page) => {
      await page.clock.install();
      await page.addInitScript(() => {
        window.WebSocket = class {
          static OPEN = 1;
          readyState = 0;
        } as unknown as typeof WebSocket;
      });
    },
  ));

test('a page that the server now shows without its script is loaded again', async () => {
  const context = await newContext();
  const page = await context.newPage();
  const sockets = await socketsOf(page, true);
  await page.goto(liveUrl);
  await socketIsOpen(page);
  await page.route(liveUrl, (route) => route.fulfill({ status: 400, contentType: 'text/html', body: 'LIVE is off.' }));
  await sockets[0]?.close();
  await page.getByText('LIVE is off.').waitFor();
  await context.close();
});

test('without JavaScript the page asks again by itself, and shows the views', async () => {
  const context = await (await newContext()).browser()?.newContext({ javaScriptEnabled: false });
  assert.ok(context);
  const page = await context.newPage();
  await page.goto(liveUrl);
  await read('/');
  // The browser itself asks again after 15 s.
  await page.waitForResponse(liveUrl);
  await lineOf(page, '/').waitFor();
  assert.equal(await page.locator('.live-count').textContent(), '1'); // the views come from one network and browser
  await context.close();
});
