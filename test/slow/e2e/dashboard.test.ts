import assert from 'node:assert/strict';
import { test } from 'node:test';
import { a11yViolations } from '../../../local/a11y.ts';
import { snippetFor } from '../../../snippet/embed.ts';
import { firefox, type Numbers } from '../../functions/footfall.ts';
import { startSite } from './site.ts';

const { origin, trackUrl, dashboardUrl, newContext } = await startSite(() => ({}));

const view = (path: string, utm_source = '') =>
  fetch(trackUrl, {
    method: 'POST',
    headers: { 'user-agent': firefox },
    body: JSON.stringify({ url: origin + path, utm_source }),
  });

async function numbers(): Promise<Numbers> {
  const answer = await fetch(dashboardUrl.replace('dashboard', 'stats.json'));
  assert.equal(answer.status, 200);
  return (await answer.json()) as Numbers;
}

/** Opens the dashboard and tells what a person would see go wrong. */
async function look(width: number, colorScheme: 'light' | 'dark') {
  const context = await newContext();
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(dashboardUrl);
  return { page, requests, complaints, close: () => context.close() };
}

test('the dashboard shows the snippet for its own endpoint before the first view', async () => {
  const { page, complaints, requests, close } = await look(360, 'light');
  assert.equal(
    await page.textContent('pre'),
    snippetFor(dashboardUrl.replace('dashboard', 'track'), [new URL(origin).host]),
  );
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'fits the width');
  assert.deepEqual(requests, [dashboardUrl, dashboardUrl.replace('dashboard', 'status')]);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await a11yViolations(page), []);
  await close();
});

test('the install page shows by itself that the first view has arrived', async () => {
  const { page, close } = await look(360, 'light');
  const status = page.frameLocator('iframe').getByRole('status');
  await status.getByText('Waiting for the first view').waitFor();
  assert.equal((await view('/')).status, 204);
  await status.getByText(': 1 view in the last 7 days').waitFor();
  await page.frameLocator('iframe').getByRole('link', { name: 'Open the dashboard' }).click();
  await page.getByRole('heading', { name: 'Views per day' }).waitFor();
  await page.goto(dashboardUrl.replace('dashboard', 'install'));
  await page.getByRole('status').getByText('in the last 7 days').waitFor();
  assert.deepEqual(await a11yViolations(page), []);
  await close();
});

test('the dashboard is one request without a warning, readable at any width, in light and dark', async () => {
  const paths = ['/', '/posts/a-rather-long-title-that-has-to-wrap-somewhere-on-a-phone', `/${'unbroken'.repeat(30)}`];
  const sources = ['', 'twitter', 'a-source-with-a-long-name-of-some-fifty-letters-or-so', '<script>alert(1)</script>'];
  for (const path of paths) for (const source of sources) assert.equal((await view(path, source)).status, 204);
  assert.equal((await numbers()).totals.views, 1 + paths.length * sources.length);

  for (const width of [360, 600, 768, 1024, 1280, 1600]) {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, requests, complaints, close } = await look(width, scheme);
      assert.deepEqual(requests, [dashboardUrl]);
      assert.deepEqual(complaints, []);
      const { overflow, smallest, clipped } = await page.evaluate(() => {
        const texts = [...document.querySelectorAll<SVGTextContentElement>('svg text')].filter((text) =>
          text.checkVisibility(),
        );
        const boxes = texts.map((text) => ({
          text: text.getBoundingClientRect(),
          card: text.closest('.box')?.getBoundingClientRect(),
        }));
        const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility());
        const letters = shown
          .filter(({ childNodes }) =>
            [...childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()),
          )
          .map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
        return {
          overflow: document.documentElement.scrollWidth - innerWidth,
          smallest: Math.min(...letters),
          clipped: boxes.filter(
            ({ text, card }) =>
              !card ||
              text.top < card.top ||
              text.bottom > card.bottom ||
              text.left < card.left ||
              text.right > card.right,
          ).length,
        };
      });
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
      assert.ok(smallest >= 13, `letters have ${smallest} px at ${width}`);
      assert.equal(clipped, 0, `labels cut off at ${width}`);
      const [text, background] = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        return [getComputedStyle(document.body).color, style.backgroundColor].map((color) =>
          Number(/\d+/.exec(color)?.[0]),
        );
      });
      assert.ok(scheme === 'light' ? Number(background) > Number(text) : Number(background) < Number(text), scheme);
      if (width === 360 || width === 1280) assert.deepEqual(await a11yViolations(page), [], `${scheme}, ${width} px`);
      await close();
    }
  }
});

test('the printed dashboard has its numbers, and nothing to click on', async () => {
  const { page, close } = await look(718, 'dark'); // A4, less its margins
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(() => getComputedStyle(document.body).color);
  assert.ok(Number(/\d+/.exec(text)?.[0]) < 128, `letters of ${text}`);
  for (const shown of ['h1', '.tile', '.drawing', '.page-cell', '.pane >> nth=1'])
    assert.ok(await page.locator(`${shown} >> visible=true`).count(), shown);
  for (const hidden of ['.ranges', 'form', '.csv', 'footer a'])
    assert.equal(await page.locator(`${hidden} >> visible=true`).count(), 0, hidden);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'fits the width');
  await close();
});

test('the controls of the header are large enough for a finger, and the menu of periods fits the screen', async () => {
  const { page, close } = await look(1280, 'light');
  await page.goto(`${dashboardUrl}?period=12mo`);
  const sizes = await page
    .locator('header :is(a, summary) >> visible=true')
    .evaluateAll((links) =>
      links.map((link) => link.getBoundingClientRect()).flatMap((box) => [box.width, box.height]),
    );
  assert.ok(Math.min(...sizes) >= 40, `sizes of ${sizes}`);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [query, chosen] of [
    ['', '7 days'],
    ['?period=all', 'All time'],
    ['?from=2026-01-05&to=2026-01-06', '5–6 Jan'],
  ] as const) {
    await page.goto(dashboardUrl + query);
    await page.locator('.ranges summary').getByText(chosen, { exact: true }).click();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), query);
    const marked = await page.locator('.periods [aria-current]').allTextContents();
    assert.deepEqual(marked, chosen === '5–6 Jan' ? [] : [chosen]);
  }
  await page.mouse.click(180, 730);
  assert.equal(await page.locator('.sheet >> visible=true').count(), 0, 'a click elsewhere closes the menu');
  await page.locator('.ranges summary').click();
  await page.getByRole('link', { name: '90 days' }).click();
  await page.getByRole('link', { name: 'Week', exact: true }).click();
  assert.equal(new URL(page.url()).search, '?period=90d&by=week');
  await close();
});

test('on a phone, the chart is on the first screen, and the first page on the second', async () => {
  const { page, close } = await look(390, 'light');
  const height = 844;
  await page.setViewportSize({ width: 390, height });
  const bottomOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().bottom);
  const [chart, name] = [await bottomOf('.chart'), await bottomOf('.page-cell')];
  assert.ok(chart <= height, `the chart ends at ${chart} px`);
  assert.ok(name <= 2 * height, `the name of the first page ends at ${name} px`);
  await close();
});

test('tiles switch the chart, tabs their lists by keyboard, and a bar shows its card while it has the focus', async () => {
  const { page, requests, close } = await look(1280, 'light');
  const tab = (name: string) => page.getByRole('radio', { name });
  await page.getByRole('columnheader', { name: 'Channel' }).waitFor();
  await tab('Channels').focus();
  await page.keyboard.press('ArrowRight');
  assert.ok(await page.getByRole('columnheader', { name: 'Referrer' }).isVisible());
  assert.ok(!(await page.getByRole('columnheader', { name: 'Channel' }).isVisible()));

  const bar = page.locator('.columns-over a').last();
  const card = bar.locator('.tip');
  const widthOfCard = async () => (await card.boundingBox())?.width ?? 0;
  assert.equal(await widthOfCard(), 1, 'for screen readers only');
  await bar.focus();
  assert.ok((await widthOfCard()) > 80);
  assert.match((await card.textContent()) ?? '', /13 views so far/);
  assert.deepEqual(requests, [dashboardUrl]);

  await page.getByRole('navigation', { name: 'Metrics' }).getByRole('link', { name: 'Visitors' }).click();
  await page.getByRole('heading', { name: 'Visitors per day' }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('metric'), 'visitors');
  await close();
});

test('hostile names stay text in the browser', async () => {
  await view('/"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>');
  const { page, complaints, close } = await look(1280, 'light');
  assert.equal(await page.locator('img, script, iframe, object, embed').count(), 0);
  assert.equal(
    await page
      .locator(
        'a:not([href^="http://"]):not([href^="https://"]):not([href^="?"]):not([href^="stats.csv?"]):not([href^="live?"]):not([href^="install?"]):not([href^="share?"]):not([href^="#"])',
      )
      .count(),
    0,
  );
  assert.ok((await page.textContent('main'))?.includes('"><img src=x onerror=alert(1)>'));
  assert.deepEqual(complaints, []);
  await close();
});

test('each bar has its number in the table below the chart', async () => {
  const { page, close } = await look(1280, 'light');
  await page.getByText('As a table').click();
  const { series } = await numbers();
  assert.equal(series.length, 7);
  for (const { date, count, previous } of series) {
    assert.ok(await page.getByRole('row', { name: `${date} ${count} ${previous}`, exact: true }).isVisible(), date);
    assert.ok(await page.locator('svg >> visible=true').getByText(String(count), { exact: true }).count(), date);
  }
  await close();
});
