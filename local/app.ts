import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readSetting } from '../config/settings.ts';
import { checkSettings } from '../deploy/check-settings.ts';
import { simulatorControl } from '../simulator/control.ts';
import { controlPage } from '../simulator/control-page.ts';
import { httpTransport } from '../simulator/http.ts';
import { demoSite } from '../simulator/read-site.ts';
import { startApi } from './api.ts';
import { startBlog } from './blog.ts';
import { startDatabase } from './database.ts';
import { datedPosts } from './dated-posts.ts';
import { localPassword } from './demo-password.ts';
import { eventSource } from './event-source.ts';
import { databaseFolder, historyDone, lakeFolder, queueFolder } from './folder.ts';
import { close } from './listen.ts';
import { startQueue } from './queue.ts';
import { forgetRunning, noteRunning } from './running.ts';
import { startLake } from './start-lake.ts';

/** The whole of Footfall on one machine. */
export interface App {
  dashboardUrl: string;
  /** The dashboard's password. Undefined if it is public or has a password of yours. */
  password?: string;
  blogOrigin: string;
  /** Hosts besides the demo blog's whose pages count. */
  ownSites: string[];
  /** The URL that starts live traffic. */
  trafficUrl: string;
  /** The environment variables by which functions use the app's database and settings. */
  environment: Record<string, string>;
  /** Rolls up the days that are over, as every night on AWS. */
  rollUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the functions on a port, and the demo blog with the simulator on the next. Keeps data in the port's folder.
 * Throws an Error that names a wrong setting.
 */
export async function startApp(port: number, slsOptions: string[] = []): Promise<App> {
  const blogOrigin = `http://localhost:${port + 1}`;
  const timeZone = process.env.TIME_ZONE || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { password, hash } = await localPassword(port);
  const ownSites = process.env.SITES ? readSetting('SITES', process.env) : [];
  const sites = [`localhost:${port + 1}`, ...ownSites];
  const settings = {
    SITES: sites.join(),
    TIME_ZONE: timeZone,
    DETAIL_DAYS: '45',
    RETENTION_DAYS: '760',
    VISITORS: process.env.VISITORS || 'on',
    PAGE_URLS: process.env.PAGE_URLS || 'merged',
    MAX_PAGES_PER_DAY: '5000',
    MAX_NAMES_PER_DIMENSION: '24',
    TABLE_PREFIX: 'Site',
    HIT_TIMEOUT: process.env.HIT_TIMEOUT || '3000', // this machine may be slow
    LIVE: process.env.LIVE || 'websocket',
    LAKE: process.env.LAKE || 'off',
    PUBLIC_DASHBOARD: process.env.PUBLIC_DASHBOARD || 'false',
    DASHBOARD_PASSWORD_HASH: process.env.DASHBOARD_PASSWORD_HASH || hash,
  };
  checkSettings(settings);
  const database = await startDatabase(databaseFolder(port));
  const queue = await startQueue({ folder: queueFolder(port) });
  const lake = settings.LAKE === 'on' ? await startLake(lakeFolder(port)) : undefined;
  const environment = { ...database.environment, ...queue.environment, ...lake?.environment, ...settings };
  const api = await startApi(environment, { port, slsOptions });
  const draining = new AbortController();
  const drain = (event: SQSEvent) => api.invoke('drain', event) as Promise<SQSBatchResponse>;
  const drained = eventSource(queue, drain, draining.signal);
  const dashboardUrl = `${api.origin}/dashboard`;

  const token = randomBytes(8).toString('hex');
  const seed = Date.now() % 2 ** 31;
  const plan = {
    site: demoSite,
    origin: blogOrigin,
    seed,
    visitors: settings.VISITORS === 'on',
    exactUrls: settings.PAGE_URLS === 'exact',
    run: seed.toString(36),
  };
  const simulator = simulatorControl({ plan, transport: httpTransport(api.origin), token, timeZone });
  const answerSimulator = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await simulator.answer(request.url ?? '/');
    if (!answer) return false;
    const isBrowser = request.headers.accept?.includes('text/html');
    const [type, body] = isBrowser
      ? ['text/html; charset=utf-8', controlPage(answer, { token, dashboardUrl })]
      : ['application/json', JSON.stringify(answer.body)];
    response.writeHead(answer.status, { 'content-type': type, vary: 'accept' }).end(body);
    return true;
  };
  const { eventsSnippetFor, snippetFor } = await import('../snippet/embed.ts'); // which `sls` builds
  const trackUrl = `${api.origin}/track`;
  const events = eventsSnippetFor(trackUrl, sites).replace('<script>', '<script data-outbound data-downloads>');
  const head = `${snippetFor(trackUrl, sites)}\n${events}`;
  const historyEnd = await stat(historyDone(port)).then(({ mtimeMs }) => mtimeMs, Date.now);
  const posts = datedPosts(historyEnd);
  const blog = await startBlog(port + 1, { head, dashboardUrl, posts }, answerSimulator);
  await noteRunning(port, environment);

  return {
    dashboardUrl,
    ...(settings.DASHBOARD_PASSWORD_HASH === hash && settings.PUBLIC_DASHBOARD === 'false' && { password }),
    blogOrigin,
    ownSites,
    trafficUrl: `${blogOrigin}/simulator/start?token=${token}`,
    environment,
    async rollUp() {
      await api.invoke('rollup', {});
    },
    async close() {
      await forgetRunning(port);
      await simulator.stop();
      await close(blog);
      draining.abort();
      await drained;
      await api.close();
      await lake?.close();
      await queue.close();
      await database.close();
    },
  };
}
