import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { Summary } from '../core/counters/summary.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import type { SummaryDate } from '../core/report/parts.ts';

/** An import to write. */
export interface Import extends Omit<ImportedDays, 'first' | 'last'> {
  /** The days that it has numbers of, in order. There is at least one. */
  days: Day[];
}

/** An import as it is stored. */
export interface StoredImport extends Import {
  /** Whether readers see it. An import that was cut is not complete: run it again, or remove it. */
  isComplete: boolean;
  /** What the command printed. Undefined before the import is complete. */
  receipt: string | undefined;
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

/**
 * The imports in the statistics table (docs/stored-data.md). To import: `write`, compare `totals`, then `complete`. Until
 * then readers see nothing. Each step can be cut and run again. The methods throw the SDK's errors.
 */
export function importsStore(_client: DynamoDBClient, _tableName: string) {
  const todo = (): never => {
    throw new Error('Imports cannot be stored yet.');
  };

  return {
    /** Lists the imports by name, with those that were cut. */
    list: async (_epoch: number): Promise<StoredImport[]> => todo(),

    /**
     * Returns the first day that an import must leave out, because the site is counted live since. Undefined if the site
     * was never counted. An import that is stored already keeps its days.
     */
    firstLiveDay: async (_of: { site: string; name: string }, _today: Day, _epoch: number): Promise<Day | undefined> =>
      todo(),

    /** Returns the days that other imports of the site have. */
    daysTaken: async (_of: { site: string; name: string }, _epoch: number): Promise<Set<Day>> => todo(),

    /**
     * Stores all summaries of an import, in any order, and deletes what an earlier run stored besides. Returns
     * `unchanged` if the same is stored already, and `taken` if the name is that of another site's import.
     */
    write: async (
      _imported: Import,
      _summaries: AsyncIterable<ImportedSummary> | Iterable<ImportedSummary>,
      _time: ImportTime,
    ): Promise<'stored' | 'unchanged' | 'taken'> => todo(),

    /** Reads back what an import stored. */
    totals: async (_name: string, _epoch: number): Promise<ImportTotals> => todo(),

    /** Makes an import visible, with the receipt. One that is complete already keeps its receipt. */
    complete: async (_name: string, _receipt: string, _epoch: number): Promise<void> => todo(),

    /** Deletes all of an import, even if it was cut. Returns false if there is no import of that name. */
    remove: async (_name: string, _epoch: number): Promise<boolean> => todo(),
  };
}

export type ImportsStore = ReturnType<typeof importsStore>;
