import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { type Month, parseMonth } from '../core/calendar/month.ts';
import type { Counters } from '../core/counters/names.ts';
import type { Row } from '../core/report/report.ts';
import { abortedBy } from './client.ts';
import { concurrently } from './concurrently.ts';
import { countersOf, itemKey, monthsPartition, numberValue } from './item.ts';
import { itemsOf, type ReadOptions, rowsOf } from './rows.ts';

const secondsPerDay = 86_400;
const daysAtOnce = 14;

/** What must hold of an item for a write to happen, in DynamoDB's terms. `#0`, `:0` and the like are taken. */
export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Record<string, AttributeValue>;
}

/** How a write is made. */
export interface WriteOptions {
  condition?: Condition | undefined;
  /** Ends the wait for an answer. The write may have been made all the same. */
  signal?: AbortSignal | undefined;
}

export type StatisticsStore = ReturnType<typeof statisticsStore>;

/**
 * The table of counters, with one item for each (day, url). Each counter is a top-level number attribute, because
 * DynamoDB's atomic ADD takes no other. The methods throw the SDK's errors.
 */
export function statisticsStore(client: DynamoDBClient, tableName: string) {
  const table = { client, tableName };
  const keyOf = (day: Day, url: string) => ({ TableName: tableName, Key: itemKey(day, url) });

  /** Returns the random name of an item's last write. */
  async function lastOf(day: Day, url: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const wanted = {
      ConsistentRead: true,
      ProjectionExpression: '#last',
      ExpressionAttributeNames: { '#last': 'last' },
    };
    const { Item } = await client.send(new GetItemCommand({ ...keyOf(day, url), ...wanted }), abortedBy(signal));
    return Item?.last?.S;
  }

  return {
    /**
     * Adds the increments to a page's item in one atomic write. Returns false, and adds nothing, if the condition does
     * not hold. The item expires `retentionDays` after its day. It keeps the name of its last write, so that an attempt
     * whose answer got lost is not made twice, unless another write came between. Throws a
     * ConditionalCheckFailedException if nobody can know whether the write was made.
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
      const expires = numberValue(Date.parse(day) / 1000 + (retentionDays + 1) * secondsPerDay);
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

    /** Returns the rows of a day or a rolled-up month. */
    async rows(partition: Day | Month, epoch: number): Promise<Row[]> {
      const all: Row[] = [];
      for await (const rows of rowsOf(table, partition, epoch)) all.push(...rows);
      return all;
    },

    /** Returns the months that are rolled up. Their rows stand under `2026-10` in place of a day, and do not expire. */
    async rolledUpMonths(epoch: number): Promise<Set<Month>> {
      const months = new Set<Month>();
      for await (const items of itemsOf(table, monthsPartition, epoch))
        for (const { url } of items) {
          const month = parseMonth(url?.S ?? '');
          if (month) months.add(month);
        }
      return months;
    },

    /** Hands over the rows of many days or rolled-up months as they come. Reads some at once, but never all. */
    async eachDay(
      partitions: (Day | Month)[],
      epoch: number,
      options: ReadOptions,
      take: (rows: Row[]) => void,
    ): Promise<void> {
      await concurrently(daysAtOnce, partitions, async (partition) => {
        for await (const rows of rowsOf(table, partition, epoch, options)) take(rows);
      });
    },
  };
}
