import { createHash } from 'node:crypto';
import type { Day } from '../../core/calendar/day.ts';
import type { Summary } from '../../core/counters/summary.ts';
import type { Note } from '../../core/report/notes.ts';
import type { SummaryDate } from '../../core/report/parts.ts';
import { addCounter, noNumbers } from '../compared-metrics.ts';
import { countRows } from './count-rows.ts';
import { type ExportedFile, manifestName, manifestOf, notesName } from './export-manifest.ts';
import type { Part } from './export-parts.ts';
import { fileNameOf, kindOf } from './exported-dates.ts';
import { csvOf } from './guarded-csv.ts';
import { zipWriter } from './zip-writer.ts';

/** What an export holds. */
export interface Export {
  first: Day;
  last: Day;
  settings: Record<string, string>;
  /** The bare host of each site, its first day in the range, and its dates. Empty for hits without a site. */
  sites: { site: string; first: Day; dates: SummaryDate[] }[];
  notes: Note[];
  /** Which part of an export this is. Undefined for all of it. */
  part?: Part | undefined;
  /** Which of the pages it has. Undefined for all. */
  slice?: Part | undefined;
}

/** Reads the summaries of a site on dates, in their order. */
export type ReadSummaries = (
  site: string,
  dates: SummaryDate[],
) => AsyncIterable<{ date: SummaryDate; summary: Summary }>;

const rowsAtOnce = 2_000;
const columns = ['day', 'url', 'counter', 'count'];

/**
 * Writes an export as a zip, and passes its bytes to `onBytes` as they come. The same counts make the same bytes. Memory
 * holds the summaries that `read` holds. docs/exporting.md describes the files.
 */
export async function writeExport(
  { first, last, settings, sites, notes, part, slice }: Export,
  read: ReadSummaries,
  onBytes: (bytes: Uint8Array) => void,
): Promise<void> {
  const zip = zipWriter(onBytes);
  const files: ExportedFile[] = [];

  function openFile(name: string, header: string[]) {
    const file = zip.file(name);
    const hash = createHash('sha256');
    let rows = 0;
    const write = (text: string) => {
      hash.update(text);
      file.write(text);
    };
    write(csvOf([header]));
    return {
      write(some: (string | number)[][]): void {
        rows += some.length;
        if (some.length > 0) write(csvOf(some));
      },
      end(more: Partial<ExportedFile> = {}): void {
        file.end();
        files.push({ name, ...more, rows, sha256: hash.digest('hex') });
      },
    };
  }

  function countsFile(name: string, site: string) {
    const file = openFile(name, columns);
    const sums = noNumbers();
    return {
      name,
      add(date: SummaryDate, summary: Summary): void {
        for (const rows of batches(countRows(summary, slice))) {
          for (const [, counter, count] of rows) addCounter(sums, counter, count);
          file.write(rows.map((row) => [date, ...row]));
        }
      },
      end: () => file.end({ site, sums }),
    };
  }

  for (const { site, dates } of sites) {
    let file: ReturnType<typeof countsFile> | undefined;
    for (const some of Map.groupBy(dates, kindOf).values())
      for await (const { date, summary } of read(site, some)) {
        if (summary.totals.size === 0 && summary.refusals.size === 0) continue;
        const name = fileNameOf(site, date);
        if (file?.name !== name) {
          file?.end();
          file = countsFile(name, site);
        }
        file.add(date, summary);
      }
    file?.end();
  }
  if (notes.length > 0) {
    const file = openFile(notesName, ['day', 'site', 'text']);
    file.write(notes.map(({ day, site, text }) => [day, site, text]));
    file.end();
  }
  const contents = { first, last, ...(part && { part }), settings };
  const manifest = manifestOf({ ...contents, sites: sites.map(({ site, first }) => ({ site, first })), files });
  const file = zip.file(manifestName);
  file.write(`${JSON.stringify(manifest, undefined, 2)}\n`);
  file.end();
  zip.end();
}

function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < rowsAtOnce) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
