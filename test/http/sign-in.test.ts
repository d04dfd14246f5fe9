import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { limitedAttempt } from '../../http/limited-attempt.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';
import { localClient } from '../../local/local-client.ts';
import { authStore } from '../../store/auth-store.ts';
import { concurrently } from '../../store/concurrently.ts';
import { quickHash, startFunctions } from '../functions/footfall.ts';

const password = 'correct horse battery';
const { dashboard } = await startFunctions({
  SITES: 'blog.example.com',
  PUBLIC_DASHBOARD: '',
  DASHBOARD_PASSWORD_HASH: await quickHash(password),
});
const client = localClient();
after(() => client.destroy());
const { attempt } = authStore(client, 'SiteStatistics', 'SiteVisitors');
const host = 'stats.example.com';
const window = 15 * 60_000;

let begin = Date.parse('2026-11-21T12:00:00Z');
/** Begins a test in a window of its own. */
const nextWindow = () => {
  begin += window;
};

async function signIn(word: string, parts: EventParts = {}, to = dashboard) {
  const headers = { host, origin: `https://${host}`, 'content-type': 'application/x-www-form-urlencoded' };
  const { statusCode, cookies = [] } = await to({
    method: 'POST',
    epoch: begin,
    ...parts,
    headers: { ...headers, ...parts.headers },
    body: new URLSearchParams({ password: word }).toString(),
  });
  return { statusCode, cookies: cookies.map((cookie) => cookie.replace(/;.*/, '')) };
}
const statusOf = async (...attempt: Parameters<typeof signIn>) => (await signIn(...attempt)).statusCode;
const repeat = (times: number, run: (i: number) => Promise<number | undefined>) =>
  concurrently(20, [...Array(times).keys()], run);

const withCookie = (value: string): EventParts => ({ headers: { cookie: `__Host-footfall-known=${value}` } });

/** Signs in, and returns what the browser sends from then on. */
async function knownBrowser(parts: EventParts = {}): Promise<EventParts> {
  const { cookies } = await signIn(password, parts);
  return { headers: { cookie: cookies.join('; ') } };
}

/** How often each status came. */
const tally = (statuses: unknown[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(statuses, String)).map(([status, all]) => [status, all?.length]));

describe('attempts to sign in', () => {
  test('are used up by wrong passwords only', async () => {
    nextWindow();
    for (let i = 0; i < 12; i++) assert.equal(await statusOf(password), 303);
    for (let i = 0; i < 9; i++) assert.equal(await statusOf('wrong'), 403);
    for (let i = 0; i < 3; i++) assert.equal(await statusOf(password), 303);
    assert.equal(await statusOf('wrong'), 403);
    assert.equal(await statusOf(password), 429);
  });

  test('stay within the limit when many come at once, with right ones among them', async () => {
    nextWindow();
    const { 403: wrong = 0, 429: refused = 0 } = tally(
      await repeat(60, (i) => statusOf(i % 8 === 0 ? password : 'wrong')),
    );
    assert.ok(wrong <= 10 && refused > 0, `${wrong} checked, ${refused} refused`);
    // A right one may have held the place of a wrong one for a moment.
    for (let i = wrong; i < 10; i++) assert.equal(await statusOf('wrong'), 403);
    assert.equal(await statusOf('wrong'), 429);
  });

  test('from all networks are used up by wrong passwords only', async () => {
    nextWindow();
    const from = (i: number) => ({ ip: `198.51.100.${i}` });
    for (let i = 0; i < 4; i++) assert.equal(await statusOf(password, from(i)), 303);
    await repeat(197, async () => void (await attempt(`${begin / 1000}/all`, 200, (begin + window) / 1000)));
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push(await statusOf('wrong', from(i)));
    assert.deepEqual(statuses, [403, 403, 403, 429, 429]);
    assert.equal(await statusOf(password, from(250)), 429);
    nextWindow();
    assert.equal(await statusOf(password, from(250)), 303);
  });

  test('are of their own in a browser that signed in before, so that strangers cannot use them up', async () => {
    nextWindow();
    const known = await knownBrowser();
    for (let i = 0; i < 10; i++) assert.equal(await statusOf('wrong'), 403);
    assert.equal(await statusOf(password), 429);
    assert.equal(await statusOf(password, known), 303);
    await repeat(200, async () => void (await attempt(`${begin / 1000}/all`, 200, (begin + window) / 1000)));
    assert.equal(await statusOf(password, { ip: '198.51.100.1' }), 429);
    assert.equal(await statusOf(password, { ...known, ip: '198.51.100.1' }), 303);
  });

  test('of a known browser are limited, too, and do not start anew when it signs in', async () => {
    nextWindow();
    const [known, other] = [await knownBrowser(), await knownBrowser()];
    for (let i = 0; i < 5; i++) assert.equal(await statusOf('wrong', known), 403);
    const again = await knownBrowser(known);
    for (let i = 0; i < 5; i++) assert.equal(await statusOf('wrong', again), 403);
    for (const each of [known, again]) assert.equal(await statusOf(password, each), 429);
    for (let i = 0; i < 9; i++) assert.equal(await statusOf('wrong', other), 403);
    for (let i = 0; i < 10; i++) assert.equal(await statusOf('wrong'), 403);
    nextWindow();
    assert.equal(await statusOf(password, known), 303);
  });

  test('of a browser whose cookie is forged, of another kind or too old are those of a stranger', async () => {
    nextWindow();
    const { cookies } = await signIn(password);
    const [session = '', known = ''] = cookies.map((cookie) => cookie.replace(/^[^=]*=/, ''));
    const [claim = '', signature = ''] = known.split('.');
    const forged = Buffer.from(`${Buffer.from(claim, 'base64url')}2`).toString('base64url');
    for (let i = 0; i < 10; i++) await statusOf('wrong');
    for (const value of ['', 'x', session, claim, `.${signature}`, `${forged}.${signature}`])
      assert.equal(await statusOf(password, withCookie(value)), 429, value);
    assert.equal(await statusOf(password, withCookie(known)), 303);
    const { statusCode } = await dashboard({ epoch: begin, headers: { host, cookie: `__Host-footfall=${known}` } });
    assert.equal(statusCode, 401, 'it opens nothing');
    for (const [days, status] of [
      [365, 303],
      [366, 429],
    ] as const) {
      const epoch = begin + days * 86_400_000;
      for (let i = 0; i < 10; i++) await statusOf('wrong', { epoch });
      assert.equal(await statusOf(password, { ...withCookie(known), epoch }), status);
    }
  });

  test('leave a count that expires, and no count below 0', async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteVisitors' }));
    const counts = Items.filter(({ visitor }) => visitor?.S?.startsWith('sign-in/'));
    assert.ok(counts.length > 10);
    for (const { attempts, expires } of counts) assert.ok(Number(attempts?.N) >= 0 && Number(expires?.N) > 0);
  });
});

test('a sign-in leaves two cookies, and the one that lasts says nothing of a person', async () => {
  nextWindow();
  const cookies = await Promise.all([signIn(password), signIn(password)]);
  const claims = cookies.map(({ cookies: [, known = ''] }) => {
    const [, name, claim = ''] = /^([^=]*)=([\w-]*)\.[\w-]{43}$/.exec(known) ?? [];
    return [name, String(Buffer.from(claim, 'base64url'))];
  });
  for (const [name, claim] of claims) {
    assert.equal(name, '__Host-footfall-known');
    assert.match(String(claim), /^known 2027-11-21 {2}[\w-]{22}$/);
  }
  assert.notEqual(claims[0]?.[1], claims[1]?.[1]);
});

test('a new password forgets known browsers', async () => {
  nextWindow();
  const known = await knownBrowser();
  process.env.DASHBOARD_PASSWORD_HASH = await quickHash('new');
  const { handler } = await import(`../../functions/dashboard.ts?${password}`);
  const renewed = (parts: EventParts) => handler(httpEvent(parts));
  for (let i = 0; i < 10; i++) assert.equal(await statusOf('wrong', known, renewed), 403);
  assert.equal(await statusOf('new', {}, renewed), 429, 'it had the attempts of its network');
});

test('lets the right password in though its attempt cannot be given back', async () => {
  const store = { attempt: async () => true, giveBack: () => Promise.reject(new Error('The table is down.')) };
  const limits = [{ name: 'a', most: 1 }];
  assert.equal(await limitedAttempt(store, limits, 0, async () => true), 'success');
});
