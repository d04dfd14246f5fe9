import { type Day, dayAfter, dayAt } from '../core/calendar/day.ts';
import { firstDayOf, monthAfter, monthOf } from '../core/calendar/month.ts';
import { yearOf } from '../core/calendar/year.ts';
import { importedPage } from '../core/counters/imported-page.ts';
import { isNumberCounter } from '../core/counters/summary.ts';
import { type Builders, builderOf } from '../core/counters/summary-builder.ts';
import { concurrently } from '../store/concurrently.ts';
import { importsStore } from '../store/imports.ts';
import { keysStore } from '../store/keys-store.ts';
import { liveStore } from '../store/live.ts';
import { notesStore } from '../store/notes-store.ts';
import { rollUp } from '../store/roll-up.ts';
import { rollupState } from '../store/rollup-state.ts';
import type { StatisticsStore } from '../store/statistics.ts';
import { summariesStore } from '../store/summaries.ts';
import { httpEvent } from './event.ts';
import { hostileHits } from './hostile-hits.ts';
import { addHostileNames } from './hostile-names.ts';
import { liveHits } from './live-hits.ts';
import { livelyBlog } from './lively-blog.ts';
import { localClient } from './local-client.ts';
import { addMadeUpPages } from './made-up-pages.ts';

/** The time of all pictures. It never changes, so that you can compare pictures of different months. */
export const now = Date.UTC(2026, 10, 25, 15, 20);

/** The content of a database, and its sites. */
export interface Fill {
  sites: string[];
  /** The dashboard's password. Undefined if it is public. */
  password?: string;
  /** Whether there is a lake with made-up views of the first site. */
  hasLake?: boolean;
  fill(statistics: StatisticsStore): Promise<void>;
}

export type FillName = keyof typeof fills;

/** The password of the fill `locked`. */
export const lockedBy = 'correct horse battery';

const [blog, docs] = ['blog.example.com', 'docs.example.org'];
const longNames = [
  'www.a-company-with-a-long-name.example.com',
  'localhost:3001',
  ...Array.from('abcdefghijklmnopqr', (letter) => `${letter}.example.com`),
];

const sharedLinks: [string, Day][] = [
  [docs, '2026-11-24'],
  ['', '2026-12-24'],
  [blog, '2027-06-30'],
];
const farOff = 4_102_444_800;
const lastImported: Day = '2026-10-11';

export const fills = {
  nothing: { sites: [blog], fill: async () => {} },
  oneHit: { sites: [blog], fill: () => track([{ body: JSON.stringify({ url: `https://${blog}/` }) }]) },
  blog: { sites: [blog], fill: addYear },
  lake: { sites: [blog], password: lockedBy, hasLake: true, fill: addYear },
  imported: {
    sites: [blog],
    fill: async (statistics) => {
      const rows = livelyBlog(`https://${blog}`, now);
      const live = rows.filter(({ day }) => day > lastImported);
      await concurrently(20, live, ({ day, url, counters }) => statistics.add(day, url, counters, 760));
      await rollUpAll();
      await importRows(rows.filter(({ day }) => day <= lastImported));
    },
  },
  twoSites: {
    sites: [blog, docs],
    fill: async (statistics) => {
      await addMadeUpPages(statistics, today(), { days: 14, pages: 40, most: 900, site: blog });
      await addMadeUpPages(statistics, today(), { days: 14, pages: 25, most: 400, site: docs });
    },
  },
  locked: {
    sites: [blog, docs],
    password: lockedBy,
    fill: (statistics) => addMadeUpPages(statistics, today(), { days: 14, pages: 12, most: 300, site: blog }),
  },
  lockedWithNotes: {
    sites: [blog, docs],
    password: lockedBy,
    fill: async (statistics) => {
      await addMadeUpPages(statistics, today(), { days: 14, pages: 12, most: 300, site: blog });
      const { write } = notesStore(localClient(), 'SiteStatistics');
      await write({ day: today(1), site: '', text: 'Newsletter sent' });
      await write({ day: today(3), site: blog, text: `Moved hosts. ${'A long note '.repeat(12)}` });
      await write({ day: today(3), site: docs, text: 'הערה ארוכה' });
    },
  },
  lockedWithLinks: {
    sites: [blog, docs],
    password: lockedBy,
    fill: async () => {
      const { addLink } = keysStore(localClient(), 'SiteStatistics');
      for (const [i, [site, until]] of sharedLinks.entries())
        await addLink({ id: `made-up-${i}`, site, until, created: now - (30 - 9 * i) * msPerDay }, farOff);
    },
  },
  manySites: {
    sites: longNames,
    fill: async (statistics) => {
      for (const [i, site] of longNames.entries())
        await addMadeUpPages(statistics, today(), { days: 14, pages: 4, most: 50 - 2 * i, site });
    },
  },
  hostile: {
    sites: [blog],
    fill: async (statistics) => {
      await track(hostileHits);
      await addHostileNames(statistics, today);
    },
  },
  decades: {
    sites: [blog],
    fill: async (statistics) => {
      for (let months = 0; months < 240; months++) {
        const day = firstDayOf(monthAfter(monthOf(today(0)), -months));
        const views = Math.round(9000 - 35 * months + 600 * Math.sin(months / 2));
        const counters = { views, visits: views, engaged: Math.round(views / 4), seconds: 40 * views };
        await statistics.add(day, `https://${blog}/`, counters, 10_000);
      }
      await rollUpMonths(statistics, 240);
    },
  },
  live: {
    sites: [blog, docs],
    fill: () => {
      const batch = { hits: liveHits(blog, now), more: { [blog]: 3 } };
      return liveStore(localClient(), 'SiteLive').keep(batch, now);
    },
  },
  hundredPages: {
    sites: [blog],
    fill: (statistics) => addMadeUpPages(statistics, today(), { days: 14, pages: 100, most: 900, site: blog }),
  },
  manyPages: {
    sites: [blog],
    fill: (statistics) => addMadeUpPages(statistics, today(), { days: 7, pages: 5000, most: 4000, site: blog }),
  },
  huge: {
    sites: [blog],
    fill: (statistics) => addMadeUpPages(statistics, today(), { days: 60, pages: 30, most: 7_654_321, site: blog }),
  },
} satisfies Record<string, Fill>;

/** Adds a year of a blog. */
async function addYear(statistics: StatisticsStore): Promise<void> {
  await concurrently(20, livelyBlog(`https://${blog}`, now), ({ day, url, counters }) =>
    statistics.add(day, url, counters, 760),
  );
  await rollUpAll();
}

/** Imports rows as from a tool that counts names by day only, and no hours. */
async function importRows(rows: ReturnType<typeof livelyBlog>): Promise<void> {
  const builders: Builders = new Map();
  for (const { day, url, counters } of rows)
    for (const [name, count] of Object.entries(counters)) {
      if (name.startsWith('hour_')) continue;
      const place = isNumberCounter(name) ? url : importedPage;
      for (const date of [day, monthOf(day), yearOf(day)])
        builderOf(builders, date).addImported(place, new Map([[name, count]]));
    }
  const imports = importsStore(localClient(), 'SiteStatistics');
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const about = { name: 'plausible-2026', site: blog, tool: 'Plausible', hasHours: false, days };
  const summaries = [...builders].map(([date, { summary }]) => ({ date: date as Day, summary: summary() }));
  await imports.write(about, summaries, { epoch: now, retentionDays: 760 });
  await imports.complete(about.name, '', now);
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

interface Hit {
  body: string;
  headers?: Record<string, string>;
}

/** Sends hits through the real handler, each from another IP address, over the last seven days. */
async function track(hits: Hit[]): Promise<void> {
  const { handler } = await import('../functions/track.ts');
  for (const [i, { body, headers }] of hits.entries()) {
    const [ip, epoch] = [`10.0.${i >> 8}.${i & 255}`, now - (i % 7) * msPerDay];
    await handler(
      httpEvent({
        method: 'POST',
        path: '/track',
        ip,
        epoch,
        body,
        headers: { 'user-agent': firefox, ...headers },
      }),
    );
  }
}

const msPerDay = 86_400_000;
/** Returns the day of the pictures, or the day that is `age` days before it. */
const today = (age = 0) => dayAfter(dayAt(now, 'UTC'), -age);

/**
 * Adds up the first day of each of the last months, and months and years. A roll-up of every day would take a minute, and
 * pictures of days that are not rolled up take a Query for each.
 */
async function rollUpMonths(statistics: StatisticsStore, count: number): Promise<void> {
  const [client, since] = [localClient(), new Map<string, Day>()];
  const stores = { statistics, summaries: summariesStore(client, 'SiteStatistics', { ConsistentRead: true }) };
  const caps = { maxPages: 10, maxUrlBytes: 1_000, maxNames: 10 };
  const add = rollUp(stores, { caps, retentionDays: 99_999, mayShrink: new Set() }, since, now);
  const months = Array.from({ length: count }, (_, i) => monthAfter(monthOf(today()), i + 1 - count));
  const years = [...new Set(months.map(yearOf))];
  await concurrently(20, months, (month) => add.day(firstDayOf(month)));
  await concurrently(20, months.slice(0, -1), (month) => add.month(month));
  await concurrently(20, years.slice(0, -1), (year) => add.year(year));
  await rollupState(client, 'SiteStatistics').advance(today(1), since);
}

/** Adds up all closed days, as the nights before `now` would. */
async function rollUpAll(): Promise<void> {
  const { handler } = await import('../functions/rollup.ts');
  await handler({ time: new Date(now).toISOString() });
}
