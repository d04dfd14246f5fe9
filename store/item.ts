import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { type Counters, isCounter } from '../core/counters/names.ts';

/** The partition that lists the months that an earlier version rolled up, with one item each. */
export const monthsPartition = '(months)';
/** The partition that says what is rolled up, and what was imported. */
export const rollupPartition = '(rollup)';
/** The partition that holds the installation's key. */
export const keysPartition = '(keys)';
/** The partition that holds the owner's notes. */
export const notesPartition = '(notes)';

/** The partition that lists the imports. */
export const importsPartition = '(imports)';

/** A value of the statistics table's partition key, the attribute `day`. */
export type PartitionKey =
  | Day
  | Month
  | SummaryPartition
  | DayTotalsPartition
  | typeof monthsPartition
  | typeof rollupPartition
  | typeof keysPartition
  | typeof notesPartition
  | typeof importsPartition;

type SummaryKind = `${'day' | 'month' | 'year'}${'' | ' names'}`;

/** A partition of summaries: `(day) blog.example.com`, or `(imported day plausible-2024) blog.example.com`. */
export type SummaryPartition = Partition<SummaryKind>;

/** A partition of the totals of days: `(day totals) blog.example.com`. */
export type DayTotalsPartition = Partition<'day totals'>;

type Partition<Kind extends string> = `(${Kind}) ${string}` | `(imported ${Kind} ${string}) ${string}`;

/** Whose summaries a partition holds: those of a site, or of an import. `site` is empty for hits without a site. */
export interface Owner {
  site: string;
  importName?: string | undefined;
}

/** Returns a partition of summaries or of totals. Imports have their own, so that no name of one can clash. */
export const partitionOf = <Kind extends SummaryKind | 'day totals'>(kind: Kind, { site, importName }: Owner) =>
  (importName ? `(imported ${kind} ${importName}) ${site}` : `(${kind}) ${site}`.trimEnd()) as Partition<Kind>;

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
