import type { PageUrls } from '../core/collect/page-url.ts';
import type { Caps } from '../core/counters/caps.ts';
import { addAll } from '../core/counters/counter-sums.ts';
import type { SummaryCaps } from '../core/counters/summary-builder.ts';
import type { Progress } from '../local/progress.ts';
import type { ImportedSummary, ImportsStore, ImportTotals } from '../store/imports.ts';
import type { ReadImport } from './days/read-import.ts';
import { comparedSums, type Receipt } from './receipt.ts';
import { receiptText } from './receipt-text.ts';

/** The settings of an installation that decide what its counters are. */
export interface ImportSettings {
  timeZone: string;
  pageUrls: PageUrls;
  caps: Caps;
  summaryCaps: SummaryCaps;
  retentionDays: number;
}

/** Where and when an import happens. */
export interface ImportPlace {
  store: ImportsStore;
  settings: ImportSettings;
  /** In milliseconds since 1970. */
  now: number;
  /** Shows progress while work runs. */
  showing: <Result>(progress: Progress, work: () => Promise<Result>) => Promise<Result>;
}

/**
 * What an import did, or would do. `unchanged` means that all of it was stored before, and `nothing left` that each line is
 * dropped or of a day that is left out.
 */
export interface ImportResult {
  outcome: 'stored' | 'unchanged' | 'dry run' | 'nothing left';
  receipt: Receipt;
}

/** What a receipt says before the sums are compared. */
export type Facts = Omit<Receipt, 'sums' | 'isDryRun'>;

/**
 * Stores the summaries of an export, unless it is a dry run, and compares the sums of both. Throws an Error that says what is
 * wrong. Then nothing of the import shows.
 */
export async function finishImport(
  read: ReadImport,
  facts: Facts,
  isDryRun: boolean,
  place: ImportPlace,
): Promise<ImportResult> {
  if (isDryRun) return dryRun(read, facts);
  if (read.days.length === 0) return { outcome: 'nothing left', receipt: { ...facts, sums: [], isDryRun } };
  return await stored(read, facts, place);
}

function dryRun(read: ReadImport, facts: Facts): ImportResult {
  const totals: ImportTotals = { month: new Map(), year: new Map() };
  for (const { date, summary } of read.summaries()) {
    if (date.length === 7) addAll(totals.month, summary.totals);
    if (date.length === 4) addAll(totals.year, summary.totals);
  }
  return { outcome: 'dry run', receipt: { ...facts, sums: comparedSums(read.taken.told, totals), isDryRun: true } };
}

async function stored(
  read: ReadImport,
  facts: Facts,
  { store, settings, now, showing }: ImportPlace,
): Promise<ImportResult> {
  const { name, site, tool, days } = facts;
  const progress = { done: 0, all: days.length, unit: 'days', note: '' };
  const imported = { name, site, tool, days, hasHours: read.taken.hasHours };
  const time = { epoch: now, retentionDays: settings.retentionDays };
  const outcome = await showing(progress, () =>
    store.write(imported, countedDays(read.summaries(), progress), time),
  ).catch((error: Error) => {
    throw new Error(
      `${error.message} The import ${name} was cut, and nothing of it shows. Run the same command again.`,
    );
  });
  if (outcome === 'taken') throw new Error(`Another site has an import ${name}. Choose another name with --name.`);
  const sums = comparedSums(read.taken.told, await store.totals(name, now));
  const receipt: Receipt = { ...facts, sums, isDryRun: false };
  if (sums.some(({ isEqual }) => !isEqual)) {
    await store.remove(name);
    throw new Error(
      `The sums of the file and of the store differ, so the import was undone. Please report this receipt:\n\n${receiptText(receipt, false)}`,
    );
  }
  await store.complete(name, receiptText(receipt, false), now);
  return { outcome, receipt };
}

function* countedDays(summaries: Iterable<ImportedSummary>, progress: { done: number }): Generator<ImportedSummary> {
  for (const each of summaries) {
    yield each;
    if (each.date.length === 10) progress.done++;
  }
}
