import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventsSnippetFor, snippetFor } from '../../../snippet/embed.ts';
import { startSite } from './site.ts';

const icon = '<link rel="icon" href="data:,">';
const { origin, newContext, sent, counted } = await startSite((trackUrl) => {
  const events = eventsSnippetFor(trackUrl);
  const all = events.replace('<script>', '<script data-outbound data-downloads>');
  const links = `<a id="out" href="https://other.example/page?q=1">out</a> <a id="file" href="/files/Guide.PDF?v=2">file</a>
    <a id="named" href="/x" download="x.bin">named</a> <a id="in" href="/plain"><b id="inner">in</b></a>
    <a id="mail" href="mailto:a@b.example">mail</a>`;
  return {
    '/actions': `${icon}<link rel="canonical" href="/canonical">${events}<button id="signup" data-footfall="Signup"><i id="icon">x</i></button>
      <form id="form" data-footfall="search" onsubmit="return false"><input id="field"><button id="send">go</button></form>${links}`,
    '/links': `${icon}<body>${all}<div onclick="event.stopPropagation()">${links}</div>`,
    '/both': `${icon}<link rel="canonical" href="/canonical">${snippetFor(trackUrl)}${events}`,
    '/gone': `<html><head>${icon}${events}<link rel="canonical" href="/404"><meta name="footfall" content="404"></head></html>`,
    '/plain': `${icon}${events}`,
  };
});

/** Runs a visitor who stays on the page after each click, and tells which errors reached the page. */
async function visit(path: string, steps: (page: Page) => Promise<void>): Promise<void> {
  const context = await newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.addInitScript(() =>
    addEventListener('click', (event) => (event.target as Element).closest('a') && event.preventDefault(), true),
  );
  await page.goto(origin + path);
  await steps(page);
  await context.close();
  assert.deepEqual(errors, []);
}

const told = async (page: Page) =>
  (await sent(page)).map(({ url, event }) => `${event} ${String(url).replace(origin, '')}`);

test('a page tells of an event, by its canonical address', async () => {
  await visit('/actions', async (page) => {
    await page.evaluate(() => {
      window.footfall('Signup');
      for (const nothing of ['', '  ', {}, 7, undefined]) window.footfall(nothing as string);
      document.dispatchEvent(new Event('submit'));
    });
    assert.deepEqual(await told(page), ['Signup /canonical']);
  });
});

test('an element tells of a click on it or in it, a form of being sent', async () => {
  await visit('/actions', async (page) => {
    await page.click('#signup');
    await page.click('#icon');
    await page.click('#field');
    await page.press('#field', 'Enter');
    assert.deepEqual(await told(page), ['Signup /canonical', 'Signup /canonical', 'search /canonical']);
  });
});

test('links are not followed without asking for it', async () => {
  await visit('/actions', async (page) => {
    for (const link of ['#out', '#file', '#named', '#in', '#mail']) await page.click(link);
    assert.deepEqual(await told(page), []);
  });
});

test('links to elsewhere and to files are, where the script has the attributes', async () => {
  await visit('/links', async (page) => {
    for (const link of ['#out', '#file', '#named', '#in', '#inner', '#mail']) await page.click(link);
    await page.click('#out', { button: 'right' });
    const want = ['outbound: other.example', 'download: Guide.PDF', 'download: x.bin'];
    assert.deepEqual(
      await told(page),
      want.map((event) => `${event} /links`),
    );
  });
});

test('a page that is not there tells so, by the address that was asked for', async () => {
  await visit('/gone?x=1#y', async (page) => {
    assert.deepEqual(await told(page), ['404 /gone']);
  });
});

test('an event of a single-page app belongs to the page that it shows', async () => {
  await visit('/actions', async (page) => {
    await page.evaluate(() => history.pushState({}, '', '/actions/two?x'));
    await page.click('#signup');
    assert.deepEqual(await told(page), ['Signup /actions/two']);
  });
});

test('both blocks on a page count the view once and the event', async () => {
  await visit('/both', async (page) => {
    await page.evaluate(() => window.footfall('hello'));
    assert.deepEqual(await told(page), ['undefined /canonical', 'hello /canonical']);
  });
  const { event_hello, views } = await counted('/canonical');
  assert.deepEqual([event_hello, views], [1, 1]);
});

test('the owner who is ignored tells of nothing', async () => {
  await visit('/actions', async (page) => {
    await page.evaluate(() => localStorage.setItem('#footfall-ignore', '1'));
    await page.click('#signup');
    assert.deepEqual(await told(page), []);
  });
});
