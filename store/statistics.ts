import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/day.ts';
import type { Month } from '../core/month.ts';
import type { Row } from '../core/report.ts';
import type { Counters } from '../core/vocabulary.ts';
import { endedBy } from './client.ts';
import { concurrently } from './concurrently.ts';
import { rowOf, rowsOf, type Wanted } from './rows.ts';

const secondsPerDay = 86_400;
const daysAtOnce = 14;

/** The partition that lists the months that are folded: an item for each, with the month as its `url`. */
export const listOfMonths = '(months)';

/** What must hold of an item for a write to happen, in DynamoDB's terms; `#0` and `:0` are taken, and all such. */
export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Record<string, AttributeValue>;
}

/** How a write is made. */
export interface Manner {
  condition?: Condition | undefined;
  /** Ends the wait for an answer; the write may then have been carried out, or not. */
  signal?: AbortSignal | undefined;
}

export type StatisticsStore = ReturnType<typeof statisticsStore>;

/**
 * The table of counters: one item for each (day, url), each counter a number attribute of its own, since DynamoDB's
 * atomic ADD works on top-level attributes only. Its methods throw the SDK's errors.
 */
export function statisticsStore(client: DynamoDBClient, tableName: string) {
  const table = { client, tableName };
  const keyOf = (day: Day, url: string) => ({ TableName: tableName, Key: { day: { S: day }, url: { S: url } } });

  /** The name of an item's last write. */
  async function lastOf(day: Day, url: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const wanted = {
      ConsistentRead: true,
      ProjectionExpression: '#last',
      ExpressionAttributeNames: { '#last': 'last' },
    };
    const { Item } = await client.send(new GetItemCommand({ ...keyOf(day, url), ...wanted }), endedBy(signal));
    return Item?.last?.S;
  }

  return {
    /**
     * Adds the increments to a page's item in one atomic write; false, and nothing is added, where the condition does not
     * hold. The item expires `retentionDays` after its day. The item keeps the name of its last write: so an attempt whose
     * answer was lost is not made twice, unless another write came between. Throws the SDK's errors, and a
     * ConditionalCheckFailedException where that makes it unknown whether the write was made.
     */
    async add(day: Day, url: string, counters: Counters, retentionDays: number, { condition, signal }: Manner = {}) {
      const increments = Object.entries(counters);
      const names = increments.map(([name], i) => [`#${i}`, name]);
      const values = increments.map(([, count], i) => [`:${i}`, { N: String(count) }]);
      const expires = { N: String(Date.parse(day) / 1000 + (retentionDays + 1) * secondsPerDay) };
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
        await client.send(update, endedBy(signal));
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

    /** All numbers of one item, or undefined where there is none. */
    async read(day: Day, url: string, signal?: AbortSignal): Promise<Counters | undefined> {
      const get = new GetItemCommand({ ...keyOf(day, url), ConsistentRead: true });
      const { Item } = await client.send(get, endedBy(signal));
      return Item && rowOf(Item).counters;
    },

    /** The rows of a day. */
    async rows(day: Day, epoch: number): Promise<Row[]> {
      const all: Row[] = [];
      for await (const rows of rowsOf(table, day, epoch)) all.push(...rows);
      return all;
    },

    /** The months that are folded: the rows of each are kept under `2026-10` in place of a day, and do not expire. */
    async folded(epoch: number): Promise<Set<Month>> {
      const months = new Set<Month>();
      for await (const rows of rowsOf(table, listOfMonths, epoch)) for (const { url } of rows) months.add(url);
      return months;
    },

    /** Hands the rows of many days, or folded months, over as they come; some are read at once, but never all. */
    async eachDay(days: (Day | Month)[], epoch: number, wanted: Wanted, take: (rows: Row[]) => void): Promise<void> {
      await concurrently(daysAtOnce, days, async (day) => {
        for await (const rows of rowsOf(table, day, epoch, wanted)) take(rows);
      });
    },
  };
}
