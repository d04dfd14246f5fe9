import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Month, parseMonth } from '../core/calendar/month.ts';
import { concurrently } from './concurrently.ts';
import { itemKey, monthsPartition } from './item.ts';
import { itemsOf, rowsOf } from './rows.ts';

const deletesAtOnce = 10;

/** The months that an earlier version rolled up, as one row for each page. The methods throw the SDK's errors. */
export function oldMonthsStore(client: DynamoDBClient, tableName: string) {
  const table = { client, tableName };
  const remove = (partition: Month | typeof monthsPartition, url: string) =>
    client.send(new DeleteItemCommand({ TableName: tableName, Key: itemKey(partition, url) }));

  return {
    /** Returns the months, oldest first. */
    async list(epoch: number): Promise<Month[]> {
      const months: Month[] = [];
      for await (const items of itemsOf(table, monthsPartition, epoch))
        for (const { url } of items) {
          const month = parseMonth(url?.S ?? '');
          if (month) months.push(month);
        }
      return months;
    },

    /** Deletes the rows of a month, and then the month from the list. */
    async remove(month: Month, epoch: number): Promise<void> {
      for await (const rows of rowsOf(table, month, epoch))
        await concurrently(deletesAtOnce, rows, ({ url }) => remove(month, url));
      await remove(monthsPartition, month);
    },
  };
}
