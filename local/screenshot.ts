import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { root } from './folder.ts';
import { startState } from './state-server.ts';

// Takes the README's pictures: the top of the dashboard of a blog with a year of history, in light and in dark.
const folder = join(root, 'docs/screenshots');

await mkdir(folder, { recursive: true });
const server = await startState('blog');
const browser = await launchBrowser();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1240 }, colorScheme, deviceScaleFactor: 1 });
    await page.goto(`${server.origin}/dashboard?period=30d`);
    const path = join(folder, `dashboard-desktop-${colorScheme}.png`);
    await page.screenshot({ path });
    console.log(path);
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
