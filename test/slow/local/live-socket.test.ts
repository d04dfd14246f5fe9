import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WebSocket } from 'ws';
import { type LiveBatch, parseLiveBatch } from '../../../core/live/live-hit.ts';
import { createAuth } from '../../../http/auth.ts';
import { startApi } from '../../../local/api.ts';
import { startDatabase } from '../../../local/database.ts';
import { authStore } from '../../../store/auth-store.ts';
import { liveStore } from '../../../store/live.ts';
import { firefox } from '../../functions/footfall.ts';

const sites = ['blog.example.com', 'b.example'];
const database = await startDatabase();
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
const api = await startApi({
  ...database.environment,
  SITES: sites.join(),
  TIME_ZONE: 'UTC',
  LIVE: 'websocket',
  PUBLIC_DASHBOARD: 'true',
  HIT_TIMEOUT: '20000', // this machine may be slow
});
const opened = new Set<WebSocket>();
after(async () => {
  for (const socket of opened) socket.terminate();
  await api.close();
  client.destroy();
  await database.close();
});

const live = liveStore(client, 'SiteLive');
const auth = createAuth(
  { passwordHash: '', isPublic: true },
  authStore(client, 'SiteStatistics', 'SiteVisitors'),
  sites,
);
const nowInSeconds = () => Math.floor(Date.now() / 1000);
const connections = () => live.connections(nowInSeconds());
const until = async (isTrue: () => boolean | Promise<boolean>) => {
  while (!(await isTrue())) await nextTurn();
};

/** Returns the address of the socket with a fresh token, as the page has it. */
async function addressOnPage(query = ''): Promise<string> {
  const html = await (await fetch(`${api.origin}/live${query}`)).text();
  const [, data = ''] = /id="live-data">(.*?)<\/script>/.exec(html) ?? [];
  return JSON.parse(data).socket;
}

/** Opens a socket as a page of an origin does. Returns it with what it receives, or the status of the refusal. */
async function open(address: string, origin = api.origin) {
  const socket = new WebSocket(address, { origin });
  const received: (LiveBatch | undefined)[] = [];
  socket.on('message', (text) => received.push(parseLiveBatch(String(text))));
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => Number(statusCode));
  const status = await Promise.race([once(socket, 'open').then(() => 101), refused]);
  if (status === 101) opened.add(socket);
  else socket.on('error', () => {}).terminate();
  return { socket, received, status };
}

const close = async (socket: WebSocket) => {
  opened.delete(socket);
  socket.close();
  await once(socket, 'close');
};

const address = await addressOnPage();
const withToken = (token: string) => `${address.replace(/\?.*/, '')}?token=${token}`;
const send = (url: string) =>
  fetch(`${api.origin}/track`, { method: 'POST', headers: { 'user-agent': firefox }, body: JSON.stringify({ url }) });

test('a page opens a socket with its token, and closes it', async () => {
  const { socket, status } = await open(address);
  assert.equal(status, 101);
  assert.equal((await connections()).length, 1);
  await close(socket);
  await until(async () => (await connections()).length === 0);
});

test('nobody opens a socket without a valid token, or from a page of elsewhere', async () => {
  const token = new URL(address).searchParams.get('token') ?? '';
  const run = async (address: string, want: number, origin?: string) => {
    assert.equal((await open(address, origin)).status, want, address);
  };
  await run(withToken(''), 401);
  await run(withToken(`${token.slice(0, -2)}AA`), 401);
  await run(withToken(await auth.liveToken('', api.origin, nowInSeconds() - 61)), 401);
  await run(withToken(await auth.liveToken('elsewhere.example', api.origin, nowInSeconds())), 401);
  await run(withToken(await auth.liveToken('', api.origin, nowInSeconds())), 403, 'https://elsewhere.example');
  assert.deepEqual(await connections(), []);
});

test('a view arrives, only at those who may see its site, and a connection that is gone is forgotten', async () => {
  const all = await open(await addressOnPage());
  const one = await open(await addressOnPage('?site=b.example'));
  await live.connect({ id: 'gone', site: '' }, nowInSeconds() + 60);
  assert.equal((await send('https://blog.example.com/a')).status, 204);
  await until(() => all.received.length === 1);
  assert.deepEqual(
    all.received[0]?.hits.map(({ site, url, begins, gap }) => ({ site, url, begins, gap })),
    [{ site: 'blog.example.com', url: 'https://blog.example.com/a', begins: true, gap: undefined }],
  );
  await until(async () => (await connections()).length === 2);
  // A view of the other site may share a message with the next one of it, but not be lost.
  await until(async () => {
    await send('https://b.example/');
    return one.received.length > 0;
  });
  for (const batch of one.received) for (const { site } of batch?.hits ?? []) assert.equal(site, 'b.example');
  await Promise.all([close(all.socket), close(one.socket)]);
  await until(async () => (await connections()).length === 0);
});

test('a connection says that somebody watches, and a ping that somebody still does', async () => {
  const Key = { part: { S: 'watch' }, at: { S: '-' } };
  const forget = () => client.send(new DeleteItemCommand({ TableName: 'SiteLive', Key }));
  const address = await addressOnPage();
  await forget();
  const { socket } = await open(address);
  assert.ok((await live.watchedUntil()) > nowInSeconds() + 120);
  await forget();
  socket.send('ping');
  await until(async () => (await live.watchedUntil()) > nowInSeconds() + 120);
  await close(socket);
});

test('there are at most twenty connections', async () => {
  const address = await addressOnPage();
  await until(async () => (await connections()).length === 0);
  const statuses: number[] = [];
  for (let i = 0; i < 21; i++) statuses.push((await open(address)).status);
  assert.deepEqual(statuses, [...Array(20).fill(101), 429]);
  const [socket] = opened;
  assert.ok(socket);
  await close(socket);
  await until(async () => (await connections()).length === 19);
  assert.equal((await open(await addressOnPage())).status, 101);
});
