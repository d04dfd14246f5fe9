import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { SQSEvent } from 'aws-lambda';
import { startDatabase } from '../../../local/database.ts';
import { faultProxy } from '../../../local/fault-proxy.ts';
import { startFunctions } from '../../functions/footfall.ts';

let asked = 0;
const database = await startDatabase();
after(() => database.close());
const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ operation }) =>
  operation === 'UpdateItem' && ++asked <= 5 ? 'throttle' : undefined,
);
after(() => proxy.close());
const { numbers } = await startFunctions({ SITES: 'blog.example.com', AWS_ENDPOINT_URL_DYNAMODB: proxy.url });
const { handler: drain } = await import('../../../functions/drain.ts');

test('a sum that the table throttles is written when the table has units again, in the same run', async () => {
  asked = 0;
  const [day, url] = ['2026-03-01', 'https://blog.example.com/'];
  const body = JSON.stringify({ day, url, add: { views: 1 } });
  const { batchItemFailures } = await drain({ Records: [{ messageId: '1', body }] } as SQSEvent);
  assert.deepEqual(batchItemFailures, []);
  assert.ok(asked > 5);
  const { totals } = await numbers(Date.parse(`${day}T12:00:00Z`));
  assert.equal(totals.views, 1);
});
