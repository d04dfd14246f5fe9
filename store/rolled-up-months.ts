import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Month } from '../core/calendar/month.ts';
import { type Counters, notCounted } from '../core/counters/names.ts';
import type { Row } from '../core/report/report.ts';
import { itemKey, monthsPartition, numberValue, type PartitionKey } from './item.ts';
import type { StatisticsStore } from './statistics.ts';

/** DynamoDB's limit. */
const writesAtOnce = 25;

/** How long hits have the table to themselves when it takes no more, in ms. */
const pauseMs = 1_000;

/** A row of a month, or an item of the list of rolled-up months. */
interface Written {
  partition: PartitionKey;
  url: string;
  counters: Counters;
}

/** The rolled-up months in the table of statistics. Throws the SDK's errors. */
export function rolledUpMonthsStore(
  client: DynamoDBClient,
  tableName: string,
  { eachDay, rolledUpMonths }: StatisticsStore,
) {
  async function write(rows: Written[], requestOf: (row: Written) => WriteRequest): Promise<void> {
    for (let i = 0; i < rows.length; i += writesAtOnce) {
      let left = rows.slice(i, i + writesAtOnce).map(requestOf);
      while (left.length > 0) {
        const batch = new BatchWriteItemCommand({ RequestItems: { [tableName]: left } });
        const { UnprocessedItems } = await client.send(batch);
        left = UnprocessedItems?.[tableName] ?? [];
        if (left.length > 0) await setTimeout(pauseMs);
      }
    }
  }

  return {
    /**
     * Writes a month's rows in place of those of an earlier roll-up. The month is off the list of rolled-up months while
     * rows are written, so that nobody reads a part. Throws an Error if days have expired since the earlier roll-up.
     */
    async replace(month: Month, rows: Row[], epoch: number): Promise<void> {
      const earlier: Row[] = [];
      await eachDay([month], epoch, { counters: ['views'] }, (some) => earlier.push(...some));
      const [had, has] = [viewsOf(earlier), viewsOf(rows)];
      if (had > has && (await rolledUpMonths(epoch)).has(month))
        throw new Error(
          `${month} was rolled up with ${had} views, and its days have only ${has} left: the earlier roll-up stays.`,
        );
      const urls = new Set(rows.map(({ url }) => url));
      const listed: Written = { partition: monthsPartition, url: month, counters: {} };
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

const asDeletion = ({ partition, url }: Written): WriteRequest => ({ DeleteRequest: { Key: itemKey(partition, url) } });

function asPut({ partition, url, counters }: Written): WriteRequest {
  const numbers = Object.entries(counters).map(([name, count]) => [name, numberValue(count)]);
  return { PutRequest: { Item: { ...Object.fromEntries(numbers), ...itemKey(partition, url) } } };
}

const viewsOf = (rows: Row[]) =>
  rows.reduce((sum, { url, counters }) => sum + (url === notCounted ? 0 : (counters.views ?? 0)), 0);
