import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { type Month, parseMonth } from '../core/calendar/month.ts';
import type { Counters } from '../core/counters/names.ts';
import type { Row, StoredRow } from '../core/report/report.ts';
import { abortedBy } from './client.ts';
import { concurrently } from './concurrently.ts';
import { countersOf, itemKey, monthsPartition, numberValue } from './item.ts';
import { itemsOf, type ReadOptions, rowsOf } from './rows.ts';

const partitionsAtOnce = 14;

/** A condition of a write, as DynamoDB takes it. `#0`, `:0` and the like are names of the write itself. */
export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Record<string, AttributeValue>;
}

/** The condition of a write, and a signal. */
export interface WriteOptions {
  condition?: Condition | undefined;
  /** Ends the wait for an answer. The write may be made all the same. */
  signal?: AbortSignal | undefined;
}

export type StatisticsStore = ReturnType<typeof statisticsStore>;

/**
 * The statistics table, with one item for each (day, url). Each counter is a top-level number attribute, because
 * DynamoDB's ADD takes no nested one. The methods throw the SDK's errors.
 */
export function statisticsStore(client: DynamoDBClient, tableName: string) {
  const table = { client, tableName };
  const keyOf = (day: Day, url: string) => ({ TableName: tableName, Key: itemKey(day, url) });

  /** Returns the random name of an item's last write. */
  async function lastOf(day: Day, url: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const onlyLast = {
      ConsistentRead: true,
      ProjectionExpression: '#last',
      ExpressionAttributeNames: { '#last': 'last' },
    };
    const { Item } = await client.send(new GetItemCommand({ ...keyOf(day, url), ...onlyLast }), abortedBy(signal));
    return Item?.last?.S;
  }

  return {
    /**
     * Adds counters to an item in one atomic write. Returns false if the condition does not hold. The item keeps the
     * name of its last write, so that a second attempt does not count again, unless another write came between. Throws
     * a ConditionalCheckFailedException if it is unknown whether the write was made.
     */
    async add(
      day: Day,
      url: string,
      counters: Counters,
      retentionDays: number,
      { condition, signal }: WriteOptions = {},
    ) {
      const increments = Object.entries(counters);
      const names = increments.map(([name], i) => [`#${i}`, name]);
      const values = increments.map(([, count], i) => [`:${i}`, numberValue(count)]);
      const expires = numberValue(Date.parse(dayAfter(day, retentionDays + 1)) / 1000);
      const last = randomBytes(6).toString('base64');
      const isNew = '(attribute_not_exists(#last) OR #last <> :last)';
      const update = new UpdateItemCommand({
        ...keyOf(day, url),
        UpdateExpression: `SET #expires = :expires, #last = :last ADD ${increments.map((_, i) => `#${i} :${i}`)}`,
        ConditionExpression: condition ? `${isNew} AND (${condition.expression})` : isNew,
        ExpressionAttributeNames: {
          '#expires': 'expires',
          '#last': 'last',
          ...Object.fromEntries(names),
          ...condition?.names,
        },
        ExpressionAttributeValues: {
          ':expires': expires,
          ':last': { S: last },
          ...Object.fromEntries(values),
          ...condition?.values,
        },
      });
      try {
        await client.send(update, abortedBy(signal));
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        if (error.$metadata.attempts === 1) return false;
        if (!condition) return true;
        const found = await lastOf(day, url, signal);
        if (found === last || found === undefined) return found === last;
        throw error;
      }
    },

    /** Returns the counters of one item, or undefined if there is no such item. */
    async read(day: Day, url: string, signal?: AbortSignal): Promise<Counters | undefined> {
      const get = new GetItemCommand({ ...keyOf(day, url), ConsistentRead: true });
      const { Item } = await client.send(get, abortedBy(signal));
      return Item && countersOf(Item);
    },

    /** Returns the few rows of a day or a rolled-up month, with their counters by name. */
    async rows(partition: Day | Month, epoch: number): Promise<StoredRow[]> {
      const all: StoredRow[] = [];
      for await (const rows of rowsOf(table, partition, epoch))
        for (const { url, counters } of rows) all.push({ partition, url, counters: Object.fromEntries(counters) });
      return all;
    },

    /** Returns the rolled-up months. Their rows have the partition key `2026-10` and do not expire. */
    async rolledUpMonths(epoch: number): Promise<Set<Month>> {
      const months = new Set<Month>();
      for await (const items of itemsOf(table, monthsPartition, epoch))
        for (const { url } of items) {
          const month = parseMonth(url?.S ?? '');
          if (month) months.add(month);
        }
      return months;
    },

    /** Passes the rows of many days or rolled-up months to `onRows` as they arrive. Reads a few partitions at once. */
    async eachPartition(
      partitions: (Day | Month)[],
      epoch: number,
      options: ReadOptions,
      onRows: (rows: Row[]) => void,
    ): Promise<void> {
      await concurrently(partitionsAtOnce, partitions, async (partition) => {
        for await (const rows of rowsOf(table, partition, epoch, options)) onRows(rows);
      });
    },
  };
}
