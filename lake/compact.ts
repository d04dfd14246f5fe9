import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAfter, dayAt } from '../core/calendar/day.ts';
import { lakeFolder } from '../local/folder.ts';
import { parsePort } from '../local/parse-port.ts';
import { counted, grouped } from '../views/text.ts';
import { type Compacted, compactMonth } from './compact-month.ts';
import { filesIn, type LakeFiles } from './lake-files.ts';
import { sized } from './sized.ts';

const usage = `npm run lake:compact -- [options]

Replaces the event files of each closed month by one Parquet file: docs/lake.md#compaction.

Option                What it sets                              Default
  --month MONTH       one month, as 2026-10                     all closed months
  --port NUMBER       the npm start whose lake to use          3000
  --folder PATH       the lake's folder                         the one of that npm start
  --bucket NAME       the lake in a bucket`;

const options = {
  month: { type: 'string' },
  port: { type: 'string', default: '3000' },
  folder: { type: 'string' },
  bucket: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Runs `npm run lake:compact` by its command line. Throws an Error that says what is wrong. */
export async function compactCommand(args: string[], epoch = Date.now()): Promise<void> {
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(usage);
  const today = dayAt(epoch, readSetting('TIME_ZONE', process.env));
  const chosen = values.month === undefined ? undefined : parseClosedMonth(values.month, today);
  const isWanted = (month: string) => (chosen === undefined ? isClosed(month, today) : month === chosen);
  const folder = values.folder ?? lakeFolder(parsePort(values.port, '--port'));
  const lake = values.bucket === undefined ? localFiles(folder) : await copiedFiles(values.bucket, isWanted);
  const months = unfinishedMonths(lake.folder).filter(isWanted);
  if (months.length === 0) console.log('No closed month has event files.');
  for (const month of months) console.log(`${month}: ${receiptOf(await compactMonth(lake, month))}`);
}

function localFiles(path: string): LakeFiles {
  const folder = resolve(path);
  if (existsSync(folder)) return filesIn(folder);
  throw new Error(`There is no lake in ${folder}. Start npm start with LAKE=on, or pass --port or --folder.`);
}

/** Copies what a bucket has of some months. */
async function copiedFiles(name: string, isWanted: (month: string) => boolean): Promise<LakeFiles> {
  const { copyBucket, filesOfBucket, openBucket } = await import('./bucket.ts');
  const bucket = openBucket(name);
  await copyBucket(bucket, (file) => isWanted(monthOf(file)));
  return filesOfBucket(bucket);
}

const monthOf = (file: string) => /=(\d{4}-\d\d)/.exec(file)?.[1] ?? '';

/** Returns whether all files of a month have come. Firehose tries for a day to write a file. */
const isClosed = (month: string, today: Day) => dayAfter(today, -2).slice(0, 7) > month;

function unfinishedMonths(folder: string): string[] {
  const files = globSync(['events/day=*/*.gz', 'months/month=*/_replaced.json'], { cwd: folder });
  return [...new Set(files.map(monthOf))].sort();
}

function parseClosedMonth(text: string, today: Day): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new Error(`--month takes a month like 2026-10, not "${text}".`);
  if (!isClosed(text, today))
    throw new Error(`${text} is not closed. Compact it from the third day of the next month on.`);
  return text;
}

function receiptOf(compacted: Compacted | undefined): string {
  if (!compacted) return 'an earlier compaction is now complete.';
  const { files, bytes, records, generalized, brokenLines, monthBytes } = compacted;
  const broken = brokenLines > 0 ? ` ${counted(brokenLines, 'broken line')} left out.` : '';
  const before = `${counted(files, 'file')} with ${sized(bytes)}`;
  return `${counted(records, 'record')} in ${sized(monthBytes)}, instead of ${before}. ${grouped(generalized)} generalized.${broken}`;
}

if (import.meta.main) {
  await compactCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${error.message}\nnpm run lake:compact -- --help lists the options.`);
    process.exitCode = 1;
  });
}
