import { fork } from 'node:child_process';
import { once } from 'node:events';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { dayAt, daysUpTo } from '../core/calendar/day.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { httpEvent } from '../local/event.ts';
import { concurrently } from '../store/concurrently.ts';
import { median } from './bundles.ts';
import { peakMemory } from './peak-memory.ts';

/** A dashboard to measure: a number of days with pages, up to an instant (ms) of its own. */
interface Case {
  days: number;
  pages: number;
  epoch: number;
  /** Whether each page has forty counters instead of eight, and the earlier range has the same pages. */
  full: boolean;
}

const cases: Case[] = [
  { days: 7, pages: 100, epoch: Date.UTC(2026, 0, 15), full: false },
  { days: 7, pages: 1000, epoch: Date.UTC(2026, 1, 15), full: false },
  { days: 7, pages: 1000, epoch: Date.UTC(2026, 2, 15), full: true },
  { days: 7, pages: 5000, epoch: Date.UTC(2026, 3, 15), full: false },
  { days: 30, pages: 1000, epoch: Date.UTC(2026, 7, 15), full: false },
];

const words = 'one table is enough for the views of a small site that nobody watches but its owner on a phone'.split(
  ' ',
);
const sources = ['twitter', 'hacker-news', 'slack', 'mastodon', 'newsletter', 'reddit', 'linkedin'];
const others = [
  ...['visitors', 'site_visitors', 'visits', 'engaged', 'seconds'],
  ...['07', '09', '11', '12', '15', '18', '20', '21'].map((hour) => `hour_${hour}`),
  ...sources.map((source) => `source_${source}`),
  ...['(direct)', 'google.com', 'lobste.rs'].map((host) => `referrer_${host}`),
  ...['DE', 'US', 'FR'].map((code) => `country_${code}`),
  ...['mobile', 'desktop'].map((device) => `device_${device}`),
  ...['Firefox', 'Chrome', 'Safari'].map((browser) => `browser_${browser}`),
  'os_Linux',
];

/** Fills the days with numbers and titles that vary as real ones do, and rolls them up as the last night did. */
async function fill({ days, pages, epoch, full }: Case): Promise<void> {
  const { localClient } = await import('../local/local-client.ts');
  const { statisticsStore } = await import('../store/statistics.ts');
  const client = localClient();
  const statistics = statisticsStore(client, 'SiteStatistics');
  const rows = daysUpTo(dayAt(epoch, 'UTC'), full ? 2 * days : days).flatMap((day) =>
    Array.from({ length: pages }, (_, page) => ({ day, page })),
  );
  await concurrently(50, rows, ({ day, page }) => {
    const title = Array.from({ length: 5 }, (_, i) => words[(page * (i + 3) + i * i) % words.length]).join('-');
    const views = 1 + ((page * 7919 + (Date.parse(day) / 86_400_000) * 104_729) % 997);
    const names = [...sources.map((source) => `views_${source}`), ...(full ? others : [])];
    const counters = Object.fromEntries(names.map((name, i) => [name, Math.floor(views / (i + 3))]));
    return statistics.add(day, `https://blog.example.com/${page}/${title}`, { views, ...counters }, 99_999);
  });
  client.destroy();
  const { handler } = await import('../functions/rollup.ts');
  await handler({ time: new Date(epoch + 12 * 3_600_000).toISOString() });
}

/** Measures the answer: bytes sent, median CPU when warm, and peak memory. */
async function measure({ days, epoch }: Case, coding: string) {
  const { handler } = await import('../functions/dashboard.ts');
  const query = { period: `${days}d` };
  const loaded = peakMemory();
  const times: number[] = [];
  let body = Buffer.alloc(0);
  for (let i = 0; i < 20; i++) {
    const start = process.cpuUsage();
    body = Buffer.from(
      (await handler(httpEvent({ epoch, query, headers: { 'accept-encoding': coding } }))).body ?? '',
      'base64',
    );
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const html = coding === 'br' ? brotliDecompressSync(body) : gunzipSync(body);
  return {
    'sent, KB': body.length / 1000,
    'HTML, KB': html.length / 1000,
    'CPU, ms': Math.round(median(times.slice(5))),
    'memory when loaded, MB': loaded,
    'peak memory, MB': peakMemory(),
  };
}

const [which, coding] = process.argv.slice(2);
if (which !== undefined && coding !== undefined) {
  const measured = cases[Number(which)];
  process.send?.(measured && (await measure(measured, coding)));
} else {
  const database = await useDatabaseProcess();
  Object.assign(process.env, { SITES: 'blog.example.com', PUBLIC_DASHBOARD: 'true' });
  const results: Record<string, object> = {};
  for (const [i, each] of cases.entries()) {
    await fill(each);
    for (const coding of i === 0 ? ['br', 'gzip'] : ['br']) {
      const child = fork(import.meta.filename, [String(i), coding]);
      child.once('exit', (code) => {
        if (!code) return;
        database.close();
        process.exit(code);
      });
      [results[`${each.days} days × ${each.pages} pages${each.full ? ', full' : ''}, ${coding}`]] = await once(
        child,
        'message',
      );
    }
  }
  console.log('GET /dashboard when warm, each case in a process of its own');
  console.table(results);
  database.close();
}
