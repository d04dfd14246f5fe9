import { type AttributeValue, type DynamoDBClient, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Counters } from '../core/counters.ts';
import type { Day } from '../core/day.ts';
import type { Row } from '../core/report.ts';

const secondsPerDay = 86_400;

/**
 * The table of counters: one item for each (day, url), each counter a number attribute of its own, since DynamoDB's
 * atomic ADD works on top-level attributes only. Its methods throw the SDK's errors.
 */
export function statisticsStore(client: DynamoDBClient, tableName: string) {
  return {
    /** Adds the increments to a page's item in one atomic write. The item expires `retentionDays` after its day. */
    async add(day: Day, url: string, counters: Counters, retentionDays: number): Promise<void> {
      const increments = Object.entries(counters);
      const names = increments.map(([name], i) => [`#${i}`, name]);
      const values = increments.map(([, count], i) => [`:${i}`, { N: String(count) }]);
      const expires = Date.parse(day) / 1000 + (retentionDays + 1) * secondsPerDay;
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { day: { S: day }, url: { S: url } },
          UpdateExpression: `SET #expires = :expires ADD ${increments.map((_, i) => `#${i} :${i}`)}`,
          ExpressionAttributeNames: { '#expires': 'expires', ...Object.fromEntries(names) },
          ExpressionAttributeValues: { ':expires': { N: String(expires) }, ...Object.fromEntries(values) },
        }),
      );
    },

    /** All rows of a day, read to the Query's last page. Items expired at `epoch` (ms) but not yet deleted are left out. */
    async rows(day: Day, epoch: number): Promise<Row[]> {
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          KeyConditionExpression: '#day = :day',
          FilterExpression: 'attribute_not_exists(#expires) OR #expires > :now',
          ExpressionAttributeNames: { '#day': 'day', '#expires': 'expires' },
          ExpressionAttributeValues: { ':day': { S: day }, ':now': { N: String(Math.floor(epoch / 1000)) } },
        },
      );
      const rows: Row[] = [];
      for await (const { Items = [] } of pages) rows.push(...Items.map(rowOf));
      return rows;
    },
  };
}

function rowOf({ day, url, expires, ...attributes }: Record<string, AttributeValue>): Row {
  const counters = Object.entries(attributes).flatMap(([name, { N }]) => (N === undefined ? [] : [[name, Number(N)]]));
  return { day: day?.S ?? '', url: url?.S ?? '', counters: Object.fromEntries(counters) };
}
