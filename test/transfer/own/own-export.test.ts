import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Day } from '../../../core/calendar/day.ts';
import { packSummary, type Summary } from '../../../core/counters/summary.ts';
import { summaryBuilder } from '../../../core/counters/summary-builder.ts';
import type { Note } from '../../../core/report/notes.ts';
import type { SummaryDate } from '../../../core/report/parts.ts';
import { type Export, writeExport } from '../../../transfer/export/write-export.ts';
import { openFiles } from '../../../transfer/files/open-files.ts';
import { UnreadableFile } from '../../../transfer/format.ts';
import { isOwnExport, ownExports } from '../../../transfer/own/exported-files.ts';
import { readOwnExport } from '../../../transfer/own/read-own-export.ts';
import { coveredDays, joinedSummary, restoredSummaries, wholeDates } from '../../../transfer/own/restored-summaries.ts';

const folder = await mkdtemp(join(tmpdir(), 'footfall-own-'));
after(() => rm(folder, { recursive: true }));
const site = 'blog.example.com';
const url = `https://${site}/`;
const caps = { maxPages: 100, maxUrlBytes: 10_000, maxNames: 100 };

function summaryOf(pages: Record<string, Record<string, number>>): Summary {
  const builder = summaryBuilder();
  for (const [page, counters] of Object.entries(pages)) builder.addRow(page, new Map(Object.entries(counters)));
  return builder.summary();
}

/** Rare pages of a flood lose their names. The totals keep them. */
const flooded = summaryOf({
  [url]: { views: 3, visits: 2, source_a: 1 },
  [`${url}b`]: { views: 1, 'source_(other)': 1 },
});
flooded.totals.delete('source_(other)');
flooded.totals.set('source_a', 2);
const stored: [SummaryDate, Summary][] = [
  ['2026-10-30', summaryOf({ [url]: { views: 2, visits: 1, 'event_=cmd': 1 }, '(other)': { views: 9 } })],
  ['2026-11-01', flooded],
  ['2026-11-02', summaryOf({ '(not counted) blog.example.com': { bot_ai: 3 } })],
  ['2026-10', summaryOf({ [url]: { views: 7, visits: 1 } })],
];
const notes: Note[] = [
  { day: '2026-11-01', site, text: "'=quoted'" },
  { day: '2026-11-01', site: 'notes.example.org', text: 'other' },
];
const whole: Export = {
  ...{ first: '2026-10-20', last: '2026-11-02', settings: { TIME_ZONE: 'UTC' }, notes },
  sites: [{ site, first: '2026-10-20', dates: stored.map(([date]) => date) }],
};

let number = 0;
/** Writes an export into a zip, changed by `change`. Returns its path. */
async function zipped(parts: Partial<Export> = {}, change = (files: Record<string, Uint8Array>) => files) {
  const chunks: Uint8Array[] = [];
  async function* read(_: string, dates: SummaryDate[]) {
    for (const [date, summary] of stored) if (dates.includes(date)) yield { date, summary };
  }
  await writeExport({ ...whole, ...parts }, read, (bytes) => chunks.push(bytes));
  const path = join(folder, `${number++}.zip`);
  await writeFile(path, zipSync(change(unzipSync(Buffer.concat(chunks)))));
  return path;
}

async function readBack(...paths: string[]) {
  const summaries = new Map<SummaryDate, Summary[]>();
  const found: Note[] = [];
  const { entries } = await openFiles(paths);
  assert.ok(isOwnExport(entries));
  for (const each of await ownExports(entries))
    await readOwnExport(each, site, {
      summary: (_, date, summary) => summaries.set(date, [...(summaries.get(date) ?? []), summary]),
      note: (note) => found.push(note),
    });
  const packed = [...summaries].map(([date, parts]) => [date, packSummary(joinedSummary(parts, caps))] as const);
  return { summaries: new Map(packed), notes: found };
}

const wanted = new Map(stored.map(([date, summary]) => [date, packSummary(summary)] as const));

describe('an export of Footfall', () => {
  test('is read back without a loss, totals of a flood and refused hits included', async () => {
    const found = await readBack(await zipped());
    assert.deepEqual(found.summaries, wanted);
    assert.deepEqual(found.notes, [notes[0]]);
  });

  test('is read back of parts, given in any order, a flooded date in slices', async () => {
    const parts = await Promise.all(
      [1, 2, 3].map((number) => zipped({ notes: [], part: { number, of: 3 }, slice: { number, of: 3 } })),
    );
    assert.deepEqual((await readBack(...parts.reverse())).summaries, wanted);
  });

  const refused = (name: string, paths: () => Promise<string[]>, message: RegExp) =>
    test(name, async () => {
      const read = async () => readBack(...(await paths()));
      await assert.rejects(read, (error) => error instanceof UnreadableFile && message.test(error.message));
    });
  const part = (number: number) => zipped({ part: { number, of: 2 } });
  const edited = (file: string, edit: (text: string) => string) =>
    zipped({}, (files) => ({
      ...files,
      [file]: strToU8(edit(strFromU8(files[file] ?? new Uint8Array()))),
    }));
  const november = `days/${site}/2026-11.csv`;

  refused('lacks a part', async () => [await part(1)], /^Part 2 of 2 of the export .* is missing\. Import all parts/);
  refused('has a part twice', async () => [await part(1), await part(2), await part(1)], /^Part 1 of 2 .* twice/);
  refused(
    'is there twice',
    async () => [await zipped(), await zipped({ first: '2026-10-21' })],
    /^Two exports are of blog\.example\.com/,
  );
  refused(
    'has a changed number',
    async () => [await edited(november, (text) => text.replace(',views,3', ',views,4'))],
    /2026-11\.csv was changed or cut since the export/,
  );
  refused(
    'lacks lines',
    async () => [await edited(november, (text) => text.slice(0, text.lastIndexOf('2026')))],
    /2026-11\.csv was changed or cut since the export/,
  );
  refused(
    'lacks a file',
    async () => [await zipped({}, ({ [november]: _, ...files }) => files)],
    /2026-11\.csv is missing in the export/,
  );
  refused(
    'has a line of another site',
    async () => [await edited(november, (text) => text.replace(`${url}b`, 'https://elsewhere.example/b'))],
    /2026-11\.csv, line \d: "https:\/\/elsewhere\.example\/b" is not a page of blog\.example\.com/,
  );
  refused(
    'has a URL that is too long',
    async () => [await edited(november, (text) => text.replace(`${url}b`, `${url}${'b'.repeat(1000)}`))],
    /2026-11\.csv, line \d: "https:\/\/blog\.example\.com\/b{55}" is not a page of blog\.example\.com/,
  );
  refused(
    'has a control character in a note',
    async () => [await edited('notes.csv', (text) => text.replace('quoted', '\u0007'))],
    /notes\.csv, line 2: this is not a note of Footfall/,
  );
  refused(
    'has a negative number',
    async () => [await edited(november, (text) => text.replace(',views,3', ',views,-3'))],
    /line \d: "-3" is not a count/,
  );
  refused(
    'has a day of elsewhere',
    async () => [await edited(november, (text) => text.replace('2026-11-01', '9999-11-01'))],
    /line 2: "9999-11-01" is not a day, month or year from 2026-10-20 to 2026-11-02/,
  );
  for (const [title, change] of Object.entries<[RegExp, string]>({
    'no settings': [/"settings": \{[^}]*\}/, '"settings": null'],
    'a setting that changes the terminal': [/"UTC"/, '"\\u001b[2J"'],
    'a site that changes the terminal': [/"site": "blog/, '"site": "\\u001b[2J'],
    'no files': [/"files": \[\s*\{/, '"files": [null, {'],
  }))
    refused(
      `has a manifest with ${title}`,
      async () => [await edited('manifest.json', (text) => text.replace(...change))],
      /^manifest\.json lacks a part: export again\.$/,
    );
  refused(
    'is of a later version',
    async () => [await edited('manifest.json', (text) => text.replace('"version": 1', '"version": 2'))],
    /has version 2, and this Footfall reads version 1: update Footfall/,
  );
});

describe('the summaries of an import', () => {
  const exported = { dates: stored.map(([date]) => date), first: '2026-10-20' as Day, last: '2026-11-02' as Day };
  const restored = (keeps: (day: Day) => boolean) =>
    Object.fromEntries(
      Array.from(
        restoredSummaries(wholeDates(exported, keeps), (date) => new Map(stored).get(date) as Summary, caps),
        ({ date, summary }) => [date, summary.totals.get('views') ?? 0],
      ),
    );

  test('cover the days of a month whose days have expired', () => {
    assert.deepEqual([coveredDays(exported).length, coveredDays(exported)[0]], [14, '2026-10-20']);
  });

  test('take a month as it was, and add up the others and the year', () => {
    const views = { '2026-10-30': 11, '2026-11-01': 4, '2026-11-02': 0, '2026-10': 7, '2026-11': 4, '2026': 11 };
    assert.deepEqual(
      restored(() => true),
      views,
    );
  });

  test('take a year as it was, unless its months have other numbers', () => {
    const yearOf = (views: number) => {
      const read = (date: SummaryDate) =>
        date === '2026'
          ? summaryOf({ [url]: { views, visits: 3, source_a: 5 } })
          : (new Map(stored).get(date) as Summary);
      const dates = [...exported.dates, '2026' as SummaryDate];
      return [...restoredSummaries(new Set(dates), read, caps)].at(-1)?.summary.totals.get('source_a');
    };
    assert.deepEqual([yearOf(11), yearOf(12)], [5, 2]);
  });

  test('of a month that lacks a day are the sum of the days that it keeps', () => {
    const views = { '2026-10-30': 11, '2026-11-02': 0, '2026-10': 11, '2026-11': 0, '2026': 11 };
    assert.deepEqual(
      restored((day) => day >= '2026-10-30' && day !== '2026-11-01'),
      views,
    );
  });
});
