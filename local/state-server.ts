import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayAt } from '../core/calendar/day.ts';
import { hashPassword } from '../http/password-hash.ts';
import { startDatabase } from './database.ts';
import { httpEvent } from './event.ts';
import { startAthena } from './lake-athena.ts';
import { fillLake } from './lake-fill.ts';
import { listen } from './listen.ts';
import { type Fill, type FillName, fills, now } from './state-fills.ts';

/** Starts a dashboard with a database of its own, in a process of its own because of its settings. */
export async function startState(fill: FillName): Promise<{ origin: string; close(): void }> {
  const child = fork(import.meta.filename, [fill], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`The dashboard with the fill ${fill} did not start. Run npm run build first.`);
  });
  const [origin] = await Promise.race([once(child, 'message'), failed]);
  return { origin, close: () => child.disconnect() };
}

/** Fills a database, serves the dashboard as of `now`, and returns its origin. */
async function serve({ sites, fill, password, hasLake }: Fill): Promise<string> {
  const database = await startDatabase();
  Object.assign(process.env, database.environment, {
    SITES: sites.join(),
    TIME_ZONE: 'UTC',
    DETAIL_DAYS: '99999',
    VISITORS: '',
    ...(hasLake ? await lakeOf(sites[0] ?? '') : { LAKE: 'off' }),
    HIT_TIMEOUT: '3000',
    PUBLIC_DASHBOARD: password ? '' : 'true',
    DASHBOARD_PASSWORD_HASH: password ? await hashPassword(password) : '',
  });
  const { localClient } = await import('./local-client.ts');
  const { statisticsStore } = await import('../store/statistics.ts');
  const { handler } = await import('../functions/dashboard.ts');
  await fill(statisticsStore(localClient(), 'SiteStatistics'));

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    // Without the host, so that pictures show the same URL on any port.
    const { host, ...rest } = request.headers as Record<string, string>;
    const {
      statusCode,
      headers,
      cookies,
      body = '',
      isBase64Encoded,
    } = await handler(
      httpEvent({
        method: request.method ?? '',
        path: pathname,
        query: Object.fromEntries(searchParams),
        headers: rest,
        body: Buffer.concat(await request.toArray()).toString(),
        epoch: now,
      }),
    );
    response
      .writeHead(statusCode ?? 200, {
        ...(headers as Record<string, string>),
        ...(cookies && { 'set-cookie': cookies }),
      })
      .end(body, isBase64Encoded ? 'base64' : 'utf8');
  });
  return `http://localhost:${await listen(server)}`;
}

/** Makes a lake that is gone when this process ends. Returns the settings that point functions at it. */
async function lakeOf(site: string) {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-lake-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  await fillLake(folder, site, dayAt(now, 'UTC'));
  return { LAKE: 'on', ...(await startAthena(folder)).environment };
}

if (import.meta.main) {
  process.once('disconnect', () => process.exit());
  process.send?.(await serve(fills[process.argv[2] as FillName]));
}
