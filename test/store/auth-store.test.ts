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

test('the key is one for all that ask at once, and for those that come later, though the table takes no write', async () => {
  isFlooded = true;
  const early = coldStart();
  await assert.rejects(early.installationKey(), { name: 'ThrottlingException' });
  isFlooded = false;
  const [key, ...others] = await Promise.all([early, coldStart(), coldStart()].map((store) => store.installationKey()));
  assert.equal(key?.length, 32);
  isFlooded = true;
  for (const other of [...others, await coldStart().installationKey()]) assert.deepEqual(other, key);
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
