import { parseArgs, styleText } from 'node:util';
import { readLimits, readRequestTimeout, readTableNames, summaryCaps } from '../config/function-settings.ts';
import { type Environment, readSetting } from '../config/settings.ts';
import { siteOf } from '../core/counters/names.ts';
import { isAboutCredentials } from '../deploy/doctor/aws-error.ts';
import { homeOf } from '../deploy/doctor/site-page.ts';
import { withProgress } from '../local/progress.ts';
import { importsStore } from '../store/imports.ts';
import { notesStore } from '../store/notes-store.ts';
import { patientClient } from '../store/patient-client.ts';
import { exportedSettingsOf } from './export/export-of.ts';
import { openFiles } from './files/open-files.ts';
import type { ImportResult, ImportSettings } from './finish-import.ts';
import { hostNamed } from './formats/site-hosts.ts';
import { useInstallation } from './installation.ts';
import { isOwnExport } from './own/exported-files.ts';
import { runOwnImport } from './own/run-own-import.ts';
import { receiptText } from './receipt-text.ts';
import { runImport } from './run-import.ts';

const usage = `npm run import -- FILE… [options]

Imports the history of a site from another tool, and prints a receipt. Footfall recognizes the tool
by the content: docs/importing.md says how to make each export.

Option                What it sets                              Default
  --site HOST         the site, as in SITES                     the only one in SITES, or all of an
                                                                export of Footfall
  --name NAME         the import's name                         made from the content
  --dry-run           prints the receipt, and writes nothing
  --target URL        an npm start on this machine              the tables on AWS

npm run import -- --undo NAME removes an import. npm run imports lists all.`;

const definitions = {
  site: { type: 'string' },
  name: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  undo: { type: 'string' },
  target: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Runs `npm run import` by its command line. Throws an Error that says what is wrong. */
export async function importCommand(args: string[], now = Date.now()): Promise<void> {
  const { values, positionals: paths } = parseArgs({ args, options: definitions, allowPositionals: true });
  if (values.help) return console.log(usage);
  if (paths.length === 0 && values.undo === undefined) throw new Error('Name the files to import.');
  await useInstallation(values.target);
  const client = patientClient(readRequestTimeout(process.env));
  const { statisticsTable } = readTableNames(process.env);
  const store = importsStore(client, statisticsTable);
  try {
    if (values.undo !== undefined) return await undo(store, values.undo, paths);
    const files = await openFiles(paths);
    const wanted = { files, name: values.name, isDryRun: values['dry-run'] };
    const place = { store, settings: settingsOf(process.env), now, showing: withProgress };
    const sites = readSetting('SITES', process.env);
    if (!isOwnExport(files.entries)) {
      const result = await runImport({ ...wanted, origin: originOf(values.site, sites) }, place);
      print(result);
      assertSomeLeft([result]);
      return;
    }
    const notes = notesStore(client, statisticsTable);
    const own = { ...place, sites, notes, exportedSettings: exportedSettingsOf(process.env) };
    const { results, unlisted, notes: written } = await runOwnImport({ ...wanted, site: values.site }, own);
    results.map(print);
    if (unlisted.length > 0) console.log(`\nLeft out: ${unlisted.join(', ')}. SITES does not have it.`);
    if (written.written + written.kept > 0)
      console.log(`\nNotes put back: ${written.written}. Left out, because their day has one: ${written.kept}.`);
    assertSomeLeft(results);
  } finally {
    client.destroy();
  }
}

/** Throws an Error if the receipts say that all is left out. */
function assertSomeLeft(results: ImportResult[]): void {
  if (results.every(({ outcome }) => outcome === 'nothing left'))
    throw new Error('Nothing is left to import. The receipt says why.');
}

function print({ outcome, receipt }: ImportResult): void {
  console.log(`\n${receiptText(receipt, process.stdout.hasColors?.() ?? false)}`);
  if (outcome === 'stored') console.log(`\nTo undo it: npm run import -- --undo ${receipt.name}`);
  if (outcome === 'unchanged') console.log('\nNothing was written: all of it was imported before.');
}

async function undo(store: ReturnType<typeof importsStore>, name: string, paths: string[]): Promise<void> {
  if (paths.length > 0) throw new Error(`--undo takes one name and no files: remove ${paths.join(' ')}.`);
  if (!(await store.remove(name))) throw new Error(`There is no import "${name}". npm run imports lists all.`);
  console.log(`The import ${name} is removed.`);
}

/** Returns the origin of a site. It must be in SITES, or the dashboard would not show it. */
function originOf(asked: string | undefined, sites: string[]): string {
  const listed = sites.join(', ');
  if (asked === undefined && sites.length > 1) throw new Error(`Add --site with one of ${listed}.`);
  const host = sites.find((site) => asked === undefined || siteOf(site) === siteOf(hostNamed(asked)));
  if (host === undefined)
    throw new Error(`${asked} is not in SITES, which has ${listed}. Add it there and deploy, then import.`);
  return homeOf(host).origin;
}

/** Reads the settings that decide what counters are. */
function settingsOf(env: Environment): ImportSettings {
  const limits = readLimits(env);
  return {
    timeZone: readSetting('TIME_ZONE', env),
    pageUrls: readSetting('PAGE_URLS', env),
    caps: limits,
    summaryCaps: summaryCaps(limits),
    retentionDays: readSetting('RETENTION_DAYS', env),
  };
}

const sentenceOf = (error: Error): string =>
  isAboutCredentials(error)
    ? `AWS does not accept your credentials: ${error.message}. Sign in, or set AWS_PROFILE. For an npm start, add --target http://localhost:3000.`
    : error.message;

/** Returns a text without what changes the terminal: it may quote a file. */
const visibleText = (text: string) => text.replace(/[^\P{C}\n]/gu, '');

if (import.meta.main) {
  // A signal alone would leave the temporary files.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      console.error(
        '\nStopped. The dashboard shows nothing of this import. Run it again, or undo the one that npm run imports lists as cut.',
      );
      process.exit(130);
    });
  await importCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${styleText('red', visibleText(sentenceOf(error)))}\n\nnpm run import -- --help lists the options.`);
    process.exitCode = 1;
  });
}
