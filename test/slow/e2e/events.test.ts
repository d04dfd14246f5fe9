import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventsSnippetFor, snippetFor } from '../../../snippet/embed.ts';
import { startSite } from './site.ts';

const icon = '<link rel="icon" href="data:,">';
const canonical = '<link rel="canonical" href="/canonical">';
const encoded = `${encodeURIComponent('Übersicht über alle Jahre')}.pdf`;

const { origin, newContext, arrived, assertSent, counted } = await startSite((trackUrl, sites) => {
  const events = eventsSnippetFor(trackUrl, sites);
  const all = events.replace('<script>', '<script data-outbound data-downloads>');
  const links = `<a id="out" href="https://other.example/page?q=1">out</a> <a id="file" href="/files/Guide.PDF?v=2">file</a>
    <a id="named" href="/x" download="x.bin">named</a> <a id="in" href="/plain"><b id="inner">in</b></a>
    <a id="mail" href="mailto:a@b.example">mail</a>`;
  return {
    '/actions': `${icon}${canonical}${events}<button id="signup" data-footfall="Signup"><i id="icon">x</i></button>
      <form id="form" data-footfall="search" onsubmit="return false"><input id="field"><button id="send">go</button></form>${links}`,
    '/links': `${icon}<body>${all}<div onclick="event.stopPropagation()">${links}</div>`,
    '/names': `${icon}<body>${all}<a id="encoded" href="/${encoded}">a</a> <a id="broken" href="/100%.pdf">b</a>`,
    '/labels': `${icon}${events}
      <label id="inside" data-footfall="inside">text <input type="checkbox" id="inside-box"></label>
      <label id="by-name" for="name-box" data-footfall="label">text</label> <input type="checkbox" id="name-box">
      <div data-footfall="around"><label id="around"><b>text</b> <input type="checkbox"></label></div>
      <label id="for-named" for="named-box">text</label> <input type="checkbox" id="named-box" data-footfall="control">`,
    '/shadowed': `${icon}${events}<body><img name="URL"><form><input name="closest"><button>go</button></form><img name="querySelector">
      <button data-footfall="Signup" id="signup">x</button>`,
    '/twice': `${icon}<body>${events}${events}<button id="signup" data-footfall="Signup">x</button>`,
    '/foreign': `${icon}<link rel="canonical" href="https://medium.example/article">${events}`,
    '/both': `${icon}${canonical}${snippetFor(trackUrl, sites)}${events}`,
    '/gone': `<html><head>${icon}${events}<link rel="canonical" href="/404"><meta name="footfall" content="404"></head></html>`,
    '/plain': `${icon}${events}`,
  };
});

/** Runs a visitor who stays on the page after each click, and asserts that no error reaches the page. */
async function visit(path: string, steps: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.addInitScript(() =>
    addEventListener('click', (event) => (event.target as Element).matches('a, a *') && event.preventDefault(), true),
  );
  await page.goto(origin + path);
  await steps(page);
  await context.close();
  assert.deepEqual(errors, []);
}

test('a page tells of an event, by its canonical address', () =>
  visit('/actions', async (page) => {
    await page.evaluate(() => {
      window.footfall('Signup');
      for (const nothing of ['', '  ', {}, 7, undefined]) window.footfall(nothing as string);
      document.dispatchEvent(new Event('submit'));
    });
    await assertSent(page, 'Signup on /actions as /canonical');
  }));

test('an element tells of a click on it or in it, a form of being sent', () =>
  visit('/actions', async (page) => {
    await page.click('#signup');
    await page.click('#icon');
    await page.click('#field');
    await page.press('#field', 'Enter');
    const signup = 'Signup on /actions as /canonical';
    await assertSent(page, signup, signup, 'search on /actions as /canonical');
  }));

test('a click on a label counts its event once, each time, even in one task', () =>
  visit('/labels', async (page) => {
    for (const label of ['#inside', '#inside', '#by-name', '#around b', '#for-named']) await page.click(label);
    await page.click('#inside-box');
    await page.press('#inside-box', 'Space');
    await page.evaluate(() => {
      for (const id of ['inside', 'inside', 'inside-box', 'inside-box']) document.getElementById(id)?.click();
    });
    const want = ['inside', 'inside', 'label', 'around', 'control', ...Array(6).fill('inside')];
    await assertSent(page, ...want.map((event) => `${event} on /labels`));
  }));

test('links are not followed without asking for it', () =>
  visit('/actions', async (page) => {
    for (const link of ['#out', '#file', '#named', '#in', '#mail']) await page.click(link);
    await assertSent(page);
  }));

test('links to elsewhere and to files are, where the script has the attributes', () =>
  visit('/links', async (page) => {
    for (const link of ['#out', '#file', '#named', '#in', '#inner', '#mail']) await page.click(link);
    await page.click('#out', { button: 'right' });
    const want = ['outbound: other.example', 'download: Guide.PDF', 'download: x.bin'];
    await assertSent(page, ...want.map((event) => `${event} on /links`));
  }));

test('the name of a download is decoded before it is cut', () =>
  visit('/names', async (page) => {
    await page.click('#encoded');
    await page.click('#broken');
    await assertSent(page, 'download: Übersicht über alle Jahre.pdf on /names', 'download: 100%.pdf on /names');
  }));

test('elements with the names of properties neither throw nor hide the address', () =>
  visit('/shadowed', async (page) => {
    await page.evaluate(() => document.forms[0]?.dispatchEvent(new MouseEvent('click', { bubbles: true })));
    await page.click('#signup');
    await page.evaluate(() => history.pushState({}, '', '/shadowed/two'));
    await page.click('#signup');
    await assertSent(page, 'Signup on /shadowed/two');
  }));

test('a page that has the block twice counts an event once', () =>
  visit('/twice', async (page) => {
    await page.click('#signup');
    await page.evaluate(() => window.footfall('hello'));
    await assertSent(page, 'Signup on /twice', 'hello on /twice');
  }));

test('an event counts under its own address if the canonical link is on a foreign host', async () => {
  await visit('/foreign', async (page) => {
    await page.evaluate(() => window.footfall('hello'));
    await assertSent(page, 'hello on /foreign as https://medium.example/article');
  });
  assert.equal((await counted('/foreign')).event_hello, 1);
});

test('a page that is not there tells so, by the address that was asked for', () =>
  visit('/gone?x=1#y', async (page) => {
    await assertSent(page, '404 on /gone');
  }));

test('an event of a single-page app belongs to the page that it shows', () =>
  visit('/actions', async (page) => {
    await page.evaluate(() => history.pushState({}, '', '/actions/two?x'));
    await page.click('#signup');
    await assertSent(page, 'Signup on /actions/two');
  }));

test('both blocks on a page count the view once and the event', async () => {
  await visit('/both', async (page) => {
    await page.evaluate(() => window.footfall('hello'));
    await arrived(2);
    await assertSent(page, 'hello on /both as /canonical', 'view /both as /canonical');
  });
  const { event_hello, views } = await counted('/canonical');
  assert.deepEqual([event_hello, views], [1, 1]);
});

test('the owner who is ignored tells of nothing', () =>
  visit('/actions', async (page) => {
    await page.evaluate(() => localStorage.setItem('#footfall-ignore', '1'));
    await page.click('#signup');
    await assertSent(page);
  }));
