import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { type Counters, isCounter } from '../core/counters/names.ts';

/** The partition that lists the rolled-up months, with one item each. Its `url` is the month. */
export const monthsPartition = '(months)';
/** The partition that holds the installation's key. */
export const keysPartition = '(keys)';

/** A value of the statistics table's partition key, the attribute `day`. */
export type PartitionKey = Day | Month | typeof monthsPartition | typeof keysPartition;

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
