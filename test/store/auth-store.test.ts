import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';
import { faultProxy } from '../../local/fault-proxy.ts';
import { authStore } from '../../store/auth-store.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
let isFlooded = false;
const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ operation }) =>
  isFlooded && operation === 'UpdateItem' ? 'throttle' : undefined,
);
after(() => proxy.close());
const client = new DynamoDBClient({ endpoint: proxy.url, maxAttempts: 1 });
after(() => client.destroy());
const coldStart = () => authStore(client, 'SiteStatistics', 'SiteVisitors');

const makeOrRead = async ({ readKeys, makeKeys }: ReturnType<typeof coldStart>) =>
  (await readKeys()) ?? (await makeKeys());

test('the key is one for all that ask at once, and for those that come later, though the table takes no write', async () => {
  isFlooded = true;
  assert.equal(await coldStart().readKeys(), undefined);
  await assert.rejects(makeOrRead(coldStart()), { name: 'ThrottlingException' });
  isFlooded = false;
  const [first, ...others] = await Promise.all([coldStart(), coldStart(), coldStart()].map(makeOrRead));
  assert.equal(first?.key.length, 32);
  isFlooded = true;
  for (const other of [...others, await makeOrRead(coldStart())]) assert.deepEqual(other, first);
});

test('links and generations are read as they are, in each instance', async () => {
  isFlooded = false;
  const [here, there] = [coldStart(), coldStart()];
  const link = { id: 'Zm9v', site: '', until: '2026-12-31', created: 1_764_000_000_000 } as const;
  const ofSite = { ...link, id: 'YmFy', site: 'blog.example.com' };
  await here.addLink(link, 4_102_444_800);
  await here.addLink(ofSite, 4_102_444_800);
  for (const kind of ['owner', 'feed', 'feed'] as const) await here.renew(kind);
  const { key, ...rest } = (await there.readKeys()) ?? assert.fail();
  assert.equal(key.length, 32);
  assert.deepEqual(rest, { generations: { owner: 1, api: 0, feed: 2 }, links: [ofSite, link] });
  await there.deleteLink('YmFy');
  await there.deleteLink('none');
  assert.deepEqual((await here.readKeys())?.links, [link]);
});

test('an attempt goes back to a count of some, and makes no count where there is none', async () => {
  isFlooded = false;
  const { attempt, giveBack } = coldStart();
  await giveBack('absent');
  assert.ok(await attempt('absent', 1, 4_102_444_800));
  assert.equal(await attempt('absent', 1, 4_102_444_800), false);
  await giveBack('absent');
  await giveBack('absent');
  assert.ok(await attempt('absent', 1, 4_102_444_800));
  assert.equal(await attempt('absent', 1, 4_102_444_800), false);
});
