import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Month } from '../core/calendar/month.ts';
import { type Counters, isNotCounted } from '../core/counters/names.ts';
import type { StoredRow } from '../core/report/report.ts';
import { itemKey, monthsPartition, numberValue, type PartitionKey } from './item.ts';
import type { StatisticsStore } from './statistics.ts';

// BatchWriteItem takes no more.
const writesPerBatch = 25;

// While the table throttles, hits need its write units more.
const msToWait = 1_000;

/** A row of a month, or an item of the list of rolled-up months. */
interface MonthItem {
  partition: PartitionKey;
  url: string;
  counters: Counters;
}

/** The rolled-up months in the statistics table. The method throws the SDK's errors. */
export function rolledUpMonthsStore(
  client: DynamoDBClient,
  tableName: string,
  { eachPartition, rolledUpMonths }: StatisticsStore,
) {
  async function write(rows: MonthItem[], requestOf: (row: MonthItem) => WriteRequest): Promise<void> {
    for (let i = 0; i < rows.length; i += writesPerBatch) {
      let left = rows.slice(i, i + writesPerBatch).map(requestOf);
      while (left.length > 0) {
        const batch = new BatchWriteItemCommand({ RequestItems: { [tableName]: left } });
        const { UnprocessedItems } = await client.send(batch);
        left = UnprocessedItems?.[tableName] ?? [];
        if (left.length > 0) await setTimeout(msToWait);
      }
    }
  }

  return {
    /**
     * Replaces a month's rows with those of a new roll-up. Meanwhile the month is not on the list of rolled-up months,
     * so that nobody reads a part. Throws an Error if the new rows have fewer views, because days have expired.
     */
    async replace(month: Month, rows: StoredRow[], epoch: number): Promise<void> {
      const earlier: MonthItem[] = [];
      await eachPartition([month], epoch, { counters: ['views'] }, (page) => {
        for (const { url, counters } of page)
          earlier.push({ partition: month, url, counters: Object.fromEntries(counters) });
      });
      const [viewsStored, views] = [viewsOf(earlier), viewsOf(rows)];
      if (viewsStored > views && (await rolledUpMonths(epoch)).has(month))
        throw new Error(
          `${month} was rolled up with ${viewsStored} views, and its days have only ${views} left: the earlier roll-up stays.`,
        );
      const urls = new Set(rows.map(({ url }) => url));
      const listed: MonthItem = { partition: monthsPartition, url: month, counters: {} };
      await write([listed], deleteRequest);
      await write(rows, putRequest);
      await write(
        earlier.filter(({ url }) => !urls.has(url)),
        deleteRequest,
      );
      await write([listed], putRequest);
    },
  };
}

const deleteRequest = ({ partition, url }: MonthItem): WriteRequest => ({
  DeleteRequest: { Key: itemKey(partition, url) },
});

function putRequest({ partition, url, counters }: MonthItem): WriteRequest {
  const numbers = Object.entries(counters).map(([name, count]) => [name, numberValue(count)]);
  return { PutRequest: { Item: { ...Object.fromEntries(numbers), ...itemKey(partition, url) } } };
}

const viewsOf = (rows: MonthItem[]) =>
  rows.reduce((sum, { url, counters }) => sum + (isNotCounted(url) ? 0 : (counters.views ?? 0)), 0);
