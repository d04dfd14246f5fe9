import { paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { type DayTotalsPartition, type Item, numberValue, type PartitionKey } from './item.ts';
import { type CountedItem, parseQueryAnswer } from './query-answer.ts';
import { queryJson, type TableClient } from './query-json.ts';

/** What to read of a partition: one `url`, or those between two. By default, all. */
export type UrlRange = { url: string } | { first: string; last: string };

/** Reads items of counters: the rows of a day, those of a month that an earlier version rolled up, or totals of days. */
export async function* rowsOf(
  table: TableClient,
  partition: Day | Month | DayTotalsPartition,
  epoch: number,
  urls?: UrlRange,
): AsyncGenerator<CountedItem[]> {
  const query = queryOf(table, partition, epoch, urls);
  for (let next: QueryCommandInput['ExclusiveStartKey'] | null = undefined; next !== null; ) {
    const answer = parseQueryAnswer(await queryJson(table.client, { ...query, ExclusiveStartKey: next }));
    yield answer.items;
    next = answer.next ?? null;
  }
}

/** Reads the items of a partition. Leaves out items that have expired at `epoch` (ms), but are not yet deleted. */
export async function* itemsOf(table: TableClient, partition: PartitionKey, epoch: number): AsyncGenerator<Item[]> {
  const pages = paginateQuery({ client: table.client }, queryOf(table, partition, epoch));
  for await (const { Items = [] } of pages) yield Items;
}

/** Reads items whose `body` holds bytes, which the SDK would take long to read. The other attributes are as in `itemsOf`. */
export async function* bodiesOf(
  table: TableClient,
  partition: PartitionKey,
  epoch: number,
  urls: UrlRange,
): AsyncGenerator<(Item & { body: { B: Buffer } })[]> {
  const query = queryOf(table, partition, epoch, urls);
  for (let next: QueryCommandInput['ExclusiveStartKey'] | null = undefined; next !== null; ) {
    const { Items = [], LastEvaluatedKey } = JSON.parse(
      await queryJson(table.client, { ...query, ExclusiveStartKey: next }),
    );
    yield Items.map((item: Item & { body: { B: string } }) => ({
      ...item,
      body: { B: Buffer.from(item.body.B, 'base64') },
    }));
    next = LastEvaluatedKey ?? null;
  }
}

function queryOf(
  { tableName, ConsistentRead }: TableClient,
  partition: PartitionKey,
  epoch: number,
  urls?: UrlRange,
): QueryCommandInput {
  const [condition, values] =
    urls === undefined
      ? ['', {}]
      : 'url' in urls
        ? [' AND #url = :url', { ':url': { S: urls.url } }]
        : [' AND #url BETWEEN :first AND :last', { ':first': { S: urls.first }, ':last': { S: urls.last } }];
  return {
    TableName: tableName,
    ConsistentRead,
    KeyConditionExpression: `#day = :day${condition}`,
    FilterExpression: 'attribute_not_exists(#expires) OR #expires > :now',
    ExpressionAttributeNames: { '#day': 'day', '#expires': 'expires', ...(urls && { '#url': 'url' }) },
    ExpressionAttributeValues: {
      ':day': { S: partition },
      ':now': numberValue(Math.floor(epoch / 1000)),
      ...values,
    },
  };
}
