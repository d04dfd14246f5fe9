import type { LiveHit } from '../core/live/live-hit.ts';
import { liveMinutes } from '../core/live/live-report.ts';
import { randomFrom } from '../simulator/random.ts';

const paths = ['/posts/counting-without-cookies', '/', '/posts/the-bill-was-four-cents', '/about'];
const origins = ['google.com', 'news.ycombinator.com', '(direct)', 'mastodon.social', 'אתר.example'];
const countries = ['DE', 'US', 'GB', 'FR', '(unknown)'];
const longPath = `/posts/${'a-very-long-title-'.repeat(12)}`;
const names = (all: readonly string[]) => all.map((name, i) => ({ name, weight: all.length - i }));

/** Returns made-up hits of the last half hour until `now` (ms), some with long names. The same ones each time. */
export function liveHits(site: string, now: number): LiveHit[] {
  const random = randomFrom(17, 0);
  const minute = 60_000 * Math.floor(now / 60_000);
  return Array.from({ length: 48 }, (_, i) => {
    const path = i % 20 === 7 ? longPath : random.pick(names(paths)).name;
    const hit = { time: minute - 60_000 * random.between(0, liveMinutes - 1), site, url: `https://${site}${path}` };
    if (i % 15 === 4) return { ...hit, event: i % 2 ? 'signup' : 'download: the-whole-guide-to-counting.pdf' };
    if (random.chance(0.1)) return hit;
    if (random.chance(0.4)) return { ...hit, gap: random.between(0, 9) };
    const device = random.chance(0.5) ? 'mobile' : 'desktop';
    const [from, country] = [random.pick(names(origins)).name, random.pick(names(countries)).name];
    return { ...hit, begins: true, from, country, device };
  });
}
