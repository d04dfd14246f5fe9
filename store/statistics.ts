import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import type { Counters } from '../core/counters/names.ts';
import { abortedBy } from './client.ts';
import { countersOf, expiryOf, itemKey, numberValue } from './item.ts';
import { rowsOf, type UrlRange } from './rows.ts';

/** The counters of one page on one day. */
export interface StoredRow {
  partition: Day;
  url: string;
  counters: Counters;
}

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
    async add(day: Day, url: string, counters: Counters, daysKept: number, { condition, signal }: WriteOptions = {}) {
      const increments = Object.entries(counters);
      const names = increments.map(([name], i) => [`#${i}`, name]);
      const values = increments.map(([, count], i) => [`:${i}`, numberValue(count)]);
      const expires = numberValue(expiryOf(day, daysKept));
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

    /** Passes the rows of a day, or of a month that an earlier version rolled up, to `onRow` as they arrive. */
    async eachRow(
      partition: Day | Month,
      epoch: number,
      onRow: (url: string, counters: Map<string, number>) => void,
      urls?: UrlRange,
    ): Promise<void> {
      for await (const rows of rowsOf(table, partition, epoch, urls))
        for (const { url, counters } of rows) onRow(url, counters);
    },

    /** Returns the few rows of a day, with their counters by name. */
    async rows(day: Day, epoch: number): Promise<StoredRow[]> {
      const all: StoredRow[] = [];
      for await (const rows of rowsOf(table, day, epoch))
        for (const { url, counters } of rows) all.push({ partition: day, url, counters: Object.fromEntries(counters) });
      return all;
    },
  };
}
