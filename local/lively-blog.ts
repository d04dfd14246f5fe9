import { type Day, dayAfter } from '../core/calendar/day.ts';
import { type Counters, notCountedOf } from '../core/counters/names.ts';
import { type Random, randomFrom } from '../simulator/random.ts';

/** The counters of one page on one day. */
export interface PageDay {
  day: Day;
  url: string;
  counters: Counters;
}

interface Page {
  path: string;
  /** How many days before the last day it was published. */
  published: number;
  /** Its views a day, as a share of the blog's level, without the rush of its first days. */
  appeal: number;
  /** The share of its views that begin a visit. */
  entrances: number;
}

const post = (published: number, appeal: number, path: string): Page => ({
  path: `/posts/${path}`,
  published,
  appeal,
  entrances: 0.72,
});

const days = 365;
const pages: Page[] = [
  { path: '/', published: days, appeal: 0.24, entrances: 0.45 },
  { path: '/about', published: days, appeal: 0.03, entrances: 0.1 },
  post(days, 0.12, 'what-a-visitor-is'),
  post(320, 0.05, 'delete-your-drafts'),
  post(285, 0.09, 'cold-starts-measured'),
  post(250, 0.04, 'notes-to-nobody'),
  post(214, 0.14, 'one-table-is-enough'),
  post(180, 0.06, 'un-%C3%A9t%C3%A9-sans-cookies'),
  post(146, 0.08, 'counting-without-cookies'),
  post(110, 0.05, 'boring-backups'),
  post(75, 0.07, 'a-queue-for-bad-days'),
  post(44, 0.06, 'rss-is-not-dead'),
  post(16, 0.1, 'the-bill-was-four-cents'),
];

/** Days on which many readers came from one link. `age` counts days back from the last day. */
const spikes = [
  { age: 213, path: '/posts/one-table-is-enough', views: 620 },
  { age: 109, path: '/posts/boring-backups', views: 260 },
  { age: 15, path: '/posts/the-bill-was-four-cents', views: 540 },
];

/** The share of a day's views in each hour, in hundredths. */
const hours = [2, 1, 1, 1, 1, 2, 3, 5, 6, 7, 6, 6, 5, 5, 5, 5, 5, 5, 6, 6, 6, 5, 4, 3];

type Shares = Record<string, number>;
const audience: Record<string, Shares> = {
  country: { US: 28, DE: 19, GB: 10, FR: 8, IN: 7, CA: 6, NL: 5, BR: 4, SE: 3, JP: 3, AU: 3, '(unknown)': 4 },
  language: { en: 58, de: 19, fr: 8, pt: 4, nl: 4, ja: 3, '(unknown)': 4 },
  device: { desktop: 58, mobile: 38, tablet: 4 },
  browser: { Chrome: 48, Safari: 24, Firefox: 17, 'Microsoft Edge': 8, '(unknown)': 3 },
  os: { Windows: 30, macOS: 23, Android: 20, iOS: 18, Linux: 9 },
};
const referrers = { '(direct)': 44, 'google.com': 27, 'duckduckgo.com': 8, 'lobste.rs': 6, 'x.com': 5, 'bing.com': 4 };
const bots = { search: 40, ai: 35, other: 15, headless: 6, monitor: 4 };
const channels = { direct: 28, search: 31, social: 17, mail: 10, community: 8, website: 3, ai: 3 };
const sources = { mastodon: 12, newsletter: 10, reddit: 4, linkedin: 3, '': 71 };

/** Returns a year of a blog that grows, up to the hour of an instant (ms) in UTC. It is the same each time. */
export function livelyBlog(origin: string, now: number): PageDay[] {
  const random = randomFrom(3, 0);
  const lastDay = new Date(now).toISOString().slice(0, 10) as Day;
  return Array.from({ length: days }, (_, age) => {
    const day = dayAfter(lastDay, -age);
    const shown = age === 0 ? hours.slice(0, new Date(now).getUTCHours() + 1) : hours;
    const part = shown.reduce((sum, share) => sum + share, 0) / 100;
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    const chance = 0.8 + 0.4 * random.fraction();
    const level = (50 + 190 * (1 - age / days) ** 1.5) * (weekend ? 0.62 : 1.1) * chance * part;
    const rows = pages
      .filter(({ published }) => published >= age)
      .map((page) => {
        const rush = Math.min(0.5, 6 * page.appeal) * Math.exp((age - page.published) / 4);
        const usual = level * (page.appeal + (page.published === days ? 0 : rush)) * (0.8 + 0.4 * random.fraction());
        const spike = spikes.find(({ path, age: on }) => path === page.path && age <= on && age > on - 4);
        const fromSpike = spike ? spike.views * 0.35 ** (spike.age - age) * part : 0;
        return { day, url: origin + page.path, counters: countersOf(page, usual, fromSpike, shown, random) };
      })
      .filter(({ counters }) => counters.views);
    const refusals = {
      ...named('bot', split(Math.round(level / 12), bots, random)),
      spam: random.between(0, 2),
      'foreign site': random.between(0, 1),
    };
    return [...rows, { day, url: notCountedOf(new URL(origin).host), counters: withoutZeros(refusals) }];
  }).flat();
}

function countersOf({ entrances }: Page, usual: number, fromSpike: number, shown: number[], random: Random): Counters {
  const [views, rush] = [Math.round(usual) + Math.round(fromSpike), Math.round(fromSpike * 0.9)];
  const visits = Math.max(rush, Math.round(views * entrances));
  const linked = Math.round(visits * 0.94);
  const ways = split(visits - rush, channels, random);
  const counters: Counters = {
    views,
    visits,
    visitors: Math.round(views * 0.88),
    site_visitors: Math.round(linked * 0.9),
    unlinked: visits - linked,
    engaged: Math.round(linked * (0.34 + 0.1 * random.fraction())),
    seconds: linked * random.between(80, 150),
    event_signup: Math.floor(views / 60 + random.fraction()),
    'event_download: guide.pdf': Math.floor(views / 110 + random.fraction()),
    ...named('hour', split(views, Object.fromEntries(shown.map((share, hour) => [pad(hour), share])), random)),
    ...named('referrer', { ...split(visits - rush, referrers, random), 'news.ycombinator.com': rush }),
    ...named('channel', { ...ways, community: (ways.community ?? 0) + rush }),
  };
  for (const [dimension, shares] of Object.entries(audience))
    Object.assign(counters, named(dimension, split(visits, shares, random)));
  for (const [source, count] of Object.entries({ ...split(visits - rush, sources, random), 'hacker-news': rush })) {
    if (source === '') continue;
    Object.assign(counters, { [`source_${source}`]: count, [`views_${source}`]: count });
    const medium = source === 'newsletter' ? 'medium_email' : 'medium_social';
    counters[medium] = (counters[medium] ?? 0) + count;
  }
  return withoutZeros(counters);
}

const withoutZeros = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).filter(([, count]) => count > 0));

/** Splits a count by chance, so that the parts have about these shares. */
function split(count: number, shares: Shares, random: Random): Counters {
  const things = Object.entries(shares).map(([name, weight]) => ({ name, weight }));
  const parts: Counters = {};
  for (let i = 0; i < count; i++) {
    const { name } = random.pick(things);
    parts[name] = (parts[name] ?? 0) + 1;
  }
  return parts;
}

const named = (kind: string, counts: Counters): Counters =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${kind}_${name}`, count]));

const pad = (hour: number) => String(hour).padStart(2, '0');
