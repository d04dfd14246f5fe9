import { type Day, isDay } from '../../core/calendar/day.ts';
import { maxUrlBytes } from '../../core/collect/page-url.ts';
import { importedPage } from '../../core/counters/imported-page.ts';
import { other, siteOf } from '../../core/counters/names.ts';
import { noSite, type Summary, siteOfRow } from '../../core/counters/summary.ts';
import { maxNoteLetters, type Note } from '../../core/report/notes.ts';
import type { SummaryDate } from '../../core/report/parts.ts';
import { allPages, parseCountRow, summaryOfRows } from '../export/count-rows.ts';
import { notesName } from '../export/export-manifest.ts';
import { endsOfDate } from '../export/exported-dates.ts';
import { unguarded } from '../export/guarded-csv.ts';
import { eachRecord } from '../files/records.ts';
import { type Entry, UnreadableFile } from '../format.ts';
import { checkedEntry, type OpenedExport } from './exported-files.ts';

/** What takes the counts and notes of an export. */
export interface OwnSink {
  /** Takes a summary of so many rows, or a part of one: a date can come several times. */
  summary(file: string, date: SummaryDate, summary: Summary, rows: number): void;
  note(note: Note): void;
}

/** Passes what an export has of a site to a sink. Throws `UnreadableFile`, with the line, if it is not as it was exported. */
export async function readOwnExport({ manifest, files }: OpenedExport, site: string, sink: OwnSink): Promise<void> {
  for (const { name, site: siteOfFile, sha256 } of manifest.files) {
    if (name !== notesName && siteOfFile !== site) continue;
    const entry = files.get(name);
    if (!entry) throw new UnreadableFile(`${name} is missing in the export. Import the zip as you exported it.`);
    const checked = checkedEntry(entry, sha256);
    await (name === notesName ? readNotes(checked, site, sink) : readCounts(checked, site, manifest, sink));
  }
}

async function readCounts(entry: Entry, site: string, ends: { first: Day; last: Day }, sink: OwnSink): Promise<void> {
  let current: { date: SummaryDate; sum: ReturnType<typeof summaryOfRows>; rows: number } | undefined;
  const flush = () => current && sink.summary(entry.name, current.date, current.sum.summary(), current.rows);
  await eachRecord(entry, (cells, line) => {
    const [date = '', url = '', counter = '', count = ''] = cells.map(unguarded);
    if (line === 1) return;
    const row = isOfSite(url, site)
      ? parseCountRow(url, counter, count)
      : `"${url.slice(0, 80)}" is not a page of ${site || 'all sites'}.`;
    if (typeof row === 'string') throw new UnreadableFile(row);
    if (date !== current?.date) {
      flush();
      current = { date: parseDate(date, ends), sum: summaryOfRows(), rows: 0 };
    }
    current.sum.add(row);
    current.rows++;
  });
  flush();
}

const itemsOfSite: ReadonlySet<string> = new Set([other, allPages, importedPage, '(not counted)']);

const isOfSite = (url: string, site: string): boolean =>
  itemsOfSite.has(url) ||
  (site !== noSite && siteOfRow(url) === site && url.length <= maxUrlBytes && /^https?:\/\/[\x21-\x7e]+$/.test(url));

/** Returns a date that an export can have. Throws `UnreadableFile` for any other text. */
function parseDate(text: string, { first, last }: { first: Day; last: Day }): SummaryDate {
  const [begin, end] = endsOfDate(text) ?? [];
  if (!begin || !end || begin > last || end < first)
    throw new UnreadableFile(`"${text}" is not a day, month or year from ${first} to ${last}.`);
  return text as SummaryDate;
}

async function readNotes(entry: Entry, site: string, sink: OwnSink): Promise<void> {
  await eachRecord(entry, (cells, line) => {
    const [day = '', noteSite = '', text = ''] = cells.map(unguarded);
    if (line === 1 || siteOf(noteSite) !== site) return;
    if (!isDay(day) || text === '' || [...text].length > maxNoteLetters || /\p{Cc}/u.test(text))
      throw new UnreadableFile('this is not a note of Footfall. Import the zip as you exported it.');
    sink.note({ day, site: noteSite, text });
  });
}
