import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, isDay } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import type { Year } from '../core/calendar/year.ts';
import { addAll } from '../core/counters/counter-sums.ts';
import type { Summary } from '../core/counters/summary.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { concurrently } from './concurrently.ts';
import { firstLiveDay } from './first-live-day.ts';
import { type Import, importsList, isSame, type ListedImport } from './imports-list.ts';
import { expiryOf, itemKey, type Owner, partitionOf } from './item.ts';
import { rollupState } from './rollup-state.ts';
import { itemsOf } from './rows.ts';
import { summariesStore } from './summaries.ts';

/** An import as it is stored. */
export interface StoredImport extends ListedImport {
  /** Whether readers see it. An import that was cut is not complete: run it again, or remove it. */
  isComplete: boolean;
}

/** The summary of a day, or of a month or year that has a day of the import. */
export interface ImportedSummary {
  date: SummaryDate;
  summary: Summary;
}

/** What writing has to know of the time. */
export interface ImportTime {
  /** In milliseconds since 1970. */
  epoch: number;
  /** How many days the summary of a day is kept. Older ones are left out. */
  retentionDays: number;
}

/** Counters added up over all that an import stored. The two are equal. */
export interface ImportTotals {
  month: Map<string, number>;
  year: Map<string, number>;
}

const kinds = ['day', 'day names', 'day totals', 'month', 'month names', 'year', 'year names'] as const;
const deletesAtOnce = 14;

/** An import reads what it has just written. */
const reads = { ConsistentRead: true } as const;

/**
 * The imports in the statistics table (docs/stored-data.md). To import: `write`, compare `totals`, then `complete`. Until
 * then readers see nothing. Each step can be cut and run again. The methods throw the SDK's errors.
 */
export function importsStore(client: DynamoDBClient, tableName: string) {
  const state = rollupState(client, tableName, reads);
  const list = importsList(client, tableName);
  const summaries = summariesStore(client, tableName, reads);

  /** Deletes the items of an import that have not expired at `epoch` (ms), but those of `kept` dates. */
  async function removeItems(
    owner: Owner,
    { epoch, kept, beforeWrite }: { epoch: number; kept?: ReadonlySet<string>; beforeWrite?: () => Promise<void> },
  ): Promise<void> {
    for (const kind of kinds) {
      const partition = partitionOf(kind, owner);
      for await (const items of itemsOf({ client, tableName, ...reads }, partition, epoch)) {
        const urls = items.map(({ url }) => url?.S ?? '').filter((url) => !kept?.has(url.split('/')[0] ?? ''));
        if (urls.length > 0) await beforeWrite?.();
        await concurrently(deletesAtOnce, urls, (url) =>
          client.send(new DeleteItemCommand({ TableName: tableName, Key: itemKey(partition, url) })),
        );
      }
    }
  }

  async function daysTaken({ site, name }: { site: string; name: string }): Promise<Set<Day>> {
    const others = (await list.all()).filter((each) => each.site === site && each.name !== name);
    return new Set(others.flatMap(({ days }) => days));
  }

  /** Throws an Error if another import has taken a day since `daysTaken`. Of two at once, one sees the other here. */
  async function assertAlone(imported: Import, known: Import | undefined): Promise<void> {
    const taken = await daysTaken(imported);
    const day = imported.days.find((each) => taken.has(each));
    if (day === undefined) return;
    if (!known) await list.remove(imported.name);
    throw new Error(`Another import took ${day} meanwhile.`);
  }

  return {
    /** Lists the imports by name, with those that were cut. */
    async list(epoch: number): Promise<StoredImport[]> {
      const [all, { imports }] = await Promise.all([list.all(), state.read(epoch)]);
      const shown = new Set(imports.map(({ name }) => name));
      return all.map((each) => ({ ...each, isComplete: shown.has(each.name) }));
    },

    /**
     * Returns the first day that an import must leave out, because the site is counted live since. Undefined if the site
     * was never counted. An import that is stored already keeps its days.
     */
    async firstLiveDay(
      { site, name }: { site: string; name: string },
      today: Day,
      epoch: number,
    ): Promise<Day | undefined> {
      const [live, known] = await Promise.all([
        firstLiveDay(client, tableName, { site, today, epoch }),
        list.read(name),
      ]);
      const lastKnown = known?.site === site ? known.days.at(-1) : undefined;
      return live && lastKnown && live <= lastKnown ? dayAfter(lastKnown, 1) : live;
    },

    /** Returns the days that other imports of the site have. */
    daysTaken,

    /**
     * Stores all summaries of an import, in any order, and deletes what an earlier run stored besides. Returns
     * `unchanged` if the same is stored already, and `taken` if the name is that of another site's import. Throws an Error
     * if another import takes one of the days at the same time.
     */
    async write(
      imported: Import,
      all: AsyncIterable<ImportedSummary> | Iterable<ImportedSummary>,
      { epoch, retentionDays }: ImportTime,
    ): Promise<'stored' | 'unchanged' | 'taken'> {
      const { name, site } = imported;
      const owner = { site, importName: name };
      const known = await list.read(name);
      if (known && known.site !== site) return 'taken';
      let isChanged = false;
      const beforeWrite = async () => {
        if (isChanged) return;
        await state.hideImport(name);
        await list.put(imported);
        isChanged = true;
        await assertAlone(imported, known);
      };
      if (!known || !isSame(known, imported)) await beforeWrite();
      const written = new Set<string>();
      for await (const { date, summary } of all) {
        const expires = isDay(date) ? expiryOf(date, retentionDays) : undefined;
        if (expires !== undefined && 1000 * expires <= epoch) continue;
        await summaries.replace({ ...owner, date, summary, expires }, epoch, { mayShrink: true, beforeWrite });
        written.add(date);
      }
      await removeItems(owner, { epoch, kept: written, beforeWrite });
      return isChanged ? 'stored' : 'unchanged';
    },

    /** Reads back what an import stored. */
    async totals(name: string, epoch: number): Promise<ImportTotals> {
      const totals: ImportTotals = { month: new Map(), year: new Map() };
      const known = await list.read(name);
      if (!known) return totals;
      const owner = { site: known.site, importName: name };
      const [month, year] = [
        { first: '0000-01' as Month, last: '9999-12' as Month },
        { first: '0000' as Year, last: '9999' as Year },
      ];
      await summaries.each({ ...owner, ...month }, false, epoch, (each) => addAll(totals.month, each.totals));
      await summaries.each({ ...owner, ...year }, false, epoch, (each) => addAll(totals.year, each.totals));
      return totals;
    },

    /** Makes an import visible, with the receipt. One that is complete already keeps its receipt. */
    async complete(name: string, receipt: string, epoch: number): Promise<void> {
      const known = await list.read(name);
      if (!known) throw new Error(`There is no import ${name}: write it first.`);
      const { imports } = await state.read(epoch);
      if (imports.some((each) => each.name === name)) return;
      await list.put(known, receipt);
      const { site, tool, hasHours, days } = known;
      await state.showImport({ name, site, tool, hasHours, first: days[0] as Day, last: days.at(-1) as Day });
    },

    /** Deletes all of an import, even if it was cut. Returns false if there is no import of that name. */
    async remove(name: string): Promise<boolean> {
      const known = await list.read(name);
      await state.hideImport(name);
      if (!known) return false;
      await removeItems({ site: known.site, importName: name }, { epoch: 0 });
      await list.remove(name);
      return true;
    },
  };
}

export type ImportsStore = ReturnType<typeof importsStore>;
