import { launchBrowser } from './browser.ts';

/** Takes pictures of the running app's dashboard: phone and desktop width, light and dark, into a folder. */
const [url = `http://localhost:${process.env.PORT ?? 3000}/dashboard`, folder = 'docs/screenshots'] =
  process.argv.slice(2);

const running = await fetch(url).then(
  ({ ok }) => ok,
  () => false,
);
if (!running) {
  console.error(`No dashboard answers at ${url}: run npm start first, with the same PORT.`);
  process.exit(1);
}

const browser = await launchBrowser();
for (const [device, width, height] of [
  ['phone', 360, 740],
  ['desktop', 1280, 860],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, deviceScaleFactor: 1.5 });
    await page.goto(url);
    const path = `${folder}/dashboard-${device}-${colorScheme}.png`;
    await page.screenshot({ path, fullPage: true });
    console.log(path);
    await page.close();
  }
}
await browser.close();
