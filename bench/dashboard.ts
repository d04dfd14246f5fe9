import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dayAt, daysUpTo } from '../core/day.ts';
import { httpEvent } from '../local/event.ts';
import { concurrently } from '../store/concurrently.ts';
import { median } from './bundles.ts';
import { useDatabaseProcess } from './database.ts';

const database = await useDatabaseProcess();
Object.assign(process.env, { SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true' });
const { statisticsStore } = await import('../store/statistics.ts');
const { handler } = await import('../functions/dashboard.ts');
const client = new DynamoDBClient();
const statistics = statisticsStore(client, 'SiteStatistics');

const words = 'one table is enough for the views of a small site that nobody watches but its owner on a phone'.split(
  ' ',
);
const sources = ['twitter', 'hacker-news', 'slack', 'mastodon', 'newsletter', 'reddit', 'linkedin'];

/** Seven days of `pages` pages each, with numbers and titles that differ as real ones do. */
async function fill(pages: number, epoch: number): Promise<void> {
  const rows = daysUpTo(dayAt(epoch, 'UTC'), 7).flatMap((day) =>
    Array.from({ length: pages }, (_, page) => ({ day, page })),
  );
  await concurrently(50, rows, ({ day, page }) => {
    const title = Array.from({ length: 5 }, (_, i) => words[(page * (i + 3) + i * i) % words.length]).join('-');
    const views = 1 + ((page * 7919 + (Date.parse(day) / 86_400_000) * 104_729) % 997);
    const counters = Object.fromEntries(sources.map((source, i) => [`views_${source}`, Math.floor(views / (i + 3))]));
    return statistics.add(day, `https://blog.example.com/${page}/${title}`, { views, ...counters }, 99_999);
  });
}

/** Bytes of the answer as sent, and the median milliseconds of CPU to make it, once warm. */
async function measure(epoch: number, coding: string) {
  const event = httpEvent({ epoch, headers: { 'accept-encoding': coding } });
  const times: number[] = [];
  let body = Buffer.alloc(0);
  for (let i = 0; i < 20; i++) {
    const start = process.cpuUsage();
    body = Buffer.from((await handler(event)).body ?? '', 'base64');
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const html = coding === 'br' ? brotliDecompressSync(body) : gunzipSync(body);
  return {
    'sent, KB': body.length / 1000,
    'HTML, KB': html.length / 1000,
    'CPU, ms': Math.round(median(times.slice(5))),
  };
}

const results: Record<string, object> = {};
for (const [i, pages] of [100, 1000].entries()) {
  const epoch = Date.UTC(2026, i, 15);
  await fill(pages, epoch);
  for (const coding of ['br', 'gzip']) results[`7 days × ${pages} pages, ${coding}`] = await measure(epoch, coding);
}
console.log('GET /dashboard, warm');
console.table(results);
client.destroy();
database.close();
