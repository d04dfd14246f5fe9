import { type Day, daysUpTo } from '../core/calendar/day.ts';
import type { Counters } from '../core/counters/names.ts';
import { type Random, randomFrom } from '../simulator/random.ts';
import { concurrently } from '../store/concurrently.ts';
import type { StatisticsStore } from '../store/statistics.ts';

/** Adds pages of a site over the last days up to `today`. The first has about `most` views a day, and each further page has fewer. */
export async function addMadeUpPages(
  statistics: StatisticsStore,
  today: Day,
  { days, pages, most, site }: { days: number; pages: number; most: number; site: string },
): Promise<void> {
  const random = randomFrom(1, 0);
  const titles = Array.from({ length: pages }, (_, i) => paths[i] ?? pathOf(random, i));
  const rows = daysUpTo(today, days).flatMap((day) => titles.map((path, i) => ({ day, path, i })));
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
