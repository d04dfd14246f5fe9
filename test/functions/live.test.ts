import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteItemCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';
import { httpEvent } from '../../local/event.ts';
import { localClient } from '../../local/local-client.ts';
import { liveStore } from '../../store/live.ts';
import { linesLogged, socketClaim, startFunctions, textOf } from './footfall.ts';

const { dashboard } = await startFunctions({ SITES: 'blog.example.com,b.example,www.c.example', TIME_ZONE: 'UTC' });
const client = localClient();
const live = liveStore(client, 'SiteLive');
const epoch = Date.parse('2026-11-26T12:00:30Z');
const now = Math.floor(epoch / 1000);
const hit = (site: string) => ({ time: epoch - 30_000, site, url: `https://${site}/`, begins: true as const });
await live.keep({ hits: [hit('blog.example.com'), hit('b.example')], more: {} }, epoch);
await live.keep({ hits: [hit('b.example')], more: {} }, epoch - 31 * 60_000);

/** Loads the function with the settings that are set now. */
const loaded = (name: string) => import(`../../functions/dashboard.ts?live=${name}`);
const show = (query: Record<string, string> = {}) => dashboard({ path: '/live', query, epoch });
const countIn = (html: string) => /<p class="live-count">(\d+)<\/p>/.exec(html)?.[1];
const forgetWatch = () =>
  client.send(new DeleteItemCommand({ TableName: 'SiteLive', Key: { part: { S: 'watch' }, at: { S: '-' } } }));

test('shows the last half hour, asks again in 15 s, and says until then that somebody watches', async () => {
  await forgetWatch();
  const page = await show();
  assert.equal(page.statusCode, 200);
  assert.equal(countIn(textOf(page)), '2');
  assert.equal(page.headers?.refresh, '15');
  assert.equal(await live.watchedUntil(), now + 45);
});

test('runs no script without a WebSocket', async () => {
  const page = await show();
  assert.doesNotMatch(textOf(page), /<script/);
  assert.match(String(page.headers?.['content-security-policy']), /script-src 'none'/);
});

test('shows one site, and says that another is unknown', async () => {
  assert.equal(countIn(textOf(await show({ site: 'b.example' }))), '1');
  const unknown = await show({ site: 'elsewhere.example' });
  assert.equal(unknown.statusCode, 400);
  assert.match(textOf(unknown), /There is no site .*elsewhere\.example/);
});

test('shows a site that is listed with www', async () => {
  await live.keep({ hits: [hit('c.example')], more: {} }, epoch);
  assert.equal(countIn(textOf(await show({ site: 'www.c.example' }))), '1');
});

test('does not watch while its updates are stopped', async () => {
  await forgetWatch();
  const page = await show({ paused: '1' });
  assert.equal(page.headers?.refresh, undefined);
  assert.equal(await live.watchedUntil(), 0);
});

test('with a WebSocket, runs its script, and may connect to nothing else', async () => {
  Object.assign(process.env, { LIVE: 'websocket', LIVE_CONNECTIONS_URL: 'https://a1.example.com/prod' });
  const { handler } = await loaded('websocket');
  const page = await handler(httpEvent({ path: '/live', query: { site: 'b.example' }, epoch }));
  const [, data = ''] = /id="live-data">(.*?)<\/script>/.exec(textOf(page)) ?? [];
  const { socket, hits } = JSON.parse(data);
  assert.match(socket, /^wss:\/\/a1\.example\.com\/prod\?token=[\w.-]+$/);
  assert.equal(socketClaim(textOf(page)), `live ${now + 60} b.example https://${httpEvent({}).headers.host}`);
  assert.deepEqual(hits, [hit('b.example')]);
  assert.match(page.headers['content-security-policy'], /connect-src 'self' wss:\/\/a1\.example\.com;/);
  assert.equal(page.headers.refresh, undefined);
});

test('with LIVE=off, says so and asks the table for nothing', async () => {
  await forgetWatch();
  Object.assign(process.env, { LIVE: 'off', LIVE_CONNECTIONS_URL: '' });
  const { handler } = await loaded('off');
  const page = await handler(httpEvent({ path: '/live', epoch }));
  assert.match(textOf(page), /LIVE is off\. Set LIVE=refresh and deploy to see who reads now\./);
  assert.doesNotMatch(textOf(page), /Updates|No views yet|reading now/);
  assert.equal(page.headers.refresh, undefined);
  assert.equal(await live.watchedUntil(), 0);
});

test('a page that could not be read says so, and asks again', async (t) => {
  const lines = linesLogged(t);
  const broken = await startDatabase();
  t.after(() => broken.close());
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '' } = broken.environment;
  const direct = new DynamoDBClient({ endpoint });
  await direct.send(new DeleteTableCommand({ TableName: 'SiteLive' }));
  direct.destroy();
  Object.assign(process.env, broken.environment);
  for (const LIVE of ['refresh', 'websocket']) {
    const LIVE_CONNECTIONS_URL = LIVE === 'websocket' ? 'https://a1.example.com/prod' : '';
    Object.assign(process.env, { LIVE, LIVE_CONNECTIONS_URL });
    const { handler } = await loaded(`broken-${LIVE}`);
    const page = await handler(httpEvent({ path: '/live', epoch }));
    assert.deepEqual([page.statusCode, page.headers.refresh], [503, '15'], LIVE);
    assert.match(textOf(page), /The last half hour could not be read\. Try again in a minute\./);
  }
  const failure = { failed: 'live view', error: 'ResourceNotFoundException' };
  assert.deepEqual(lines, Array(4).fill(failure));
});

test('says that it leaves out older hits of a flood', async () => {
  const later = epoch + 86_400_000;
  const hits = Array(50).fill({ ...hit('b.example'), time: later, url: `https://b.example/${'x'.repeat(900)}` });
  for (let i = 0; i < 50; i++) await live.keep({ hits, more: {} }, later);
  const page = await dashboard({ path: '/live', epoch: later });
  assert.match(textOf(page), /Older hits are left out here, /);
});
