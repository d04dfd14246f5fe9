import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { isNumberCounter, type Summary } from '../core/counters/summary.ts';
import { hourPrefix } from '../core/report/series.ts';
import { itemKey, numberValue, type Owner, partitionOf } from './item.ts';
import { rowsOf } from './rows.ts';

/**
 * The totals of each site by day, without names: its numbers and its hours. Weeks of them are a few KB, where summaries
 * would be hundreds. The methods throw the SDK's errors.
 */
export function dayTotalsStore(client: DynamoDBClient, tableName: string) {
  return {
    /** Stores the totals of a day. `expires` is in seconds since 1970, undefined for never. */
    async replace(owner: Owner, day: Day, { totals }: Summary, expires: number | undefined): Promise<void> {
      const numbers = [...totals].filter(([name]) => isNumberCounter(name) || name.startsWith(hourPrefix));
      const values = numbers.map(([name, count]) => [name, numberValue(count)]);
      const expiry = expires === undefined ? {} : { expires: numberValue(expires) };
      const Item = { ...Object.fromEntries(values), ...expiry, ...itemKey(partitionOf('day totals', owner), day) };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },

    /** Passes the totals of each day from one to another to `onTotals`, at `epoch` (ms). Days without an item are left out. */
    async each(
      { first, last, ...owner }: Owner & { first: Day; last: Day },
      epoch: number,
      onTotals: (totals: Map<string, number>, day: Day) => void,
    ): Promise<void> {
      for await (const rows of rowsOf({ client, tableName }, partitionOf('day totals', owner), epoch, { first, last }))
        for (const { url, counters } of rows) onTotals(counters, url as Day);
    },
  };
}
