import { createHash } from 'node:crypto';
import type { Day } from '../core/calendar/day.ts';
import { dayAt } from '../core/calendar/day.ts';
import type { PageUrls } from '../core/collect/page-url.ts';
import { bareHost } from '../core/collect/referrer.ts';
import type { Caps } from '../core/counters/caps.ts';
import { addAll } from '../core/counters/counter-sums.ts';
import type { SummaryCaps } from '../core/counters/summary-builder.ts';
import { isImportName } from '../core/report/imported-days.ts';
import type { Progress } from '../local/progress.ts';
import type { ImportedSummary, ImportsStore, ImportTotals } from '../store/imports.ts';
import { type Entry, type Format, UnreadableFile } from './format.ts';
import { recognize } from './formats.ts';
import type { Taken } from './import-sink.ts';
import { openFiles } from './open-files.ts';
import { type ReadImport, readImport } from './read-import.ts';
import { comparedSums, type Receipt, receiptText } from './receipt.ts';

/** What to import. */
export interface WantedImport {
  paths: string[];
  /** The site's origin as in the address bar. */
  origin: string;
  /** By default, made from the format and the content. */
  name: string | undefined;
  isDryRun: boolean;
}

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

/** What an import did, or would do. `unchanged` means that all of it was stored before. */
export interface ImportResult {
  outcome: 'stored' | 'unchanged' | 'dry run';
  receipt: Receipt;
}

/**
 * Imports an export: reads it, stores its summaries, and compares the sums of both. Throws an Error that says what is
 * wrong. Then nothing of the import shows.
 */
export async function runImport(wanted: WantedImport, place: ImportPlace): Promise<ImportResult> {
  const { store, settings, now, showing } = place;
  const { entries, progress } = await openFiles(wanted.paths);
  const format = recognize(entries);
  const site = bareHost(new URL(wanted.origin).host);
  const name = wanted.name ?? nameOf(format, site, entries, progress.all);
  if (!isImportName(name))
    throw new Error(`"${name}" is no name. Use up to 40 lowercase letters, digits and hyphens, like umami-2024.`);
  const whyLeftOut = await daysLeftOut(store, { site, name }, dayAt(now, settings.timeZone), now);
  const taken: { current?: Taken } = {};
  const options = { ...settings, origin: wanted.origin, now, whyLeftOut };
  const read = await showing(readingProgress(progress, taken), () =>
    readImport(format, entries, options, (begun) => {
      taken.current = begun;
    }),
  );
  try {
    const facts = {
      ...{ name, site, tool: format.title, timeZone: settings.timeZone, lacks: format.lacks },
      ...{ files: entries.map((entry) => entry.name), days: read.days, taken: read.taken },
    };
    if (wanted.isDryRun) return dryRun(read, facts);
    if (read.days.length === 0)
      throw new UnreadableFile(`nothing is left to import.\n\n${receiptText(emptyReceipt(facts), false)}`);
    return await stored(read, facts, place);
  } finally {
    read.close();
  }
}

type Facts = Omit<Receipt, 'sums' | 'isDryRun'>;

const emptyReceipt = (facts: Facts): Receipt => ({ ...facts, sums: [], isDryRun: true });

function dryRun(read: ReadImport, facts: Facts): ImportResult {
  const totals: ImportTotals = { month: new Map(), year: new Map() };
  for (const { date, summary } of read.summaries()) {
    if (date.length === 7) addAll(totals.month, summary.totals);
    if (date.length === 4) addAll(totals.year, summary.totals);
  }
  return { outcome: 'dry run', receipt: { ...facts, sums: comparedSums(read.taken.told, totals), isDryRun: true } };
}

async function stored(read: ReadImport, facts: Facts, { store, settings, now, showing }: ImportPlace) {
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
      `The sums of the file and of the store differ, so the import was taken back. Please report this receipt:\n\n${receiptText(receipt, false)}`,
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

/** Returns a name that an export keeps when it is imported again, and that another export has not. */
function nameOf(format: Format, site: string, entries: Entry[], bytes: number): string {
  const content = [site, bytes, ...entries.map(({ head }) => head).sort()];
  return `${format.name}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 6)}`;
}

/** Returns what says why a day is left out, or undefined. */
async function daysLeftOut(store: ImportsStore, of: { site: string; name: string }, today: Day, now: number) {
  const [firstLive, taken] = await Promise.all([store.firstLiveDay(of, today, now), store.daysTaken(of)]);
  return (day: Day): string | undefined => {
    if (firstLive && day >= firstLive) return 'counted live';
    if (taken.has(day)) return 'in another import';
    return day >= today ? 'not over yet' : undefined;
  };
}

/** Returns the progress of reading: bytes, lines and their rate. */
function readingProgress(bytes: { done: number; all: number }, taken: { current?: Taken }): Progress {
  const start = performance.now();
  return {
    all: bytes.all,
    get done() {
      return Math.min(bytes.done, bytes.all);
    },
    get note() {
      const lines = [...(taken.current?.tables.values() ?? [])].reduce(
        (sum, { kept, dropped }) => sum + kept + [...dropped.values()].reduce((all, count) => all + count, 0),
        0,
      );
      const rate = Math.round(lines / Math.max(0.001, (performance.now() - start) / 1000));
      return `${lines.toLocaleString('en-US')} lines, ${rate.toLocaleString('en-US')} a second`;
    },
  };
}
