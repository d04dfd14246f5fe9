import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { freePorts } from '../../../local/listen.ts';
import { snippetFor } from '../../../snippet/embed.ts';
import { startSite } from './site.ts';

const icon = '<link rel="icon" href="data:,">';
const nowhere = `http://localhost:${await freePorts(1)}/track`;

const { origin, trackUrl, newContext, sent, counted } = await startSite((trackUrl) => ({
  '/article': `${icon}<link rel="canonical" href="/canonical">${snippetFor(trackUrl)}`,
  '/late-canonical': `<html><head>${icon}${snippetFor(trackUrl)}<link rel="canonical" href="/canonical"></head></html>`,
  '/plain': `${icon}<body>${snippetFor(trackUrl)}<a href="/article">next</a>`,
  '/app': `${icon}<link rel="canonical" href="/app">${snippetFor(trackUrl)}`,
  '/early': `<html><head>${icon}${snippetFor(trackUrl)}<script>history.pushState({}, '', '/early/two')</script><link rel="canonical" href="/early/canonical"></head></html>`,
  '/based': `<base href="/app/">${icon}<body>${snippetFor(trackUrl)}`,
  '/replacing': `${icon}<body>${snippetFor(trackUrl)}<script>history.replaceState({}, '', '/replaced')</script>`,
  '/down': `${icon}${snippetFor(nowhere)}`,
  '/original': `${icon}<link rel="canonical" href="/canonical"><script type="text/javascript">
    fetch('${trackUrl}', {
      method: 'post',
      mode: 'cors',
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({
        url: document.querySelector("link[rel='canonical']").getAttribute("href"),
        utm_source: new URLSearchParams(window.location.search).get("utm_source")
      })
    })
  </script>`,
}));

/** Runs a visitor with a fresh browser profile, and tells which errors reached the page. */
async function visit(steps: (page: Page) => Promise<void>): Promise<string[]> {
  const context = await newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await steps(page);
  await context.close();
  return errors;
}

const methodAndUrl = (received: { method: string; url?: string }[]) =>
  received.map(({ method, url }) => `${method} ${url}`);

test('one view is one POST, no OPTIONS, and leaves nothing in the browser', async () => {
  const errors = await visit(async (page) => {
    await page.goto(`${origin}/article?utm_source=Twitter&utm_campaign=launch&q=1#part`, {
      referer: 'https://news.example/',
    });
    const [hit, ...others] = await sent(page);
    assert.ok(hit);
    const { tz, width, ...rest } = hit;
    assert.deepEqual(rest, {
      method: 'POST',
      url: `${origin}/canonical`,
      referrer: 'https://news.example/',
      utm_source: 'Twitter',
      utm_campaign: 'launch',
      bot: false,
    });
    assert.equal(typeof tz, 'string');
    assert.equal(width, 1280);
    assert.deepEqual(others, []);
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  });
  assert.deepEqual(errors, []);

  const { names, bytes, ...counters } = await counted('/canonical');
  const { hour_12 = 0, hour_13 = 0, ...others } = counters;
  assert.equal(hour_12 + hour_13, 1, 'it is about noon');
  assert.deepEqual(others, {
    views: 1,
    views_twitter: 1,
    visitors: 1,
    site_visitors: 1,
    visits: 1,
    'referrer_news.example': 1,
    source_twitter: 1,
    campaign_launch: 1,
    country_CA: 1,
    device_desktop: 1,
    browser_Chrome: 1,
    os_Linux: 1,
    language_fr: 1,
  });
});

test('finds a canonical link that follows the snippet', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/late-canonical`);
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/canonical`]);
  });
});

test('without a canonical link it sends the address without query and fragment', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/plain?session=secret#part`);
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/plain`]);
  });
});

test('counts each page of a single-page app once', async () => {
  const errors = await visit(async (page) => {
    await page.goto(`${origin}/app`);
    await page.evaluate(() => {
      history.pushState({}, '', '/app/one');
      history.pushState({}, '', '/app/one?tab=2');
      history.replaceState({}, '', '/app/one#there');
      history.pushState({}, '', '/app/two');
    });
    await page.goBack();
    await page.waitForURL('**/app/one#there');
    await page.evaluate(() => {
      location.hash = 'elsewhere';
    });
    const received = await sent(page);
    assert.deepEqual(methodAndUrl(received), [
      `POST ${origin}/app`,
      `POST ${origin}/app/one`,
      `POST ${origin}/app/two`,
      `POST ${origin}/app/one`,
    ]);
    assert.deepEqual(
      received.map(({ referrer }) => referrer),
      ['', `${origin}/app`, `${origin}/app/one`, `${origin}/app/two`],
    );
  });
  assert.deepEqual(errors, []);
});

test('counts a page once more when the visitor goes back to it', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/plain`);
    await page.click('text=next');
    await page.waitForURL('**/article');
    await page.goBack();
    await page.waitForURL('**/plain');
    const want = [`POST ${origin}/plain`, `POST ${origin}/canonical`, `POST ${origin}/plain`];
    assert.deepEqual(methodAndUrl(await sent(page)), want);
  });
});

// Headless Chromium keeps no pages in a back/forward cache: here the event is the one that a full browser sends.
test('counts a page once more when it comes back from the back/forward cache', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/article`);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    const received = await sent(page);
    assert.deepEqual(methodAndUrl(received), [`POST ${origin}/canonical`, `POST ${origin}/canonical`]);
    assert.equal(received[1]?.referrer, `${origin}/canonical`);
  });
});

test('a page that navigates while it loads is counted once', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/early`);
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/early/canonical`]);
  });
});

test('long campaigns and referrers are cut, not the view lost', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/plain?${'x'.repeat(2000)}`);
    const answer = page.waitForResponse('**/track');
    await page.goto(`${origin}/article?utm_content=${'y'.repeat(5000)}`, {
      referer: `${origin}/plain?${'x'.repeat(2000)}`,
    });
    assert.equal((await answer).status(), 204);
    const [, hit] = await sent(page);
    assert.deepEqual([String(hit?.utm_content).length, String(hit?.referrer).length], [99, 99]);
  });
});

test('a page whose own fetch throws keeps working, its router too', async () => {
  const errors = await visit(async (page) => {
    await page.addInitScript(() => {
      window.fetch = () => {
        throw new TypeError('blocked');
      };
    });
    await page.goto(`${origin}/app`);
    await page.evaluate(() => history.pushState({}, '', '/app/one'));
    assert.equal(await page.evaluate(() => location.pathname), '/app/one');
  });
  assert.deepEqual(errors, []);
});

test('a developer can read from the page why a hit was not counted', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/plain`);
    const reason = await page.evaluate(
      async (url) => (await fetch(url, { method: 'POST', body: '{' })).headers.get('x-footfall'),
      trackUrl,
    );
    assert.equal(reason, 'malformed');
    await sent(page);
  });
});

test('waits for a prerendered page to be opened', async () => {
  await visit(async (page) => {
    await page.addInitScript(() =>
      Object.defineProperty(document, 'prerendering', { value: true, configurable: true }),
    );
    await page.goto(`${origin}/article`);
    assert.deepEqual(await sent(page), []);
    await page.goto(`${origin}/article`);
    await page.evaluate(() => {
      Object.defineProperty(document, 'prerendering', { value: false });
      document.dispatchEvent(new Event('prerenderingchange'));
    });
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/canonical`]);
  });
});

test('no error reaches a page whose endpoint is down', async () => {
  const errors = await visit(async (page) => {
    const failed = page.waitForEvent('requestfailed');
    await page.goto(`${origin}/down`);
    assert.equal((await failed).url(), nowhere);
    await page.evaluate(() => history.pushState({}, '', '/down/again'));
    assert.deepEqual(await sent(page), []);
  });
  assert.deepEqual(errors, []);
});

test('the owner is ignored after asking for it in the address, until asking again, and is told so', async () => {
  await visit(async (page) => {
    const told: string[] = [];
    page.on('dialog', (dialog) => {
      told.push(dialog.message());
      dialog.accept();
    });
    await page.goto(`${origin}/article#footfall-ignore`);
    assert.equal(page.url(), `${origin}/article#`, 'a reload asks for nothing');
    await page.reload();
    await page.goto(`${origin}/plain`);
    await page.evaluate(() => history.pushState({}, '', '/plain/two'));
    assert.deepEqual(await sent(page), []);
    assert.deepEqual(told, ['#footfall-ignore,true']);

    await page.goto(`${origin}/article`);
    const off = page.waitForEvent('dialog');
    await page.evaluate(() => location.assign('#footfall-ignore'));
    await off;
    await page.goto(`${origin}/plain`);
    await page.goBack();
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/plain`, `POST ${origin}/canonical`]);
    assert.deepEqual(told, ['#footfall-ignore,true', '#footfall-ignore,false']);
  });
});

test('the owner is ignored on a page with a base element, too', async () => {
  await visit(async (page) => {
    const told = page.waitForEvent('dialog');
    const opened = page.goto(`${origin}/based#footfall-ignore`);
    const dialog = await told;
    assert.equal(dialog.message(), '#footfall-ignore,true');
    await dialog.accept();
    await opened;
    assert.equal(page.url(), `${origin}/based#`);
    await page.goto(`${origin}/plain`);
    assert.deepEqual(await sent(page), []);
  });
});

test('what an app does to its address while it loads is no second view', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/replacing`);
    await page.waitForURL(`${origin}/replaced`);
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/replacing`]);
  });
});

test('a browser that blocks storage is counted', async () => {
  await visit(async (page) => {
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
    );
    await page.goto(`${origin}/article`);
    assert.deepEqual(methodAndUrl(await sent(page)), [`POST ${origin}/canonical`]);
  });
});

test('a browser under automation says so and is not counted', async () => {
  await visit(async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { value: true }));
    const answer = page.waitForResponse('**/track');
    await page.goto(`${origin}/article`);
    assert.equal((await answer).headers()['x-footfall'], 'bot');
    assert.deepEqual(
      (await sent(page)).map(({ bot }) => bot),
      [true],
    );
  });
});

test("the original article's snippet, preflighted and with a null source, is counted too", async () => {
  const errors = await visit(async (page) => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.goto(`${origin}/original`);
    assert.equal((await answer).status(), 204);
    assert.equal((await answer).headers()['x-footfall'], undefined);
    assert.deepEqual(await sent(page), [
      { method: 'OPTIONS' },
      { method: 'POST', url: '/canonical', utm_source: null },
    ]);
  });
  assert.deepEqual(errors, []);
});
