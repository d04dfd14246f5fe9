import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { daysUpTo } from '../core/calendar/day.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { close, listen } from '../local/listen.ts';
import { peakMemory } from './peak-memory.ts';

// The roll-up and the dashboard of two weeks in which a flood filled every day: 5,000 pages a day with 24 made-up sources
// each. The embedded database would take minutes to answer with rows, so a server stands in that has these answers ready.
const today = '2026-11-21';
const days = daysUpTo(today, 14);
const pagesPerDay = 5_000;
const namesPerPage = 24;
/** A Query returns at most 1 MB of items. In JSON they take nearly twice as much. */
const itemsPerQuery = 700;

/** Returns the item of a made-up page, as DynamoDB answers with it. Each page and each name exists on one day only. */
function itemOf(day: string, page: number): string {
  const names = Array.from({ length: namesPerPage }, (_, i) => `forged-${day}-${page}-${i}`);
  const counters = {
    ...{
      views: namesPerPage,
      hour_12: namesPerPage,
      visits: namesPerPage,
      visitors: 20,
      site_visitors: 20,
      seconds: 300,
    },
    ...Object.fromEntries(
      names.flatMap((name) => [
        [`views_${name}`, 1],
        [`source_${name}`, 1],
      ]),
    ),
    ...{ 'referrer_(direct)': namesPerPage, country_DE: 9, country_FR: 15, browser_Firefox: 24, os_Linux: 24 },
    ...{ names_views: namesPerPage, names_source: namesPerPage, expires: 1_900_000_000 },
  };
  const numbers = Object.entries(counters).map(([name, count]) => [name, { N: String(count) }]);
  const key = {
    day: { S: day },
    url: { S: `https://blog.example.com/made-up/${day}/${page}` },
    last: { S: 'q1Zb0c9T' },
  };
  return JSON.stringify({ ...key, ...Object.fromEntries(numbers) });
}

/** Answers Queries for the days, page by page. Passes all else on to the database. */
async function startTable(database: string) {
  const answers = new Map(
    days.map((day) => [
      day,
      Array.from({ length: Math.ceil(pagesPerDay / itemsPerQuery) }, (_, i) => {
        const first = i * itemsPerQuery;
        const count = Math.min(itemsPerQuery, pagesPerDay - first);
        const items = Array.from({ length: count }, (_, page) => itemOf(day, first + page));
        const isLast = first + count === pagesPerDay;
        const next = isLast ? '' : `,"LastEvaluatedKey":{"day":{"S":"${day}"},"url":{"S":"${i + 1}"}}`;
        return Buffer.from(`{"Items":[${items}],"Count":${count},"ScannedCount":${count}${next}}`);
      }),
    ]),
  );
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { ExpressionAttributeValues: values, ExclusiveStartKey: start } = JSON.parse(body);
    const ready = answers.get(values?.[':day']?.S)?.[Number(start?.url.S ?? 0)];
    if (ready) return void response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(ready);
    const { host, connection, 'content-length': _, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(database, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(await answer.text());
  });
  return { server, port: await listen(server) };
}

/** Rolls up, or asks for one path of the flooded week, as a cold function does. */
async function measure(what: string) {
  const start = process.cpuUsage();
  const begin = performance.now();
  const epoch = Date.parse(`${today}T23:00:00Z`);
  const event = httpEvent({ path: what, epoch, headers: { 'accept-encoding': 'gzip' } });
  let answer = '';
  if (what === 'roll-up') {
    const { handler } = await import('../functions/rollup.ts');
    answer = `${(await handler({ time: `${today}T03:30:00Z` })).stored.length} days`;
  } else {
    const { handler } =
      what === '/dashboard' ? await import('../functions/dashboard.ts') : await import('../functions/stats.ts');
    const { statusCode, body = '' } = await handler(event);
    answer = `${statusCode}, ${Math.round(body.length / 1000)} KB`;
  }
  const { user, system } = process.cpuUsage(start);
  return {
    answer,
    'CPU, s': (user + system) / 1e6,
    'elapsed, s': (performance.now() - begin) / 1000,
    'peak memory, MB': peakMemory(),
  };
}

const what = process.argv[2];
if (what) {
  process.send?.(await measure(what));
  process.exit();
}
const database = await useDatabaseProcess();
const { server, port } = await startTable(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '');
const environment = {
  ...{ SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true', RETENTION_DAYS: '100' },
  AWS_ENDPOINT_URL_DYNAMODB: `http://localhost:${port}`,
  FOOTFALL_REQUEST_TIMEOUT: '20000',
};
const results: Record<string, unknown> = {};
for (const each of ['/dashboard', 'roll-up', '/dashboard', '/stats.json', '/stats.csv']) {
  const child = fork(import.meta.filename, [each], { env: { ...process.env, ...environment } });
  [results[each in results ? `${each} from summaries` : each]] = await once(child, 'message');
}
console.log(`7 days × ${pagesPerDay} pages × ${namesPerPage} made-up sources, and the 7 days before`);
console.table(results);
await close(server);
database.close();
