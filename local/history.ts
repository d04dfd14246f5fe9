import { handler } from '../functions/track.ts';
import { pages } from './blog.ts';
import { concurrently } from './concurrently.ts';
import { httpEvent } from './event.ts';

const day = 86_400_000;
const sources = ['', '', '', '', '', 'twitter', 'hacker-news', 'slack', 'newsletter', 'mastodon'];
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/**
 * Sends plausible page views of the last `days` days through the real /track handler: fewer at night and at weekends,
 * most of them to a few pages. The same for the same `now` (ms).
 */
export async function sendHistory(origin: string, days: number, now: number): Promise<number> {
  const random = randomFrom(7);
  const hits = Array.from({ length: days }, (_, age) => now - age * day).flatMap((noon) => {
    const weekend = [0, 6].includes(new Date(noon).getUTCDay());
    const count = Math.round((weekend ? 60 : 110) * (0.7 + 0.6 * random()));
    return Array.from({ length: count }, () => {
      const page = pages[Math.floor(pages.length * random() ** 2)] ?? pages[0];
      const source = sources[Math.floor(sources.length * random())];
      // Three dice make a busy middle of the day; nothing is dated ahead of now.
      const epoch = noon - day * ((random() + random() + random()) / 3);
      return { url: `${origin}${page?.path}`, utm_source: source, epoch: Math.floor(epoch) };
    });
  });
  await concurrently(50, hits, ({ epoch, ...body }) => send(origin, JSON.stringify(body), epoch));
  return hits.length;
}

async function send(origin: string, body: string, epoch: number): Promise<void> {
  const headers = { origin, 'user-agent': browser };
  const { statusCode } = await handler(httpEvent({ method: 'POST', path: '/track', headers, body, epoch }));
  if (statusCode !== 204) throw new Error(`/track answered ${statusCode} to a page view of the simulated history.`);
}

/** Random numbers in [0, 1) that a seed determines (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
