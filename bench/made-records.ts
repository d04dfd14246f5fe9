import type { Day } from '../core/calendar/day.ts';
import type { LakeRecord } from '../core/lake/lake-record.ts';
import { randomFrom } from '../simulator/random.ts';

const countries = 'DE FR US GB NL AT CH IT ES PL SE CA IN JP BR AU BE DK NO FI PT CZ IE MX KR'.split(' ');
const referrers = [
  'google.com',
  'news.ycombinator.com',
  'x.com',
  'bing.com',
  'reddit.com',
  'duckduckgo.com',
  'github.com',
];
const clients = [
  { device: 'desktop', browser: 'Chrome', os: 'Windows' },
  { device: 'mobile', browser: 'Safari', os: 'iOS' },
  { device: 'mobile', browser: 'Chrome', os: 'Android' },
  { device: 'desktop', browser: 'Firefox', os: 'Linux' },
  { device: 'desktop', browser: 'Safari', os: 'macOS' },
  { device: 'tablet', browser: 'Safari', os: 'iOS' },
  { device: 'desktop', browser: 'Vivaldi', os: 'Windows' },
] as const;

/** Makes records of a blog with 400 pages, of which few are read much. One in 30 is an event. */
export function recordMaker(seed: number) {
  const { fraction: random } = randomFrom(seed, 0);
  const few = <Value>(values: readonly Value[]): Value => values[Math.floor(random() ** 2.5 * values.length)] as Value;
  const pages = Array.from({ length: 400 }, (_, i) => (i === 0 ? '/' : `/posts/${i}-a-title-of-some-words`));

  return (date: Day): LakeRecord => {
    const country = few(countries);
    const client = few(clients);
    const language =
      random() < 0.7
        ? country
            .toLowerCase()
            .replace(/us|gb|au|ca/, 'en')
            .slice(0, 2)
        : 'en';
    const hour = Math.floor((random() + random() + random()) * 8);
    const where = { date, hour, site: 'blog.example.com', page: few(pages) };
    const who = { country, language, ...client };
    const part = random();
    if (part < 1 / 30) return { ...where, ...who, event: few(['signup', 'download: a.zip', 'outbound: github.com']) };
    const isLinked = random() < 0.9;
    const nth = part < 0.6 ? 1 : part < 0.8 ? 2 : 3;
    return {
      ...where,
      ...(nth > 1 && { before: few(pages) }),
      ...(nth === 1 && random() < 0.5 && { referrer: few(referrers) }),
      ...(nth === 1 &&
        random() < 0.1 && { source: 'newsletter', medium: 'mail', campaign: `week-${few([1, 2, 3, 4, 5])}` }),
      ...who,
      ...(isLinked && { nth }),
    };
  };
}
