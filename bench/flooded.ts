import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { dayAfter, daysUpTo } from '../core/calendar/day.ts';
import { httpEvent } from '../local/event.ts';
import { close, listen } from '../local/listen.ts';
import { peakMemory } from './peak-memory.ts';

// The dashboard of a week in which a flood filled every day: 5,000 pages a day with 24 made-up sources each. The embedded
// database would take minutes to answer, so a server stands in that has all pages of the Queries ready.
const today = '2026-11-21';
const week = daysUpTo(today, 7);
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

/** Answers Queries for the days of the week, page by page. */
async function startTable() {
  const answers = new Map(
    week.map((day) => [
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
    const { ExpressionAttributeValues: values, ExclusiveStartKey: start } = JSON.parse(await text(request));
    const answer = answers.get(values[':day']?.S)?.[Number(start?.url.S ?? 0)];
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(answer ?? '{"Items":[],"Count":0}');
  });
  return { server, port: await listen(server) };
}

/** Asks for one path of the flooded week as a cold function does. */
async function measure(path: string) {
  const { handler } =
    path === '/dashboard' ? await import('../functions/dashboard.ts') : await import('../functions/stats.ts');
  const epoch = Date.parse(`${today}T23:00:00Z`);
  const start = process.cpuUsage();
  const begin = performance.now();
  const { statusCode, body = '' } = await handler(httpEvent({ path, epoch, headers: { 'accept-encoding': 'gzip' } }));
  const { user, system } = process.cpuUsage(start);
  return {
    status: statusCode,
    'CPU, s': (user + system) / 1e6,
    'elapsed, s': (performance.now() - begin) / 1000,
    'peak memory, MB': peakMemory(),
    'answer, KB': body.length / 1000,
  };
}

const path = process.argv[2];
if (path) {
  process.send?.(await measure(path));
  process.exit();
}
const { server, port } = await startTable();
const environment = {
  ...{ SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true', AWS_REGION: 'us-east-1', AWS_PROFILE: '' },
  ...{
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: `http://localhost:${port}`,
  },
  FOOTFALL_REQUEST_TIMEOUT: '20000',
};
const results: Record<string, unknown> = {};
for (const each of ['/dashboard', '/stats.json', '/stats.csv']) {
  const child = fork(import.meta.filename, [each], { env: { ...process.env, ...environment } });
  [results[each]] = await once(child, 'message');
}
console.log(`7 days × ${pagesPerDay} pages × ${namesPerPage} made-up sources, from ${dayAfter(today, -6)} on`);
console.table(results);
await close(server);
