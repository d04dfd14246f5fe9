import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAfter, dayAt } from '../core/calendar/day.ts';
import { firstCountedDay, type RolledUp } from '../core/report/parts.ts';
import { endsOf, parseRange } from '../core/report/range.ts';
import { withProgress } from '../local/progress.ts';
import { notesStore } from '../store/notes-store.ts';
import { patientClient } from '../store/patient-client.ts';
import { reportsFrom } from '../store/reports.ts';
import { exportOf } from './export/export-of.ts';
import { exportedSummaries } from './export/exported-summaries.ts';
import { writeExport } from './export/write-export.ts';
import { useInstallation } from './installation.ts';

const usage = `npm run export -- [FILE.zip] [options]

Writes all numbers and notes of an installation as one zip of CSV and JSON: docs/exporting.md.

Option                What it sets                           Default
  --from DAY          the first day, as 2026-11-21           the first counted day
  --to DAY            the last day                           today
  --target URL        an npm start on this machine           the tables on AWS`;

const definitions = {
  from: { type: 'string' },
  to: { type: 'string' },
  target: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Runs `npm run export` by its command line. Prints what it wrote. Throws an Error that says what is wrong. */
export async function exportCommand(args: string[], epoch = Date.now()): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: definitions, allowPositionals: true });
  if (values.help) return console.log(usage);
  await useInstallation(values.target);
  const today = dayAt(epoch, readSetting('TIME_ZONE', process.env));
  const [file = `footfall-${today}.zip`, ...more] = positionals;
  if (more.length > 0) throw new Error(`An export is one file: remove ${more.join(' ')}.`);
  if (existsSync(file)) throw new Error(`${file} exists already: choose another name.`);

  const { statisticsTable } = readTableNames(process.env);
  const client = patientClient(readRequestTimeout(process.env));
  const reports = reportsFrom(client, statisticsTable);
  const rolledUp = await reports.rolledUp(epoch);
  const [first, last] = daysAsked(values, today, rolledUp);
  const notes = await notesStore(client, statisticsTable).read(first, last);
  const wanted = exportOf({ first, last, site: undefined }, rolledUp, notes, process.env);

  const unfinished = `${file}.part`;
  const descriptor = openSync(unfinished, 'w');
  const progress = { done: 0, all: wanted.sites.flatMap(({ dates }) => dates).length, unit: 'dates' };
  try {
    const read = (site: string, dates: (typeof wanted.sites)[number]['dates']) =>
      exportedSummaries(reports, site, dates, epoch, (count) => {
        progress.done += count;
      });
    await withProgress(progress, () => writeExport(wanted, read, (bytes) => writeSync(descriptor, bytes)));
    renameSync(unfinished, file);
  } finally {
    closeSync(descriptor);
    rmSync(unfinished, { force: true });
    client.destroy();
  }
  const megabytes = (statSync(file).size / 1e6).toFixed(1);
  console.log(`${file}: ${first} to ${last}, ${megabytes} MB. It has no password, key or link.`);
}

/** Returns the first and the last day. Before the first night, only days with rows can have counts. */
function daysAsked({ from, to }: { from?: string; to?: string }, today: Day, rolledUp: RolledUp): [Day, Day] {
  const rows = dayAfter(today, -1 - readSetting('DETAIL_DAYS', process.env));
  const since = firstCountedDay(rolledUp) ?? rows;
  const query = { from: from ?? (since < (to ?? today) ? since : (to ?? today)), to: to ?? today };
  const { range, problem } = parseRange(query, { today, since });
  if (problem) throw new Error(problem.replace(/ These are .*/, ''));
  return endsOf(range);
}

if (import.meta.main) {
  await exportCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${error.message}\nnpm run export -- --help lists the options.`);
    process.exitCode = 1;
  });
}
