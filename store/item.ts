import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { type Counters, isCounter } from '../core/counters/names.ts';

/** The partition with an item for each rolled-up month, whose `url` is the month. */
export const monthsPartition = '(months)';
/** The partition of the installation's key. */
export const keysPartition = '(keys)';

/** The partition key of the statistics, their attribute `day`. */
export type PartitionKey = Day | Month | typeof monthsPartition | typeof keysPartition;

export type Item = Record<string, AttributeValue>;

/** Returns the primary key of an item of the statistics. */
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

/** Returns a number as DynamoDB takes it. */
export const numberValue = (value: number) => ({ N: String(value) });
