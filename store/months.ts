import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Month } from '../core/month.ts';
import type { Row } from '../core/report.ts';
import { notCounted } from '../core/vocabulary.ts';
import { listOfMonths, type StatisticsStore } from './statistics.ts';

/** DynamoDB's limit. */
const writesAtOnce = 25;

/** So many ms are left to hits when the table takes no more. */
const pause = 1_000;

/** The folded months in the table of statistics. Throws the SDK's errors. */
export function monthsStore(client: DynamoDBClient, tableName: string, { eachDay, folded }: StatisticsStore) {
  async function write(rows: Row[], requestOf: (row: Row) => WriteRequest): Promise<void> {
    for (let i = 0; i < rows.length; i += writesAtOnce) {
      let left = rows.slice(i, i + writesAtOnce).map(requestOf);
      while (left.length > 0) {
        const batch = new BatchWriteItemCommand({ RequestItems: { [tableName]: left } });
        const { UnprocessedItems } = await client.send(batch);
        left = UnprocessedItems?.[tableName] ?? [];
        if (left.length > 0) await setTimeout(pause);
      }
    }
  }

  return {
    /**
     * Keeps a month's rows, whole, in place of those of an earlier fold. The month is listed as folded last, and not while
     * rows are written: what was cut short is not read. Throws an Error where days got lost since the earlier fold.
     */
    async keep(month: Month, rows: Row[], epoch: number): Promise<void> {
      const earlier: Row[] = [];
      await eachDay([month], epoch, { counters: ['views'] }, (some) => earlier.push(...some));
      const [had, has] = [viewsOf(earlier), viewsOf(rows)];
      if (had > has && (await folded(epoch)).has(month))
        throw new Error(
          `${month} was folded with ${had} views, and its days have only ${has} left: what is kept stays.`,
        );
      const urls = new Set(rows.map(({ url }) => url));
      const listed = { partition: listOfMonths, url: month, counters: {} };
      await write([listed], asDeletion);
      await write(rows, asPut);
      await write(
        earlier.filter(({ url }) => !urls.has(url)),
        asDeletion,
      );
      await write([listed], asPut);
    },
  };
}

const keyOf = ({ partition, url }: Row) => ({ day: { S: partition }, url: { S: url } });

const asDeletion = (row: Row): WriteRequest => ({ DeleteRequest: { Key: keyOf(row) } });

function asPut(row: Row): WriteRequest {
  const numbers = Object.entries(row.counters).map(([name, count]) => [name, { N: String(count) }]);
  return { PutRequest: { Item: { ...Object.fromEntries(numbers), ...keyOf(row) } } };
}

const viewsOf = (rows: Row[]) =>
  rows.reduce((sum, { url, counters }) => sum + (url === notCounted ? 0 : (counters.views ?? 0)), 0);
