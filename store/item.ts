import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { type Counters, isCounter } from '../core/counters/names.ts';

/** The partition that lists the months that an earlier version rolled up, with one item each. */
export const monthsPartition = '(months)';
/** The partition that says what is rolled up. */
export const rollupPartition = '(rollup)';
/** The partition that holds the installation's key. */
export const keysPartition = '(keys)';
/** The partition that holds the owner's notes. */
export const notesPartition = '(notes)';

/** A value of the statistics table's partition key, the attribute `day`. */
export type PartitionKey =
  | Day
  | Month
  | SummaryPartition
  | DayTotalsPartition
  | typeof monthsPartition
  | typeof rollupPartition
  | typeof keysPartition
  | typeof notesPartition;

/** A partition of summaries: `(day) blog.example.com`. */
export type SummaryPartition = `(${'day' | 'month' | 'year'}${'' | ' names'}) ${string}`;

/** A partition of the totals of days: `(day totals) blog.example.com`. */
export type DayTotalsPartition = `(day totals) ${string}`;

export type Item = Record<string, AttributeValue>;

/** Returns the primary key of an item of the statistics table. */
export const itemKey = (partition: PartitionKey, url: string) => ({ day: { S: partition }, url: { S: url } });

/** Returns the number attributes of an item that are counters. */
export function countersOf(item: Item): Counters {
  const counters: Counters = {};
  for (const name in item) {
    const number = item[name]?.N;
    if (number !== undefined && isCounter(name)) counters[name] = Number(number);
  }
  return counters;
}

/** Returns a number as an attribute value of DynamoDB. */
export const numberValue = (value: number) => ({ N: String(value) });

/** Returns when an item of a day expires that is kept for some days, in seconds since 1970. */
export const expiryOf = (day: Day, daysKept: number): number => Date.parse(dayAfter(day, daysKept + 1)) / 1000;
