import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { readAuthSettings } from '../../config/function-settings.ts';
import { askerOf, type Role } from '../../http/auth.ts';
import { hashPassword, isPassword, parsePasswordHash } from '../../http/password-hash.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';
import { localClient } from '../../local/local-client.ts';
import { quickHash, startFunctions } from '../functions/footfall.ts';
import { text } from '../functions/owner.ts';

const password = 'Öl in the engine';
const hash = await quickHash(password);
const { track, dashboard } = await startFunctions({
  SITES: 'blog.example.com,notes.example.org',
  PUBLIC_DASHBOARD: '',
  DASHBOARD_PASSWORD_HASH: hash,
});
const noon = Date.parse('2026-11-21T12:00:00Z');
const day = 86_400_000;
const host = 'stats.example.com';
const here = { host, origin: `https://${host}` };

let lastIp = 0;
/** Sends the form as a browser does, by default each time from another address. */
const send = (fields: Record<string, string>, parts: EventParts = {}) =>
  dashboard({
    method: 'POST',
    epoch: noon,
    ip: `198.51.100.${lastIp++}`,
    ...parts,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...here, ...parts.headers },
    body: new URLSearchParams(fields).toString(),
  });
const signIn = async () => (await send({ password })).cookies?.[0] ?? '';
const cookieOf = (setCookie: string) => setCookie.replace(/;.*/, '');
const look = (cookie: string, parts: EventParts = {}) =>
  dashboard({ epoch: noon, ...parts, headers: { host, cookie, ...parts.headers } });

test('shows nothing but a form to those who have not signed in', async () => {
  await track({ body: JSON.stringify({ url: 'https://blog.example.com/secret-plan' }), epoch: noon });
  for (const cookie of ['', '__Host-footfall=', '__Host-footfall=x.y', '__Host-footfall=b3duZXI.b3duZXI'])
    for (const query of [{}, { show: 'install' }, { show: 'sharing' }, { show: 'status' }, { period: '300y' }]) {
      const { statusCode, body, headers } = await look(cookie, { query });
      assert.equal(statusCode, 401);
      assert.match(text(body), /<input [^>]*type="password"/);
      assert.doesNotMatch(text(body), /blog\.example|notes\.example|secret-plan|role="alert"/);
      assert.match(String(headers?.['content-security-policy']), /script-src 'none'.*form-action 'self'/);
    }
});

test('lets in who knows the password, for thirty days, and shows what was asked for', async () => {
  const { statusCode, headers, cookies } = await send({ password }, { query: { period: '30d', source: 'a&b' } });
  assert.deepEqual([statusCode, headers?.location], [303, '?period=30d&source=a%26b']);
  const [cookie = '', known = ''] = cookies ?? [];
  assert.match(cookie, /^__Host-footfall=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax$/);
  assert.match(known, /^__Host-footfall-known=[\w.-]+; Path=\/; Max-Age=31536000; HttpOnly; Secure; SameSite=Lax$/);
  const at = async (epoch: number) => (await look(cookieOf(cookie), { epoch })).statusCode;
  assert.deepEqual([await at(noon), await at(noon + 30 * day), await at(noon + 31 * day)], [200, 200, 401]);
  const { body } = await look(`other=1; ${cookieOf(cookie)}; more=2`);
  assert.match(text(body), /secret-plan/);
  assert.match(text(body), /<button [^>]*name="sign-out"/);
});

test('a cookie that was changed in any way opens nothing', async () => {
  const token = cookieOf(await signIn()).replace('__Host-footfall=', '');
  const [claim = '', signature = ''] = token.split('.');
  const forged = Buffer.from(Buffer.from(claim, 'base64url').toString().replace('2026', '2036')).toString('base64url');
  const turned = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  for (const each of [
    `${forged}.${signature}`,
    `${claim}.${turned}`,
    claim,
    `${claim}.`,
    `${claim}.${signature.slice(4)}`,
  ])
    assert.equal((await look(`__Host-footfall=${each}`)).statusCode, 401, each);
  assert.equal((await look(`__Host-footfall=${token}`)).statusCode, 200);
});

test('takes the password on each page that asks for it', async () => {
  const yml = await readFile(new URL('../../serverless.yml', import.meta.url), 'utf8');
  for (const path of ['/dashboard', '/live', '/install', '/share']) {
    assert.match(text((await look('', { path })).body), /<form [^>]*method="post"/, path);
    assert.equal((await send({ password }, { path })).statusCode, 303, path);
    assert.ok(yml.includes(`- httpApi: POST ${path}\n`), path);
  }
});

test('says that a password is wrong', async () => {
  for (const wrong of ['', 'x', `${password} `, password.toLowerCase(), 'x'.repeat(3000)]) {
    const { statusCode, cookies, body } = await send({ password: wrong });
    assert.deepEqual([statusCode, cookies], [403, undefined]);
    assert.match(text(body), /role="alert">Wrong password\./);
  }
});

test('takes the same password in other Unicode', async () => {
  assert.equal((await send({ password: password.normalize('NFD') })).statusCode, 303);
});

test('no other page can sign anybody in or out', async () => {
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `https://${host}.evil.example` },
    { origin: '' },
    { ...here, 'sec-fetch-site': 'cross-site' },
    { ...here, 'sec-fetch-site': 'same-site' },
  ])
    for (const fields of [{ password }, { 'sign-out': '1' }]) {
      const { statusCode, cookies, body } = await send(fields, { headers });
      assert.deepEqual([statusCode, cookies], [403, undefined], JSON.stringify(headers));
      assert.match(text(body), /Another page sent that form/);
    }
  assert.equal((await send({ password }, { headers: { ...here, 'sec-fetch-site': 'same-origin' } })).statusCode, 303);
});

test('signs out', async () => {
  const { statusCode, cookies } = await send({ 'sign-out': '1' });
  assert.deepEqual(
    [statusCode, cookies],
    [303, ['__Host-footfall=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax']],
  );
});

test('ten attempts in a quarter of an hour are enough for one address, or one household', async () => {
  const begin = noon + day;
  const from = async (ip: string, epoch = begin, word = password) =>
    (await send({ password: word }, { ip, epoch })).statusCode;
  for (let i = 0; i < 5; i++) {
    assert.equal(await from(`2001:db8:1:2::${i}`, begin, 'wrong'), 403);
    assert.equal(await from(`2001:0DB8:0001:0002:0000:0000:0000:000${i}`, begin, 'wrong'), 403);
  }
  assert.equal(await from('2001:db8:1:2:3::4'), 429);
  assert.equal(await from('2001:db8:1:3::4'), 303);
  assert.equal(await from('2001:db8:1:2:3::4', begin + 15 * 60_000), 303);
  const { body } = await send({ password }, { ip: '2001:db8:1:2::', epoch: begin });
  assert.match(text(body), /Too many attempts\. Try again in 15 minutes\./);
});

test('keeps no address, and nothing that anybody could make of it', async () => {
  const ip = '203.0.113.199';
  await send({ password: 'x' }, { ip, epoch: noon + 3 * day });
  const client = localClient();
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SiteVisitors' }));
  client.destroy();
  const attempts = Items.map(({ visitor }) => visitor?.S ?? '').filter((key) => key.startsWith('sign-in/'));
  assert.ok(attempts.length > 2);
  const digests = [ip, `ip ${(noon + 3 * day) / 1000} ${ip}`].map((each) =>
    createHash('sha256').update(each).digest('base64url').slice(0, 16),
  );
  for (const secret of [ip, ...digests]) assert.doesNotMatch(attempts.join('\n'), new RegExp(secret));
  assert.ok(Items.filter(({ visitor }) => visitor?.S?.startsWith('sign-in/')).every(({ expires }) => expires?.N));
});

test('another function of the installation knows the cookie, a new password ends it', async () => {
  const cookie = cookieOf(await signIn());
  const statusAt = async (copy: string) =>
    (
      await (
        await import(`../../functions/dashboard.ts?${copy}`)
      ).handler(httpEvent({ epoch: noon, headers: { cookie } }))
    ).statusCode;
  assert.equal(await statusAt('second'), 200);
  process.env.DASHBOARD_PASSWORD_HASH = await quickHash(password);
  assert.equal(await statusAt('third'), 401);
  process.env.PUBLIC_DASHBOARD = 'true';
  assert.equal(await statusAt('fourth'), 200);
});

describe('the settings of access', () => {
  const run = (settings: Record<string, string>, want: object | RegExp) =>
    test(JSON.stringify(settings).slice(0, 60), () => {
      if (want instanceof RegExp) assert.throws(() => readAuthSettings(settings), want);
      else assert.deepEqual(readAuthSettings(settings), want);
    });

  run({ DASHBOARD_PASSWORD_HASH: hash }, { passwordHash: hash, isPublic: false });
  run({ PUBLIC_DASHBOARD: 'true' }, { passwordHash: '', isPublic: true });
  run({ PUBLIC_DASHBOARD: 'false', DASHBOARD_PASSWORD_HASH: hash }, { passwordHash: hash, isPublic: false });
  run({}, /^Error: The dashboard has no password: run npm run password .* PUBLIC_DASHBOARD=true\.$/);
  run({ PUBLIC_DASHBOARD: 'yes' }, /^Error: PUBLIC_DASHBOARD is "yes": it takes false or true\.$/);
  run(
    { DASHBOARD_PASSWORD_HASH: 'secret' },
    /^Error: DASHBOARD_PASSWORD_HASH is "secret": it takes the whole line that npm run password prints\.$/,
  );
  run({ DASHBOARD_PASSWORD_HASH: hash.slice(0, -1) }, /^Error: DASHBOARD_PASSWORD_HASH is "scrypt:/);
});

test('a password has a different hash each time, at the cost that OWASP recommends, and each verifies it', async () => {
  const hashes = await Promise.all([hashPassword(password), hashPassword(password)]);
  assert.notEqual(hashes[0], hashes[1]);
  for (const each of hashes) {
    assert.match(each, /^scrypt:15:8:3:[\w-]{22}:[\w-]{43}$/);
    const parsed = parsePasswordHash(each);
    assert.ok(parsed);
    assert.deepEqual([await isPassword(password, parsed), await isPassword('other', parsed)], [true, false]);
  }
});

test('only the owner and programs with an API token may make the lake cost', () => {
  const roles: Role[] = ['public', 'owner', 'share', 'api', 'feed'];
  assert.deepEqual(
    roles.filter((role) => askerOf({ role }) === 'owner'),
    ['owner', 'api'],
  );
});
