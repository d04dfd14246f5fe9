import assert from 'node:assert/strict';
import { test } from 'node:test';
import { a11yViolations } from '../../../local/a11y.ts';
import { firefox, quickHash } from '../../functions/footfall.ts';
import { startSite } from './site.ts';

const password = 'correct horse battery';
const { origin, trackUrl, dashboardUrl, newContext } = await startSite(() => ({}), {
  PUBLIC_DASHBOARD: 'false',
  DASHBOARD_PASSWORD_HASH: await quickHash(password),
});

test('an owner signs in, finds what they asked for, stays signed in, and signs out', async (t) => {
  await fetch(trackUrl, {
    method: 'POST',
    headers: { 'user-agent': firefox },
    body: JSON.stringify({ url: `${origin}/`, utm_source: 'mail' }),
  });
  const context = await newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${dashboardUrl}?period=30d&source=mail`);
  assert.deepEqual(await a11yViolations(page), []);
  assert.equal(await page.title(), 'Footfall');
  assert.equal(await page.locator(':focus').getAttribute('name'), 'password');

  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.deepEqual(await a11yViolations(page), []);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByText('Source mail').waitFor();
  assert.equal(page.url(), `${dashboardUrl}?period=30d&source=mail`);
  assert.deepEqual(
    (await context.cookies()).map(({ name, httpOnly, secure, sameSite }) => ({ name, httpOnly, secure, sameSite })),
    ['__Host-footfall', '__Host-footfall-known'].map((name) => ({
      name,
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    })),
  );

  const other = await context.newPage();
  await other.goto(dashboardUrl);
  await other.getByText('Settings').click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByLabel('Password').waitFor();
  const left = (await context.cookies()).map(({ name }) => name);
  assert.deepEqual(left, ['__Host-footfall-known']);
  await page.reload();
  await page.getByLabel('Password').waitFor();
  const failures = complaints.filter((text) => !/status of 40[13]/.test(text));
  assert.deepEqual(failures, []);
});

test('an owner creates a link, revokes it, and signs out everywhere', async (t) => {
  const [owner, other, reader] = [await newContext(), await newContext(), await newContext()];
  t.after(() => Promise.all([owner, other, reader].map((context) => context.close())));
  const share = dashboardUrl.replace('/dashboard', '/share');
  const [page, elsewhere, guest] = [await owner.newPage(), await other.newPage(), await reader.newPage()];
  for (const browser of [page, elsewhere]) {
    await browser.goto(share);
    await browser.getByLabel('Password').fill(password);
    await browser.getByRole('button', { name: 'Sign in' }).click();
    await browser.getByText('Read-only link').waitFor();
  }
  await page.getByRole('button', { name: 'Create link' }).click();
  const revoke = page.getByRole('button', { name: 'Revoke' });
  await revoke.waitFor();
  assert.deepEqual(await a11yViolations(page), []);
  const link = (await page.locator('.links code').textContent()) ?? '';
  const statusFor = async () => (await guest.goto(link))?.status();
  assert.equal(await statusFor(), 200);
  await revoke.click();
  await revoke.waitFor({ state: 'detached' });
  assert.equal(await statusFor(), 401);

  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByLabel('Password').waitFor();
  await elsewhere.reload();
  await elsewhere.getByLabel('Password').waitFor();
});

test('a form on another site signs nobody in', async (t) => {
  const context = await newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.route('https://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${dashboardUrl}"><input name="password" value="${password}"></form>`,
    }),
  );
  await page.goto('https://evil.example/');
  await page.evaluate(() => document.forms[0]?.submit());
  await page.getByText('Another page sent that form').waitFor();
  assert.deepEqual(await context.cookies(), []);
});
