import { type Day, dayAfter, dayAt, daysUpTo } from '../core/calendar/day.ts';
import { firstDayOf, monthAfter, monthOf } from '../core/calendar/month.ts';
import { yearOf } from '../core/calendar/year.ts';
import { importedPage } from '../core/counters/imported-page.ts';
import type { Counters } from '../core/counters/names.ts';
import { isNumberCounter } from '../core/counters/summary.ts';
import { type Builders, builderOf } from '../core/counters/summary-builder.ts';
import { type Random, randomFrom } from '../simulator/random.ts';
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
import { liveHits } from './live-hits.ts';
import { livelyBlog } from './lively-blog.ts';
import { localClient } from './local-client.ts';

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
      await addPages(statistics, { days: 14, pages: 40, most: 900, site: blog });
      await addPages(statistics, { days: 14, pages: 25, most: 400, site: docs });
    },
  },
  locked: {
    sites: [blog, docs],
    password: lockedBy,
    fill: (statistics) => addPages(statistics, { days: 14, pages: 12, most: 300, site: blog }),
  },
  lockedWithNotes: {
    sites: [blog, docs],
    password: lockedBy,
    fill: async (statistics) => {
      await addPages(statistics, { days: 14, pages: 12, most: 300, site: blog });
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
        await addPages(statistics, { days: 14, pages: 4, most: 50 - 2 * i, site });
    },
  },
  hostile: { sites: [blog], fill: hostileNames },
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
    fill: (statistics) => addPages(statistics, { days: 14, pages: 100, most: 900, site: blog }),
  },
  manyPages: {
    sites: [blog],
    fill: (statistics) => addPages(statistics, { days: 7, pages: 5000, most: 4000, site: blog }),
  },
  huge: {
    sites: [blog],
    fill: (statistics) => addPages(statistics, { days: 60, pages: 30, most: 7_654_321, site: blog }),
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

/** Sends hostile hits through the handler. Puts into the table what the handler would refuse. */
async function hostileNames(statistics: StatisticsStore): Promise<void> {
  await track(hostileHits);
  const urls = [
    `https://${blog}/${'unbroken'.repeat(120)}`,
    `https://${blog}/${'%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80'.repeat(20)}`,
    `https://${blog}/%F0%9F%8E%89-party-%F0%9F%8E%89`,
    `https://${blog}/%D7%A9%D7%9C%D7%95%D7%9D-%D7%A2%D7%95%D7%9C%D7%9D?q=%D8%B3%D9%84%D8%A7%D9%85`,
    `https://${blog}/\u202egnp.exe`,
    `https://${blog}/"><script>alert(1)</script>`,
    `https://${blog}/${'deeply/'.repeat(100)}`,
    `https://${blog}/?${'parameter=value&'.repeat(50)}`,
    'javascript:alert(document.domain)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'no address at all',
    ' ',
  ];
  const names = ['w'.repeat(64), '\u202eyvan', '<script>alert(1)</script>', '👩‍🚀🎉', 'שלום עולם', ' ', 'ﷺ'.repeat(64)];
  const kinds = [
    'views',
    'source',
    'medium',
    'campaign',
    'referrer',
    'country',
    'language',
    'device',
    'os',
    'browser',
    'event',
  ];
  for (const [i, url] of urls.entries()) {
    const views = 400 - 20 * i;
    const named = names.flatMap((name, j) => kinds.map((kind) => [`${kind}_${name}`, 20 - i + j]));
    await statistics.add(
      today(i % 7),
      url,
      { views, site_visitors: views, visits: views, ...Object.fromEntries(named) },
      760,
    );
  }
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

/** Adds pages of a site. The first has about `most` views a day, and each further page has fewer. */
async function addPages(
  statistics: StatisticsStore,
  { days, pages, most, site }: { days: number; pages: number; most: number; site: string },
): Promise<void> {
  const random = randomFrom(1, 0);
  const titles = Array.from({ length: pages }, (_, i) => paths[i] ?? pathOf(random, i));
  const rows = daysUpTo(today(), days).flatMap((day) => titles.map((path, i) => ({ day, path, i })));
  await concurrently(20, rows, ({ day, path, i }) => {
    const views = Math.ceil((most * (0.7 + 0.3 * random.fraction())) / (i + 1));
    return statistics.add(day, `https://${site}${path}`, madeUpCounters(views, random), 760);
  });
}

/** Makes up counters in the proportions of real views, with one name for each dimension. */
function madeUpCounters(views: number, random: Random): Counters {
  const visits = Math.ceil(views * 0.6);
  const [engaged, hour] = [Math.floor(visits * 0.4), random.between(0, 15)];
  const counters: Counters = { views, site_visitors: Math.ceil(visits * 0.8), visits, engaged, seconds: visits * 95 };
  counters[`hour_${String(hour).padStart(2, '0')}`] = views;
  for (const [kind, names] of Object.entries(audience)) counters[`${kind}_${oftenFirst(names, random)}`] = visits;
  if (random.chance(0.4)) {
    const source = oftenFirst(sources, random);
    counters[`views_${source}`] = Math.ceil(views / 3);
    counters[`source_${source}`] = Math.ceil(visits / 3);
  }
  return counters;
}

const oftenFirst = (names: string[], random: Random) => names[Math.floor(names.length * random.fraction() ** 2)];

const paths = [
  '/',
  '/posts/the-bill-was-four-cents',
  '/posts/one-table-is-enough',
  '/posts/un-%C3%A9t%C3%A9-sans-cookies',
  '/posts/cold-starts-measured',
  '/about',
];
const words =
  'one table is enough for the views of a small site that nobody watches but its owner on a phone at night'.split(' ');
const folders = ['/posts', '/docs/reference', '/docs/guides', '/2026/11', '/tags', '/products/outdoor'];

/** `/docs/guides/a-small-site-41` */
function pathOf(random: Random, i: number): string {
  const title = Array.from({ length: random.between(2, 7) }, () => words[random.between(0, words.length - 1)]);
  return `${oftenFirst(folders, random)}/${title.join('-')}-${i}`;
}

const sources = ['hacker-news', 'newsletter', 'mastodon', 'twitter', 'reddit', 'slack', 'linkedin', 'ads'];
const audience = {
  referrer: [
    '(direct)',
    'google.com',
    'news.ycombinator.com',
    'duckduckgo.com',
    'lobste.rs',
    'x.com',
    'mail.google.com',
  ],
  country: ['US', 'DE', 'FR', 'IN', 'GB', 'CA', 'NL', 'BR', 'JP', 'AU', 'SE', 'PL', 'BA', '(unknown)'],
  language: ['en', 'de', 'fr', 'es', 'pt', 'nl', 'ja', '(unknown)'],
  device: ['desktop', 'mobile', 'tablet', '(unknown)'],
  browser: ['Chrome', 'Safari', 'Firefox', 'Microsoft Edge', 'Samsung Internet for Android', '(unknown)'],
  os: ['Windows', 'macOS', 'Android', 'iOS', 'Linux', '(unknown)'],
};

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
