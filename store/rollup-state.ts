import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import type { RolledUp } from '../core/report/parts.ts';
import { type Item, itemKey, numberValue, rollupPartition } from './item.ts';
import type { TableClient } from './query-json.ts';
import { itemsOf } from './rows.ts';

const progressUrl = 'progress';
const latePrefix = 'late/';
const importPrefix = 'import/';

/** What is rolled up, and what was imported, in the statistics table. The methods throw the SDK's errors. */
export function rollupState(
  client: DynamoDBClient,
  tableName: string,
  reads: Pick<TableClient, 'ConsistentRead'> = {},
) {
  const table = { client, tableName, ...reads };
  const keyOf = (url: string) => ({ TableName: tableName, Key: itemKey(rollupPartition, url) });

  return {
    /** Reads what is rolled up and imported, at `epoch` (ms). */
    async read(epoch: number): Promise<RolledUp> {
      let through: Day | undefined;
      const since = new Map<string, Day>();
      const late = new Set<Day>();
      const imports: ImportedDays[] = [];
      for await (const items of itemsOf(table, rollupPartition, epoch))
        for (const item of items) {
          const url = item.url?.S ?? '';
          if (url === progressUrl) {
            through = item.through?.S as Day | undefined;
            for (const [site, day] of Object.entries(item.since?.M ?? {})) since.set(site, day.S as Day);
          } else if (url.startsWith(latePrefix)) late.add(url.slice(latePrefix.length) as Day);
          else if (url.startsWith(importPrefix)) imports.push(importOf(url.slice(importPrefix.length), item));
        }
      return { through, since, late, imports };
    },

    /** Notes that all days are rolled up through one (undefined: none yet), and since when each site is counted. */
    async advance(through: Day | undefined, since: ReadonlyMap<string, Day>): Promise<void> {
      const sites = Object.fromEntries([...since].map(([site, day]) => [site, { S: day }]));
      await client.send(
        new UpdateItemCommand({
          ...keyOf(progressUrl),
          UpdateExpression: through ? 'SET #since = :since, #through = :through' : 'SET #since = :since',
          ExpressionAttributeNames: { '#since': 'since', ...(through && { '#through': 'through' }) },
          ExpressionAttributeValues: { ':since': { M: sites }, ...(through && { ':through': { S: through } }) },
        }),
      );
    },

    /**
     * Marks a day before an increment is added to it late, at `now` (seconds). The day is then read from its rows until
     * it is rolled up again.
     */
    async markLate(day: Day, now: number): Promise<void> {
      await unlessRefused(
        new UpdateItemCommand({
          ...keyOf(latePrefix + day),
          UpdateExpression: 'SET #at = :now',
          ConditionExpression: 'attribute_not_exists(#at) OR #at < :now',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':now': numberValue(now) },
        }),
      );
    },

    /** Removes the mark of a day that is rolled up again, unless the day was marked after `time` (seconds). */
    async unmark(day: Day, time: number): Promise<void> {
      await unlessRefused(
        new DeleteItemCommand({
          ...keyOf(latePrefix + day),
          ConditionExpression: '#at <= :time',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':time': numberValue(time) },
        }),
      );
    },

    /** Makes an import visible, if all of it is stored. */
    async showImport({ name, site, tool, first, last, hasHours }: ImportedDays): Promise<void> {
      const Item = {
        ...itemKey(rollupPartition, importPrefix + name),
        ...{ site: { S: site }, tool: { S: tool }, first: { S: first }, last: { S: last } },
        hasHours: { BOOL: hasHours },
      };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },

    /** Makes an import invisible, before any of it changes. */
    async hideImport(name: string): Promise<void> {
      await client.send(new DeleteItemCommand(keyOf(importPrefix + name)));
    },
  };

  async function unlessRefused(command: UpdateItemCommand | DeleteItemCommand): Promise<void> {
    try {
      await (command instanceof UpdateItemCommand ? client.send(command) : client.send(command));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

const importOf = (name: string, { site, tool, first, last, hasHours }: Item): ImportedDays => ({
  ...{ name, site: site?.S ?? '', tool: tool?.S ?? '', hasHours: hasHours?.BOOL ?? false },
  ...{ first: first?.S as Day, last: last?.S as Day },
});

export type RollupState = ReturnType<typeof rollupState>;
