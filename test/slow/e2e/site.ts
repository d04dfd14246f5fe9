import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { dayAt } from '../../../core/calendar/day.ts';
import { startApi } from '../../../local/api.ts';
import { launchBrowser } from '../../../local/browser.ts';
import { startDatabase } from '../../../local/database.ts';
import { close, listen } from '../../../local/listen.ts';
import { localClient } from '../../../local/local-client.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { zoneAtNoon } from '../../noon.ts';

/** What reached the API, in order. */
interface Received {
  method: string;
  url?: string;
  canonical?: string;
  event?: string;
  [field: string]: unknown;
}

/** The user agent of a person's Chromium; the headless one says so, and is a bot. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

/**
 * A site with these pages (HTML or scripts by path), the real routes and functions on another origin, and a browser.
 * Everything ends with the test file.
 */
export async function startSite(
  pages: (trackUrl: string, sites: string[]) => Record<string, string>,
  settings: Record<string, string> = {},
) {
  const database = await startDatabase();
  const site = createServer((request, response) => {
    const path = (request.url ?? '').replace(/[?#].*/, '');
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    response.writeHead(path in files ? 200 : 404, { 'content-type': type });
    response.end(files[path]);
  });
  const sitePort = await listen(site);
  const origin = `http://localhost:${sitePort}`;

  const received: Received[] = [];
  let underWay = 0;
  const recorder = createServer(async (request, response) => {
    underWay++;
    const body = Buffer.concat(await request.toArray());
    if (request.url === '/track') received.push({ method: request.method ?? '', ...fieldsOf(body.toString()) });
    await forward(request, body, response);
    underWay--;
    recorder.emit('answered');
  });
  const recorderPort = await listen(recorder);
  const trackUrl = `http://localhost:${recorderPort}/track`;
  const sites = [`localhost:${sitePort}`];
  const files: Record<string, string> = { ...pages(trackUrl, sites), '/end': endPage(trackUrl) };

  const environment = {
    ...database.environment,
    SITES: sites.join(),
    TIME_ZONE: zoneAtNoon(),
    HIT_TIMEOUT: '20000', // this machine may be slow
    PUBLIC_DASHBOARD: 'true',
    ...settings,
  };
  Object.assign(process.env, environment);
  const api = await startApi(environment, { slsOptions: ['--noTimeout'] });
  async function forward(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { host, connection, 'content-length': _, ...headers } = request.headers as Record<string, string>;
    const init = { method: request.method ?? '', headers, ...(body.length > 0 && { body: new Uint8Array(body) }) };
    const answer = await fetch(api.origin + request.url, init);
    const { 'content-encoding': coding, 'content-length': length, ...rest } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, rest).end(Buffer.from(await answer.arrayBuffer()));
  }

  const browser = await launchBrowser();
  after(async () => {
    await browser.close();
    await Promise.all([api.close(), close(recorder), close(site)]);
    await database.close();
  });

  /** A visitor from Toronto who reads French. */
  const newContext = (): Promise<BrowserContext> =>
    browser.newContext({ userAgent, locale: 'fr-CA', timezoneId: 'America/Toronto' });

  return {
    origin,
    trackUrl,
    dashboardUrl: `${api.origin}/dashboard`,
    environment,
    newContext,

    /** Runs a visitor with a fresh browser profile, and asserts that no error reaches the page. */
    async visit(steps: (page: Page) => Promise<unknown>): Promise<void> {
      const context = await newContext();
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await steps(page);
      await context.close();
      assert.deepEqual(errors, []);
    },

    /** What is in the table of a page, today. */
    async counted(path: string) {
      const client = localClient();
      const rows = await statisticsStore(client, 'SiteStatistics').rows(
        dayAt(Date.now(), environment.TIME_ZONE),
        Date.now(),
      );
      client.destroy();
      return rows.find(({ url }) => url === origin + path)?.counters ?? {};
    },

    /** Waits until this many requests have reached the API since the last call of `assertSent`. */
    async arrived(count: number): Promise<void> {
      while (received.length < count || underWay > 0) await once(recorder, 'answered');
    },

    /**
     * Leaves the page, and asserts that these requests have reached the API since the last call, in this order, and no
     * others. Returns them.
     */
    async assertSent(page: Page, ...want: string[]): Promise<Received[]> {
      await page.goto(`${origin}/end`);
      while (underWay > 0 || !received.some(({ url }) => url === 'the end')) await once(recorder, 'answered');
      const sent = received.splice(0).filter(({ url }) => url !== 'the end');
      assert.deepEqual(
        sent.map((each) => lineOf(each).replaceAll(origin, '')),
        want,
      );
      return sent;
    },
  };
}

/** A request in words: `view /app`, `view /article as /canonical`, `signup on /app` or `OPTIONS`. */
function lineOf({ method, url, canonical, event }: Received): string {
  if (method !== 'POST') return method;
  const page = canonical ? `${url} as ${canonical}` : url;
  return event ? `${event} on ${page}` : `view ${page}`;
}

/** What a body says; a body that is no JSON says nothing. */
function fieldsOf(body: string): object {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** Sends one last request: browsers send requests in their order, and the snippet sends at the latest when a page ends. */
const endPage = (trackUrl: string) =>
  `<link rel="icon" href="data:,"><script>fetch('${trackUrl}', { method: 'POST', body: '{"url":"the end"}' }).catch(() => {})</script>`;
