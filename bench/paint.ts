import { launchBrowser } from '../local/browser.ts';
import { startState } from '../local/state-server.ts';
import { median } from './bundles.ts';

// Measures how long a phone takes to show the dashboard. A throttled browser stands in for the phone. Round trip, bandwidth
// and processor are those of Lighthouse's mobile profile.
const phone = { width: 360, height: 740 };
const connection = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const slowdown = 4;
const rounds = 15;

const browser = await launchBrowser();
const results: Record<string, object> = {};
const server = await startState('hundredPages');
await fetch(`${server.origin}/dashboard`); // warms it
for (const query of ['?period=7d', '?period=today']) {
  for (const throttled of [true, false]) {
    const loads: Load[] = [];
    for (let i = 0; i < rounds; i++) loads.push(await load(`${server.origin}/dashboard${query}`, throttled));
    const middle = (of: (load: Load) => number) => Math.round(median(loads.map(of)));
    results[`${query}, ${throttled ? 'phone' : 'not throttled'}`] = {
      'sent, KB': middle(({ bytes }) => bytes) / 1000,
      'First Contentful Paint, ms': middle(({ painted }) => painted),
    };
  }
}
server.close();
await browser.close();
console.log(`GET /dashboard of 100 pages, warm, in Chromium with an empty cache: medians of ${rounds} loads`);
console.table(results);

/** One load of the page: bytes of its body as sent, and ms from navigation to paint. */
interface Load {
  bytes: number;
  painted: number;
}

async function load(url: string, throttled: boolean): Promise<Load> {
  const context = await browser.newContext({ viewport: phone });
  const page = await context.newPage();
  const chromium = await context.newCDPSession(page);
  if (throttled) {
    await chromium.send('Network.enable');
    await chromium.send('Network.emulateNetworkConditions', connection);
    await chromium.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  await page.goto(url);
  const measured = await page.evaluate(
    () =>
      new Promise<Load>((done) => {
        new PerformanceObserver((_, observer) => {
          const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
          if (painted === undefined) return;
          observer.disconnect();
          const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
          done({ bytes: navigation?.encodedBodySize ?? 0, painted });
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await context.close();
  return measured;
}
