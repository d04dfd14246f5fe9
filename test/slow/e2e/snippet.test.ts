import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { freePorts } from '../../../local/listen.ts';
import { eventsSnippetFor, snippetFor } from '../../../snippet/embed.ts';
import { startSite } from './site.ts';

const icon = '<link rel="icon" href="data:,">';
const canonical = '<link rel="canonical" href="/canonical">';
const nowhere = `http://localhost:${await freePorts(1)}/track`;

const { origin, trackUrl, arrived, visit, assertSent, counted } = await startSite((trackUrl, sites) => {
  const snippet = snippetFor(trackUrl, sites);
  return {
    '/article': `${icon}${canonical}${snippet}`,
    '/late-canonical': `<html><head>${icon}${snippet}${canonical}</head></html>`,
    '/foreign-canonical': `${icon}<link rel="canonical" href="https://medium.example/article">${snippet}`,
    '/plain': `${icon}<body>${snippet}<a href="/article">next</a>`,
    '/app': `${icon}<link rel="canonical" href="/app">${snippet}`,
    '/early': `<html><head>${icon}${snippet}<script>history.pushState({}, '', '/early/two')</script>${canonical}</head></html>`,
    '/cleaned': `${icon}${snippet}<script>history.replaceState({}, '', '/cleaned')</script>`,
    '/based': `<base href="/app/">${icon}<body>${snippet}`,
    '/leaving': `${icon}${snippet}<body><script>location.replace('/left')</script>`,
    '/left': icon,
    '/shadowed': `${icon}${snippet}<body><img name="URL"><img name="title">`,
    '/much-shadowed': `${icon}${snippet}<body><img name="referrer"><img name="querySelector">`,
    '/unlisted': `${icon}${snippetFor(trackUrl)}${eventsSnippetFor(trackUrl)}<button data-footfall="click">click</button>`,
    '/down': `${icon}${snippetFor(nowhere, sites)}`,
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
  };
});

/** What is in the browser's two stores. */
const stored = (page: Page) => page.evaluate(() => [Object.entries(localStorage), Object.entries(sessionStorage)]);

test('one view is one POST, no OPTIONS, and leaves nothing in the browser', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/article?utm_source=Twitter&utm_campaign=launch&q=1#part`, {
      referer: 'https://news.example/',
    });
    await arrived(1);
    assert.deepEqual(await stored(page), [[], []]);
    assert.deepEqual(await page.context().cookies(), []);
    const [hit] = await assertSent(page, 'view /article as /canonical');
    assert.ok(hit);
    const { tz, width, ...rest } = hit;
    assert.deepEqual(rest, {
      method: 'POST',
      url: `${origin}/article`,
      canonical: `${origin}/canonical`,
      referrer: 'https://news.example/',
      utm: ['utm_source=Twitter', 'utm_campaign=launch'],
      bot: false,
    });
    assert.equal(typeof tz, 'string');
    assert.equal(width, 1280);
  });

  const { bytes, hour_12 = 0, hour_13 = 0, ...counters } = await counted('/canonical');
  const others = Object.fromEntries(Object.entries(counters).filter(([name]) => !name.startsWith('names')));
  assert.equal(hour_12 + hour_13, 1, 'it is about noon');
  assert.deepEqual(others, {
    views: 1,
    views_twitter: 1,
    visitors: 1,
    site_visitors: 1,
    visits: 1,
    linked_source_twitter: 1,
    linked_campaign_launch: 1,
    'referrer_news.example': 1,
    source_twitter: 1,
    campaign_launch: 1,
    channel_social: 1,
    country_CA: 1,
    device_desktop: 1,
    browser_Chrome: 1,
    os_Linux: 1,
    language_fr: 1,
  });
});

test('finds a canonical link that follows the snippet', () =>
  visit(async (page) => {
    await page.goto(`${origin}/late-canonical`);
    await arrived(1);
    await assertSent(page, 'view /late-canonical as /canonical');
  }));

test('a page whose canonical link is on a foreign host counts under its own address', async () => {
  await visit(async (page) => {
    await page.goto(`${origin}/foreign-canonical`);
    await arrived(1);
    await assertSent(page, 'view /foreign-canonical as https://medium.example/article');
  });
  assert.equal((await counted('/foreign-canonical')).views, 1);
});

test('without a canonical link it sends the address without query and fragment', () =>
  visit(async (page) => {
    await page.goto(`${origin}/plain?session=secret#part`);
    await arrived(1);
    const [hit] = await assertSent(page, 'view /plain');
    assert.doesNotMatch(JSON.stringify(hit), /secret|part/);
  }));

test('counts each page of a single-page app once', () =>
  visit(async (page) => {
    await page.goto(`${origin}/app`);
    await page.evaluate(() => {
      history.pushState({}, '', '/app/one');
      history.pushState({}, '', '/app/one?tab=2');
      history.replaceState({}, '', '/app/one#there');
      history.pushState({}, '', '/app/two');
    });
    await arrived(3);
    await page.goBack();
    await page.waitForURL('**/app/one#there');
    await page.evaluate(() => {
      location.hash = 'elsewhere';
    });
    await arrived(4);
    const want = ['view /app as /app', 'view /app/one', 'view /app/two', 'view /app/one'];
    const received = await assertSent(page, ...want);
    assert.deepEqual(
      received.map(({ referrer }) => referrer),
      ['', `${origin}/app`, `${origin}/app/one`, `${origin}/app/two`],
    );
  }));

test('pushState and replaceState return nothing, and throw as before', () =>
  visit(async (page) => {
    await page.goto(`${origin}/app`);
    const returned = await page.evaluate(() => [history.pushState({}, '', '/app/one'), history.replaceState({}, '')]);
    assert.deepEqual(returned, [undefined, undefined]);
    for (const name of ['pushState', 'replaceState'] as const)
      assert.match(
        (await page.evaluate((name) => {
          try {
            return history[name]({}, '', 'https://elsewhere.example/');
          } catch (error) {
            return String(error);
          }
        }, name)) ?? '',
        /^SecurityError/,
      );
    await assertSent(page, 'view /app as /app', 'view /app/one');
  }));

test('counts a page once more when the visitor goes back to it', () =>
  visit(async (page) => {
    await page.goto(`${origin}/plain`);
    await page.click('text=next');
    await page.waitForURL('**/article');
    await page.goBack();
    await page.waitForURL('**/plain');
    await arrived(3);
    await assertSent(page, 'view /plain', 'view /article as /canonical', 'view /plain');
  }));

// Headless Chromium keeps no pages in a back/forward cache: here the events are those that a full browser sends.
test('counts a page once more when it comes back from the back/forward cache', () =>
  visit(async (page) => {
    await page.goto(`${origin}/article?utm_source=news`);
    await arrived(1);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await arrived(2);
    const [, again] = await assertSent(page, 'view /article as /canonical', 'view /article as /canonical');
    assert.deepEqual([again?.referrer, again?.utm], [`${origin}/article`, ['utm_source=news']]);
  }));

test('a page that navigates while it loads is counted once', () =>
  visit(async (page) => {
    await page.goto(`${origin}/early`);
    await arrived(1);
    await assertSent(page, 'view /early/two as /canonical');
  }));

test('a page that removes its query while it loads keeps its campaign', () =>
  visit(async (page) => {
    await page.goto(`${origin}/cleaned?utm_source=news`);
    await arrived(1);
    const [hit] = await assertSent(page, 'view /cleaned');
    assert.deepEqual(hit?.utm, ['utm_source=news']);
  }));

test('a page that is left while it loads is counted', () =>
  visit(async (page) => {
    await page.goto(`${origin}/leaving`, { waitUntil: 'commit' });
    await page.waitForURL('**/left');
    await assertSent(page, 'view /leaving');
  }));

test('long campaigns and referrers do not lose the view', () =>
  visit(async (page) => {
    await page.goto(`${origin}/plain?${'x'.repeat(2000)}`);
    await arrived(1);
    const answer = page.waitForResponse('**/track');
    await page.goto(`${origin}/article?utm_content=${'y'.repeat(5000)}`, {
      referer: `${origin}/plain?${'x'.repeat(2000)}`,
    });
    assert.equal((await answer).status(), 204);
    const [, hit] = await assertSent(page, 'view /plain', 'view /article as /canonical');
    assert.equal(String(hit?.referrer).length, 99);
  }));

for (const [name, broken] of [
  ['throws', "throw new TypeError('blocked')"],
  ['returns no promise', 'return 7'],
  ['rejects', "return Promise.reject(new TypeError('blocked'))"],
])
  test(`a page whose own fetch ${name} keeps working, its router too`, () =>
    visit(async (page) => {
      await page.addInitScript(`self.asked = new Promise((done) => (self.fetch = () => { done(); ${broken} }))`);
      await page.goto(`${origin}/app`);
      await page.evaluate('asked');
      await page.evaluate(() => history.pushState({}, '', '/app/one'));
      assert.equal(await page.evaluate(() => location.pathname), '/app/one');
    }));

test('elements with the names of properties do not hide the address', () =>
  visit(async (page) => {
    await page.goto(`${origin}/shadowed`);
    await arrived(1);
    await page.goto(`${origin}/much-shadowed`);
    await assertSent(page, 'view /shadowed');
  }));

test('a developer can read from the page why a hit was not counted', () =>
  visit(async (page) => {
    await page.goto(`${origin}/plain`);
    await arrived(1);
    const reason = await page.evaluate(
      async (url) => (await fetch(url, { method: 'POST', body: '{' })).headers.get('x-footfall'),
      trackUrl,
    );
    assert.equal(reason, 'malformed');
    await assertSent(page, 'view /plain', 'view undefined');
  }));

test('both blocks are silent on a local host that is not in SITES', () =>
  visit(async (page) => {
    await page.goto(`${origin}/unlisted`);
    await page.evaluate(() => window.footfall('hello'));
    await page.click('button');
    await page.evaluate(() => history.pushState({}, '', '/unlisted/two'));
    await assertSent(page);
  }));

// Headless Chromium prerenders nothing. Browsers run no frame of a prerendered or hidden page, and here the page gets none.
test('waits for the first frame, before which it neither asks for the time zone nor sends', () =>
  visit(async (page) => {
    await page.addInitScript(`
      const frame = requestAnimationFrame;
      const waiting = [];
      requestAnimationFrame = (callback) => waiting.push(callback);
      self.seen = [];
      self.show = () => {
        seen.push('shown');
        for (const callback of waiting) frame(callback);
      };
      const noting = (name) => ({ apply: (original, self, args) => (seen.push(name), Reflect.apply(original, self, args)) });
      Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, noting('time zone'));
      fetch = new Proxy(fetch, noting('sent'));
    `);
    await page.goto(`${origin}/article`);
    // Timers fire in order: had the snippet set one when the page had loaded, it would be over.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    await page.evaluate('show()');
    await arrived(1);
    assert.deepEqual(await page.evaluate('seen'), ['shown', 'time zone', 'sent']);
    await assertSent(page, 'view /article as /canonical');
  }));

test('no error reaches a page whose endpoint is down', () =>
  visit(async (page) => {
    const failed = page.waitForEvent('requestfailed');
    await page.goto(`${origin}/down`);
    assert.equal((await failed).url(), nowhere);
    const failedAgain = page.waitForEvent('requestfailed');
    await page.evaluate(() => history.pushState({}, '', '/down/again'));
    await failedAgain;
    await assertSent(page);
  }));

test('an owner is asked, and ignored after a yes until the next', () =>
  visit(async (page) => {
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      dialog.accept();
    });
    await page.goto(`${origin}/article#footfall-ignore`);
    await page.waitForURL(`${origin}/article#`); // a reload asks for nothing
    assert.deepEqual(await stored(page), [[['#footfall-ignore', '1']], []]);
    await page.reload();
    await page.goto(`${origin}/plain`);
    await page.evaluate(() => history.pushState({}, '', '/plain/two'));
    await assertSent(page);

    await page.goto(`${origin}/article`);
    await page.evaluate(() => location.assign('#footfall-ignore'));
    await page.waitForURL(`${origin}/article#`);
    await page.goto(`${origin}/plain`);
    await assertSent(page, 'view /article as /canonical', 'view /plain');
    assert.deepEqual(asked, ['Ignore your visits?', 'Count your visits?']);
  }));

test("a stranger's link stores nothing for a reader who says no, and the view counts", () =>
  visit(async (page) => {
    const asked = page.waitForEvent('dialog');
    await page.goto(`${origin}/article#footfall-ignore`);
    await (await asked).dismiss();
    await arrived(1);
    assert.deepEqual(await stored(page), [[], []]);
    await page.reload();
    await assertSent(page, 'view /article as /canonical', 'view /article as /canonical');
  }));

test('an owner who says no to being counted stays ignored', () =>
  visit(async (page) => {
    await page.goto(`${origin}/left`);
    await page.evaluate(() => localStorage.setItem('#footfall-ignore', '1'));
    const asked = page.waitForEvent('dialog');
    await page.goto(`${origin}/article#footfall-ignore`);
    await (await asked).dismiss();
    await page.reload();
    await assertSent(page);
  }));

test('the owner is ignored on a page with a base element, too', () =>
  visit(async (page) => {
    const asked = page.waitForEvent('dialog');
    await page.goto(`${origin}/based#footfall-ignore`);
    await (await asked).accept();
    await page.waitForURL(`${origin}/based#`);
    await page.goto(`${origin}/plain`);
    await assertSent(page);
  }));

test('a browser that blocks storage is counted', () =>
  visit(async (page) => {
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
    );
    await page.goto(`${origin}/article`);
    await arrived(1);
    await assertSent(page, 'view /article as /canonical');
  }));

test('a browser under automation says so and is not counted', () =>
  visit(async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { value: true }));
    const answer = page.waitForResponse('**/track');
    await page.goto(`${origin}/article`);
    assert.equal((await answer).headers()['x-footfall'], 'bot');
    const [hit] = await assertSent(page, 'view /article as /canonical');
    assert.equal(hit?.bot, true);
  }));

test("the original article's snippet, preflighted and with a null source, is counted too", () =>
  visit(async (page) => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.goto(`${origin}/original`);
    assert.equal((await answer).status(), 204);
    assert.equal((await answer).headers()['x-footfall'], undefined);
    const [, hit] = await assertSent(page, 'OPTIONS', 'view /canonical');
    assert.deepEqual(hit, { method: 'POST', url: '/canonical', utm_source: null });
  }));
