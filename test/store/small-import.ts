import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Day, daysUpTo } from '../../core/calendar/day.ts';
import { monthOf } from '../../core/calendar/month.ts';
import { yearOf } from '../../core/calendar/year.ts';
import { summaryBuilder } from '../../core/counters/summary-builder.ts';
import { type ImportedSummary, type ImportsStore, importsStore } from '../../store/imports.ts';
import type { Item } from '../../store/item.ts';
import { reportsFrom } from '../../store/reports.ts';

export const [site, name] = ['blog.example.com', 'plausible-2024'] as const;
export const page = `https://${site}/`;
export const about = { name, site, tool: 'Plausible', hasHours: false };
/** The days of the import. */
export const days: Day[] = ['2025-12-31', '2026-01-01', '2026-01-03'];
export const epoch = Date.parse('2026-11-20T12:00:00Z');
export const time = { epoch, retentionDays: 760 };

/** The summaries of some days with the same counts, and of their months and years. */
export function summariesOf(days: Day[], views = 3): ImportedSummary[] {
  const builders = new Map<ImportedSummary['date'], ReturnType<typeof summaryBuilder>>();
  for (const day of days)
    for (const date of [day, monthOf(day), yearOf(day)]) {
      const builder = builders.get(date) ?? summaryBuilder();
      builders.set(date, builder);
      builder.addRow(page, new Map(Object.entries({ views, visits: 2, country_FR: 2 })));
    }
  return [...builders].map(([date, { summary }]) => ({ date, summary: summary() }));
}

/** Imports some days as the command does. */
export async function importAll(store: ImportsStore, kept = days, views = 3): Promise<string> {
  const outcome = await store.write({ ...about, days: kept }, summariesOf(kept, views), time);
  await store.complete(name, 'all is well', epoch);
  return outcome;
}

/** What tests look at in a database. */
export function lookInto(client: DynamoDBClient, TableName: string) {
  async function items(): Promise<Item[]> {
    const all: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) all.push(...Items);
    const keyOf = ({ day, url }: Item) => `${day?.S} ${url?.S}`;
    return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  return {
    /** Returns all items, by key. */
    items,

    /** Deletes all items. */
    async empty(): Promise<void> {
      for (const { day, url } of await items())
        await client.send(new DeleteItemCommand({ TableName, Key: { day, url } as Item }));
    },

    /** Returns the views of two months, read by month, and those of the import's first day. */
    async viewsSeen(): Promise<(number | undefined)[]> {
      const reports = reportsFrom(client, TableName);
      const rolledUp = await reports.rolledUp(epoch);
      const months = { period: undefined, days: daysUpTo('2026-01-31', 62), unit: 'month' as const };
      const first = { period: undefined, days: days.slice(0, 1), unit: 'day' as const };
      const read = await Promise.all(
        [months, first].map((range) => reports.read({ range, filter: {}, site }, rolledUp, epoch)),
      );
      return read.map(({ report }) => report.totals.views);
    },
  };
}

/** Returns an imports store whose writes fail when a number of them is used up. */
export function failingImports(tableName: string) {
  let allowed = 0;
  const client = new DynamoDBClient({ maxAttempts: 1 });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        if (/^(Put|Update|Delete)/.test(commandName ?? '') && allowed-- <= 0) throw new Error('cut');
        return next(request);
      },
    { step: 'initialize' },
  );
  const store = importsStore(client, tableName);

  return {
    store,
    /** Does some work with a number of writes. Returns whether it was cut. */
    isCut(writes: number, work: (store: ImportsStore) => Promise<unknown>): Promise<boolean> {
      allowed = writes;
      return work(store).then(
        () => false,
        () => true,
      );
    },
  };
}
