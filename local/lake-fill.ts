import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Day, daysUpTo } from '../core/calendar/day.ts';
import type { LakeRecord } from '../core/lake/lake-record.ts';
import { randomFrom } from '../simulator/random.ts';

const pages = ['/', '/posts/the-bill-was-four-cents', '/posts/no-cookies', '/about', '/posts/one-table?part=2'];
const countries = ['DE', 'DE', 'FR', 'US', 'GB', 'BR', 'JP'];
const clients = [
  { device: 'mobile', browser: 'Safari', os: 'iOS' },
  { device: 'mobile', browser: 'Chrome', os: 'Android' },
  { device: 'desktop', browser: 'Firefox', os: 'Linux' },
  { device: 'desktop', browser: 'Chrome', os: 'Windows' },
] as const;
const referrers = ['news.example', 'google.com', 'mastodon.example', undefined];
const sources = ['newsletter', 'hacker-news', undefined, undefined];

/** Writes the files of a lake with made-up views of the last days of a blog. */
export async function fillLake(folder: string, site: string, today: Day): Promise<void> {
  const random = randomFrom(18, 0);
  const one = <Each>(all: readonly Each[]): Each => all[random.between(0, all.length - 1)] as Each;
  for (const day of daysUpTo(today, 40)) {
    const lines = Array.from({ length: random.between(60, 180) }, () => {
      const [referrer, source, nth] = [one(referrers), one(sources), one([1, 1, 2, 3])];
      const record: Partial<LakeRecord> = {
        ...{ date: day, hour: random.between(0, 23), site, page: one(pages) },
        ...{ country: one(countries), language: one(['de', 'fr', 'en']), ...one(clients), nth },
        ...(nth > 1 && { before: one(pages) }),
        ...(referrer && { referrer }),
        ...(source && { source, medium: 'social' }),
      };
      return `${JSON.stringify(record)}\n`;
    });
    const partition = join(folder, 'events', `day=${day}`);
    await mkdir(partition, { recursive: true });
    await writeFile(join(partition, 'a.gz'), gzipSync(lines.join('')));
  }
}
