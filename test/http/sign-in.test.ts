import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { limitedAttempt } from '../../http/limited-attempt.ts';
import type { EventParts } from '../../local/event.ts';
import { authStore } from '../../store/auth-store.ts';
import { dynamoClient } from '../../store/client.ts';
import { concurrently } from '../../store/concurrently.ts';
import { startFunctions } from '../functions/footfall.ts';

const password = 'correct horse battery';
const salt = Buffer.alloc(16, 'salt');
// As weak as a hash may be, so that hundreds of attempts take seconds.
const quickHash = ['scrypt:10:8:1', salt, scryptSync(password, salt, 32, { N: 1024 })]
  .map((part) => part.toString('base64url'))
  .join(':');
const { dashboard } = await startFunctions({
  SITES: 'blog.example.com',
  PUBLIC_DASHBOARD: '',
  DASHBOARD_PASSWORD_HASH: quickHash,
});
const client = dynamoClient();
after(() => client.destroy());
const host = 'stats.example.com';
const window = 15 * 60_000;

let begin = Date.parse('2026-11-21T12:00:00Z');
/** Begins a test in a window of its own. */
const nextWindow = () => {
  begin += window;
};

async function signIn(word: string, parts: EventParts = {}) {
  const headers = { host, origin: `https://${host}`, 'content-type': 'application/x-www-form-urlencoded' };
  const { statusCode, cookies = [] } = await dashboard({
    method: 'POST',
    epoch: begin,
    ...parts,
    headers: { ...headers, ...parts.headers },
    body: new URLSearchParams({ password: word }).toString(),
  });
  return { statusCode, cookies: cookies.map((cookie) => cookie.replace(/;.*/, '')) };
}
const statusOf = async (word: string, parts?: EventParts) => (await signIn(word, parts)).statusCode;
const repeat = (times: number, run: (i: number) => Promise<number | undefined>) =>
  concurrently(20, [...Array(times).keys()], run);

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
    const from = (i: number) => ({ address: `198.51.100.${i}` });
    for (let i = 0; i < 4; i++) assert.equal(await statusOf(password, from(i)), 303);
    const { attempt } = authStore(client, 'SiteStatistics', 'SiteVisitors');
    await repeat(197, async () => void (await attempt(`${begin / 1000}/all`, 200, (begin + window) / 1000)));
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push(await statusOf('wrong', from(i)));
    assert.deepEqual(statuses, [403, 403, 403, 429, 429]);
    assert.equal(await statusOf(password, from(250)), 429);
    nextWindow();
    assert.equal(await statusOf(password, from(250)), 303);
  });

  test('leave a count that expires, and no count below 0', async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteVisitors' }));
    assert.ok(Items.length > 10);
    for (const { attempts, expires } of Items) assert.ok(Number(attempts?.N) >= 0 && Number(expires?.N) > 0);
  });
});

test('lets the right password in though its attempt cannot be given back', async () => {
  const store = { attempt: async () => true, giveBack: () => Promise.reject(new Error('The table is down.')) };
  const limits = [{ name: 'a', most: 1 }];
  assert.equal(await limitedAttempt(store, limits, 0, async () => true), 'success');
});
