import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/day.ts';
import type { Row } from '../core/report.ts';
import type { Counters } from '../core/vocabulary.ts';

/** The table of statistics. */
export interface Table {
  client: DynamoDBClient;
  tableName: string;
}

/** What is wanted of a day's rows: one page's, some counters; what is left out is all. */
export interface Wanted {
  page?: string | undefined;
  counters?: string[] | undefined;
}

/**
 * A day's rows, or a folded month's, as a list for each page of the Query. Items expired at `epoch` (ms) but not yet deleted
 * are left out.
 */
export async function* rowsOf(
  { client, tableName }: Table,
  day: Day,
  epoch: number,
  { page, counters }: Wanted = {},
): AsyncGenerator<Row[]> {
  const wanted = counters?.map((counter, i) => [`#${i}`, counter] as const);
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      KeyConditionExpression: page === undefined ? '#day = :day' : '#day = :day AND #url = :url',
      FilterExpression: 'attribute_not_exists(#expires) OR #expires > :now',
      ...(wanted && { ProjectionExpression: ['#day', '#url', ...wanted.map(([name]) => name)].join() }),
      ExpressionAttributeNames: {
        '#day': 'day',
        '#expires': 'expires',
        ...((wanted || page !== undefined) && { '#url': 'url' }),
        ...(wanted && Object.fromEntries(wanted)),
      },
      ExpressionAttributeValues: {
        ':day': { S: day },
        ':now': { N: String(Math.floor(epoch / 1000)) },
        ...(page !== undefined && { ':url': { S: page } }),
      },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map(rowOf);
}

/** An item as a row: its numbers are counters, but for when it expires. */
export function rowOf({ day, url, expires, ...attributes }: Record<string, AttributeValue>): Row {
  const counters: Counters = {};
  for (const name in attributes) {
    const number = attributes[name]?.N;
    if (number !== undefined) counters[name] = Number(number);
  }
  return { partition: day?.S ?? '', url: url?.S ?? '', counters };
}
