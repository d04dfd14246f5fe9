import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';

const { AbstractValueIterator } = createRequire(import.meta.resolve('dynalite'))('abstract-level');

test('the embedded database closes what a Query opened, at its end and at its limit', async (t) => {
  const database = await startDatabase();
  t.after(() => database.close());
  Object.assign(process.env, database.environment);
  const client = new DynamoDBClient();
  t.after(() => client.destroy());
  for (const url of ['/a', '/b', '/c'])
    await client.send(
      new PutItemCommand({ TableName: 'SiteStatistics', Item: { day: { S: '2026-11-26' }, url: { S: url } } }),
    );
  const ended = t.mock.method(AbstractValueIterator.prototype, 'return');
  const query = (Limit?: number) =>
    client.send(
      new QueryCommand({
        TableName: 'SiteStatistics',
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': { S: '2026-11-26' } },
        Limit,
      }),
    );
  assert.equal((await query()).Count, 3);
  assert.equal((await query(1)).Count, 1);
  assert.equal(ended.mock.callCount(), 2);
  for (const call of ended.mock.calls) {
    await call.result;
    await assert.rejects((call.this as { next(): Promise<unknown> }).next(), { code: 'LEVEL_ITERATOR_NOT_OPEN' });
  }
});
