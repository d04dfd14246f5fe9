import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type DynamoDBClient, paginateQuery, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Row } from '../core/report/report.ts';
import { type Item, numberValue, type PartitionKey } from './item.ts';
import { parseQueryAnswer } from './query-answer.ts';

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
  const query = queryOf(table, partition, epoch, options);
  for (let next: QueryCommandInput['ExclusiveStartKey'] | null = undefined; next !== null; ) {
    const answer = parseQueryAnswer(await answerOf(table.client, { ...query, ExclusiveStartKey: next }));
    yield answer.items.map((item) => ({ partition, ...item }));
    next = answer.next ?? null;
  }
}

/** Sends a Query. Returns the JSON of its answer, because the SDK would take several times as long to read it. */
async function answerOf(client: DynamoDBClient, query: QueryCommandInput): Promise<string> {
  let json = '';
  const command = new QueryCommand(query);
  command.middlewareStack.add(
    (next) => async (request) => {
      const answered = await next(request);
      const response = answered.response as { statusCode: number; body: Readable | Uint8Array };
      if (response.statusCode === 200) {
        json = await text(response.body as Readable);
        response.body = Buffer.from('{}');
      }
      return answered;
    },
    // The last step before the SDK's own parser: errors and retries stay with the SDK.
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(command);
  return json;
}

/** Reads the items of a partition. Leaves out items that have expired at `epoch` (ms), but are not yet deleted. */
export async function* itemsOf(table: TableClient, partition: PartitionKey, epoch: number): AsyncGenerator<Item[]> {
  const pages = paginateQuery({ client: table.client }, queryOf(table, partition, epoch, {}));
  for await (const { Items = [] } of pages) yield Items;
}

function queryOf(
  { tableName }: TableClient,
  partition: PartitionKey,
  epoch: number,
  { page, counters }: ReadOptions,
): QueryCommandInput {
  const projected = counters?.map((counter, i) => [`#${i}`, counter] as const);
  return {
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
  };
}
