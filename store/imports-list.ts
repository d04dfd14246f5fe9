import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Day, daysBetween, daysUpTo } from '../core/calendar/day.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import { runsOf } from '../core/report/parts.ts';
import { type Item, importsPartition, itemKey } from './item.ts';
import { itemsOf } from './rows.ts';

/** An import. */
export interface Import extends Omit<ImportedDays, 'first' | 'last'> {
  /** The days that it has numbers of, in order. There is at least one. */
  days: Day[];
}

/** An import in the list. */
export interface ListedImport extends Import {
  /** What the command printed. Undefined before the import is complete. */
  receipt: string | undefined;
}

/** The partition `(imports)` of the statistics table. It also has imports that were cut. The methods throw the SDK's errors. */
export function importsList(client: DynamoDBClient, tableName: string) {
  const table = { client, tableName, ConsistentRead: true } as const;
  const keyOf = (name: string) => ({ TableName: tableName, Key: itemKey(importsPartition, name) });

  return {
    async read(name: string): Promise<ListedImport | undefined> {
      const { Item } = await client.send(new GetItemCommand({ ...keyOf(name), ConsistentRead: true }));
      return Item && importOf(Item);
    },

    /** Reads all, by name. */
    async all(): Promise<ListedImport[]> {
      const all: ListedImport[] = [];
      for await (const items of itemsOf(table, importsPartition, 0)) all.push(...items.map(importOf));
      return all;
    },

    async put({ name, site, tool, days, hasHours }: Import, receipt?: string): Promise<void> {
      const Item = {
        ...itemKey(importsPartition, name),
        ...{ site: { S: site }, tool: { S: tool }, hasHours: { BOOL: hasHours }, days: { S: textOfDays(days) } },
        ...(receipt !== undefined && { receipt: { S: receipt } }),
      };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },

    async remove(name: string): Promise<void> {
      await client.send(new DeleteItemCommand(keyOf(name)));
    },
  };
}

/** Returns whether two imports differ in nothing but their numbers. */
export const isSame = (a: Import, b: Import): boolean =>
  a.tool === b.tool && a.hasHours === b.hasHours && textOfDays(a.days) === textOfDays(b.days);

/** Returns days as runs: `2020-01-01/2020-12-31 2021-02-01/2021-02-01`. */
const textOfDays = (days: Day[]): string =>
  runsOf(days)
    .map(({ first, last }) => `${first}/${last}`)
    .join(' ');

const parseDays = (text: string): Day[] =>
  text.split(' ').flatMap((run) => {
    const [first, last] = run.split('/') as [Day, Day];
    return daysUpTo(last, daysBetween(first, last) + 1);
  });

const importOf = ({ url, site, tool, hasHours, days, receipt }: Item): ListedImport => ({
  ...{ name: url?.S ?? '', site: site?.S ?? '', tool: tool?.S ?? '', hasHours: hasHours?.BOOL ?? false },
  ...{ days: parseDays(days?.S ?? ''), receipt: receipt?.S },
});
