import { createServer } from 'node:http';
import { launchBrowser } from '../local/browser.ts';
import { close, listen } from '../local/listen.ts';
import { eventsSnippetFor, snippetFor } from '../snippet/embed.ts';
import { median } from './bundles.ts';

// Measures whether the snippet holds up the first paint of a page. A processor that is four times slower stands in for a
// phone. Each sample has a browser of its own, because the first call of Intl in a renderer takes long.
const slowdown = 4;
const rounds = 25;

let track = '';
const host = () => new URL(track).host;
const leastFetch = () => `<script>fetch('${track}', { method: 'post', keepalive: true, body: '{}' })</script>`;
const timeZoneAtOnce = () =>
  `<script>fetch('${track}', { method: 'post', keepalive: true, body: Intl.DateTimeFormat().resolvedOptions().timeZone })</script>`;
const heads: Record<string, () => string> = {
  'without a script': () => '',
  'the least fetch': leastFetch,
  'a fetch with the time zone, at once': timeZoneAtOnce,
  'the snippet': () => snippetFor(track, [host()]),
  'the snippet and the events block': () => snippetFor(track, [host()]) + eventsSnippetFor(track, [host()]),
};
const names = Object.keys(heads);
const text = '<p>A few lines of a post, as a reader of a blog would see them on a phone.</p>'.repeat(40);

const server = createServer(async (request, response) => {
  await request.toArray();
  if (request.url === '/track') return void response.writeHead(204).end();
  const head = heads[names[Number(request.url?.slice(1))] ?? '']?.() ?? '';
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><head><title>A</title><link rel="icon" href="data:,">${head}</head><body><h1>A post</h1>${text}</body></html>`,
  );
});
const origin = `http://localhost:${await listen(server)}`;
track = `${origin}/track`;

const painted = new Map(names.map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round++)
  for (const [i, name] of names.entries()) painted.get(name)?.push(await firstPaint(`${origin}/${i}`));
await close(server);

const medians = names.map((name) => median(painted.get(name) ?? []));
const least = medians[names.indexOf('the least fetch')] ?? Number.NaN;
const rows = names.map((name, i) => [
  name,
  {
    'first paint, ms': Math.round(medians[i] ?? 0),
    'against the least fetch': Number(((medians[i] ?? 0) / least).toFixed(2)),
  },
]);
console.log(
  `First paint of a small page, processor ${slowdown} times slower, a fresh renderer each time: medians of ${rounds}`,
);
console.table(Object.fromEntries(rows));

/** Returns the milliseconds from navigation to first paint, in a browser of its own. */
async function firstPaint(url: string): Promise<number> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(url);
  const milliseconds = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((_, observer) => {
          const paint = performance.getEntriesByName('first-paint')[0]?.startTime;
          if (paint === undefined) return;
          observer.disconnect();
          done(paint);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await browser.close();
  return milliseconds;
}
