import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import type { Summary } from '../../../core/counters/summary.ts';
import { summaryBuilder } from '../../../core/counters/summary-builder.ts';
import type { Note } from '../../../core/report/notes.ts';
import { notesStore } from '../../../store/notes-store.ts';
import { type SummaryRange, summariesStore } from '../../../store/summaries.ts';
import { writeExport } from '../../../transfer/export/write-export.ts';
import { openFiles } from '../../../transfer/files/open-files.ts';
import { runOwnImport } from '../../../transfer/own/run-own-import.ts';
import { smallCaps } from '../collected.ts';
import { exportOf } from '../exports.ts';
import { client, importing, now, place, table, umamiOf } from '../import-place.ts';

const sites = ['blog.example', 'notes.example'];

/** Returns an export of Footfall with 3 views of each site on a day. */
async function ownZip(of: string[], day: Day, notes: Note[] = [], pages?: string[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await writeExport(
    {
      ...{ first: day, last: day, settings: {}, notes },
      sites: of.map((site) => ({ site, first: day, dates: [day] })),
    },
    async function* (site) {
      const builder = summaryBuilder();
      for (const url of pages ?? [`https://${site}/`]) builder.addRow(url, new Map([['views', 3]]));
      yield { date: day, summary: builder.summary() };
    },
    (bytes) => chunks.push(bytes),
  );
  return Buffer.concat(chunks);
}

async function importingOwn(t: TestContext, zips: Record<string, Buffer>) {
  const files = await openFiles(await exportOf(t, zips));
  return runOwnImport(
    { files, site: undefined, name: undefined, isDryRun: false },
    { ...place, sites, exportedSettings: {}, notes: notesStore(client, table) },
  );
}

test('an export of Footfall is imported by site, even if nothing of one is left', async (t) => {
  await importing(t, { a: umamiOf('2025-12-30') });
  const { results } = await importingOwn(t, { 'own.zip': await ownZip(sites, '2025-12-30') });
  assert.deepEqual(
    results.map(({ receipt, outcome }) => [receipt.site, outcome]),
    [
      ['blog.example', 'nothing left'],
      ['notes.example', 'stored'],
    ],
  );
});

test('an export of Footfall can have numbers of today', async (t) => {
  const { results } = await importingOwn(t, { 'own.zip': await ownZip(['blog.example'], '2026-11-25') });
  assert.deepEqual(
    results.map(({ outcome, receipt }) => [outcome, receipt.days]),
    [['stored', ['2026-11-25']]],
  );
});

test('a day that was not rolled up keeps up to twice the pages of a summary', async (t) => {
  const pages = Array.from({ length: 2 * smallCaps.summaryCaps.maxPages }, (_, i) => `https://blog.example/${i}`);
  const { results } = await importingOwn(t, { 'own.zip': await ownZip(['blog.example'], '2025-12-30', [], pages) });
  assert.equal(results[0]?.outcome, 'stored');
  let found: Summary | undefined;
  const range = { site: 'blog.example', importName: results[0]?.receipt.name, first: '2025-12-30', last: '2025-12-30' };
  await summariesStore(client, table).each(range as SummaryRange, false, now, (summary) => {
    found = summary;
  });
  assert.deepEqual(found?.pages.toSorted(), pages.toSorted());
});

test('a note stays if any of several exports has another for its day', async (t) => {
  const known: Note = { day: '2026-01-02', site: 'notes.example', text: 'known before' };
  await notesStore(client, table).write(known);
  const { notes } = await importingOwn(t, {
    'blog.zip': await ownZip(['blog.example'], '2025-12-30'),
    'notes.zip': await ownZip(['notes.example'], '2026-01-02', [{ ...known, text: 'of the export' }]),
  });
  assert.deepEqual(notes, { written: 0, kept: 1 });
  assert.deepEqual(await notesStore(client, table).read('2026-01-01', '2026-01-31'), [known]);
});
