import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { RolledUp } from '../core/report/parts.ts';
import { itemKey, numberValue, rollupPartition } from './item.ts';
import type { TableClient } from './query-json.ts';
import { itemsOf } from './rows.ts';

const progressUrl = 'progress';
const latePrefix = 'late/';

/** What is rolled up, in the statistics table. The methods throw the SDK's errors. */
export function rollupState(
  client: DynamoDBClient,
  tableName: string,
  reads: Pick<TableClient, 'ConsistentRead'> = {},
) {
  const table = { client, tableName, ...reads };
  const keyOf = (url: string) => ({ TableName: tableName, Key: itemKey(rollupPartition, url) });

  return {
    /** Reads what is rolled up, at `epoch` (ms). */
    async read(epoch: number): Promise<RolledUp> {
      let through: Day | undefined;
      const since = new Map<string, Day>();
      const late = new Set<Day>();
      for await (const items of itemsOf(table, rollupPartition, epoch))
        for (const { url, ...item } of items) {
          if (url?.S === progressUrl) {
            through = item.through?.S as Day | undefined;
            for (const [site, day] of Object.entries(item.since?.M ?? {})) since.set(site, day.S as Day);
          } else late.add(url?.S?.slice(latePrefix.length) as Day);
        }
      return { through, since, late };
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
  };

  async function unlessRefused(command: UpdateItemCommand | DeleteItemCommand): Promise<void> {
    try {
      await (command instanceof UpdateItemCommand ? client.send(command) : client.send(command));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

export type RollupState = ReturnType<typeof rollupState>;
