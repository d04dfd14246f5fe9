import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Row } from '../core/report/report.ts';
import { countersOf, type Item, numberValue, type PartitionKey } from './item.ts';

/** A table and the client that reads it. */
export interface TableClient {
  client: DynamoDBClient;
  tableName: string;
}

/** The page and the counters to read of a partition. Undefined means all. */
export interface ReadOptions {
  page?: string | undefined;
  counters?: string[] | undefined;
}

/** Reads the rows of a day or a rolled-up month, in one list for each page of the Query's results. */
export async function* rowsOf(
  table: TableClient,
  partition: Row['partition'],
  epoch: number,
  options: ReadOptions = {},
): AsyncGenerator<Row[]> {
  for await (const items of itemsOf(table, partition, epoch, options))
    yield items.map((item) => ({ partition, url: item.url?.S ?? '', counters: countersOf(item) }));
}

/** Reads the items of a partition. Leaves out items that have expired at `epoch` (ms), but are not yet deleted. */
export async function* itemsOf(
  { client, tableName }: TableClient,
  partition: PartitionKey,
  epoch: number,
  { page, counters }: ReadOptions = {},
): AsyncGenerator<Item[]> {
  const projected = counters?.map((counter, i) => [`#${i}`, counter] as const);
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      KeyConditionExpression: page === undefined ? '#day = :day' : '#day = :day AND #url = :url',
      FilterExpression: 'attribute_not_exists(#expires) OR #expires > :now',
      ...(projected && { ProjectionExpression: ['#url', ...projected.map(([name]) => name)].join() }),
      ExpressionAttributeNames: {
        '#day': 'day',
        '#expires': 'expires',
        ...((projected || page !== undefined) && { '#url': 'url' }),
        ...(projected && Object.fromEntries(projected)),
      },
      ExpressionAttributeValues: {
        ':day': { S: partition },
        ':now': numberValue(Math.floor(epoch / 1000)),
        ...(page !== undefined && { ':url': { S: page } }),
      },
    },
  );
  for await (const { Items = [] } of pages) yield Items;
}
