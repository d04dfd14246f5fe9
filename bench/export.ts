import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Day, dayAfter, daysUpTo } from '../core/calendar/day.ts';
import { type Month, monthOf } from '../core/calendar/month.ts';
import { type Year, yearOf } from '../core/calendar/year.ts';
import { summaryBuilder } from '../core/counters/summary-builder.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { useDatabaseProcess } from '../local/database-process.ts';
import { localClient } from '../local/local-client.ts';
import { rollupState } from '../store/rollup-state.ts';
import { summariesStore } from '../store/summaries.ts';
import { exportCommand } from '../transfer/export.ts';
import { peakMemory } from './peak-memory.ts';

// Measures npm run export: of ten years of a blog with 300 pages, and of a flood. Each export is a process of its own.
const site = 'blog.example.com';
const today: Day = '2026-11-21';
const now = Date.parse(`${today}T12:00:00Z`);
const caps = { maxPages: 5_000, maxUrlBytes: 1_000_000, maxNames: 2_000 };

/** Of each page, what a day, month or year counts. */
type Fill = (page: number, date: number) => Record<string, number>;

const ofBlog: Fill = (page, date) => {
  const views = 1 + Math.floor(400 / (page + 2)) + ((page + date) % 5);
  const names = ['country_DE', 'device_mobile', 'browser_Firefox', 'os_Linux', 'language_de', 'channel_search'];
  const sites = Array.from({ length: 1 + (views % 6) }, (_, i) => `referrer_site${(date + i * 7) % 90}.example`);
  const hours = Array.from(
    { length: 1 + (views % 8) },
    (_, i) => `hour_${String((page + i * 5) % 24).padStart(2, '0')}`,
  );
  const counters = { views, visitors: views, site_visitors: views, visits: views, engaged: 1, seconds: 60 * views };
  return {
    ...counters,
    ...Object.fromEntries([...names, ...sites, ...hours].map((name, i) => [name, 1 + (views % (i + 2))])),
  };
};
const ofFlood: Fill = (page, date) => ({
  ...{ views: 24, visits: 24, visitors: 24, site_visitors: 24, hour_12: 24, country_DE: 24 },
  ...Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`source_n${(page * 24 + i + date) % 2_000}`, 1])),
});

async function fill(dates: SummaryDate[], pages: number, countersOf: Fill): Promise<void> {
  const summaries = summariesStore(localClient(), 'SiteStatistics');
  for (const [number, date] of dates.entries()) {
    const builder = summaryBuilder();
    for (let page = 0; page < pages; page++)
      builder.addRow(
        `https://${site}/posts/${page}-what-one-table-is-enough-for`,
        new Map(Object.entries(countersOf(page, number))),
      );
    await summaries.replace({ site, date, summary: builder.summary(caps), expires: undefined }, now);
  }
}

/** Exports in a process of its own, and prints what it took. */
async function measure(name: string, first: Day): Promise<Record<string, string>> {
  const child = fork(import.meta.filename, [name, first], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [measured] = await once(child, 'message');
  return measured;
}

const [name, first = today] = process.argv.slice(2);
if (name !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'footfall-bench-'));
  const file = join(folder, 'export.zip');
  const [start, before] = [performance.now(), process.cpuUsage()];
  await exportCommand([file, '--from', first], now);
  const { user, system } = process.cpuUsage(before);
  process.send?.({
    seconds: ((performance.now() - start) / 1000).toFixed(1),
    'seconds of CPU': ((user + system) / 1e6).toFixed(1),
    'peak memory, MB': String(peakMemory()),
    'zip, MB': (statSync(file).size / 1e6).toFixed(1),
  });
  rmSync(folder, { recursive: true });
} else {
  const table: Record<string, Record<string, string>> = {};
  for (const [title, begin, days, pages, countersOf] of [
    ['ten years × 300 pages, 760 days of them', '2016-11-22', 760, 300, ofBlog],
    ['30 flooded days × 5,000 pages × 24 sources', '2026-10-23', 30, 5_000, ofFlood],
  ] as [string, Day, number, number, Fill][]) {
    const database = await useDatabaseProcess();
    Object.assign(process.env, { SITES: site, TIME_ZONE: 'UTC', TABLE_PREFIX: '' });
    const yesterday = dayAfter(today, -1);
    const all = daysUpTo(yesterday, Math.round((now - Date.parse(begin)) / 86_400_000));
    const months = [...new Set<Month>(all.map(monthOf))].slice(0, -1);
    const years = [...new Set<Year>(all.map(yearOf))].slice(0, -1);
    await fill([...all.slice(-days), ...months, ...years], pages, countersOf);
    await rollupState(localClient(), 'SiteStatistics').advance(yesterday, new Map([[site, begin]]));
    table[title] = await measure(title, begin);
    database.close();
  }
  console.log('npm run export, from the embedded database');
  console.table(table);
  process.exit();
}
