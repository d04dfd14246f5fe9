import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDatabase } from '../../local/database.ts';
import { type Fault, faultProxy } from '../../local/fault-proxy.ts';
import { dynamoClient, standard } from '../../store/client.ts';
import { DeadlineRetries } from '../../store/deadline-retries.ts';
import { statisticsStore } from '../../store/statistics.ts';

const database = await startDatabase();
after(() => database.close());
let faultOf = (): Fault | undefined => undefined;
const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', () => faultOf());
after(() => proxy.close());
Object.assign(process.env, database.environment, { AWS_ENDPOINT_URL_DYNAMODB: proxy.url });

const retries = new DeadlineRetries();
const client = dynamoClient({ ...standard(20_000), retryStrategy: retries });
after(() => client.destroy());
const read = () => statisticsStore(client, 'SiteStatistics').rows('2026-03-01', 0);

test('a throttled read is repeated until the table answers', async () => {
  let asked = 0;
  faultOf = () => (++asked < 6 ? 'throttle' : undefined);
  retries.begin(60_000);
  assert.deepEqual(await read(), []);
  assert.equal(asked, 6);
});

test('a table that throttles on is given up when the time is over', async (t) => {
  const now = Date.now();
  let asked = 0;
  faultOf = () => {
    if (++asked === 5) t.mock.method(Date, 'now', () => now + 60_000);
    return 'throttle';
  };
  retries.begin(60_000);
  await assert.rejects(read(), { name: 'ThrottlingException' });
  assert.equal(asked, 5);
});

test('a read that fails otherwise has three attempts', async () => {
  let asked = 0;
  faultOf = () => {
    asked++;
    return 'fail before';
  };
  retries.begin(60_000);
  await assert.rejects(read(), { name: 'InternalServerError' });
  assert.equal(asked, 3);
});
