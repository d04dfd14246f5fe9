import { parseArgs } from 'node:util';
import { readSetting } from '../config/settings.ts';
import { dayAt } from '../core/calendar/day.ts';
import { lakeFolder } from '../local/folder.ts';
import { parsePort } from '../local/parse-port.ts';
import { type AnswerFormat, answerFormats, answerText } from './answer.ts';
import type { Answered } from './answered.ts';
import { askBucket, askFolder } from './ask-files.ts';
import { type AskedSelect, parseAsked } from './asked-select.ts';
import { maxRows, parameters } from './parameters.ts';
import { questionList } from './question-list.ts';
import type { Values } from './questions.ts';

const usage = `npm run ask -- "select …" [options]
npm run ask -- NAME [options]
npm run ask -- --list

Asks the lake: docs/lake.md. The table is "events". --list has the questions with a name, and what each takes.

Option                What it sets                              Default
  --port NUMBER       the npm start whose lake to ask           3000
  --folder PATH       the lake's folder                         the one of that npm start
  --bucket NAME       copy the new files of a bucket, and ask them
  --athena            ask Athena, which reads the bucket
  --format FORMAT     table, csv or json                        table
  --show-sql          print the SQL of a question, and stop`;

const options = {
  port: { type: 'string', default: '3000' },
  folder: { type: 'string' },
  bucket: { type: 'string' },
  athena: { type: 'boolean', default: false },
  format: { type: 'string', default: 'table' },
  list: { type: 'boolean', default: false },
  'show-sql': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const valueOptions = Object.fromEntries(Object.keys(parameters).map((name) => [name, { type: 'string' } as const]));

/** Where the lake is. */
interface Source {
  folder: string;
  bucket: string | undefined;
  athena: boolean;
}

/** Runs `npm run ask` by its command line. Throws an Error that says what is wrong. */
export async function askCommand(args: string[], epoch = Date.now()): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...options, ...valueOptions }, allowPositionals: true });
  const {
    port,
    folder = lakeFolder(parsePort(port, '--port')),
    bucket,
    athena,
    format,
    list,
    help,
    'show-sql': showSql,
    ...rest
  } = values;
  if (help) return console.log(usage);
  if (list) return console.log(questionList());
  const source = { folder, bucket, athena };
  const asked = parseAsked(positionals, rest as Values, dayAt(epoch, timeZoneOf(source)));
  if (showSql) return console.log(`${asked.sql};`);
  if (!isFormat(format)) throw new Error(`--format takes ${answerFormats.join(', ')}, not "${format}".`);
  if (asked.title) console.error(`${asked.title}\n`);
  const { table, took } = await answered(asked, source);
  console.log(answerText(table, format));
  console.error(`\n${took}`);
  if (table.rows.length === asked.most)
    console.error(`There may be more than these ${asked.most}: --rows takes a number from 1 to ${maxRows}.`);
}

/** Returns the time zone of a lake's days. npm start takes that of the machine by default. */
const timeZoneOf = ({ bucket, athena }: Source): string =>
  bucket === undefined && !athena && !process.env.TIME_ZONE
    ? Intl.DateTimeFormat().resolvedOptions().timeZone
    : readSetting('TIME_ZONE', process.env);

/** Asks the engine that was chosen. Loads a client of AWS only if it is needed. */
async function answered(asked: AskedSelect, { folder, bucket, athena }: Source): Promise<Answered> {
  if (athena) return (await import('./ask-athena.ts')).askAthenaHere(asked);
  return bucket === undefined ? askFolder(folder, asked) : askBucket(bucket, asked);
}

const isFormat = (text: string): text is AnswerFormat => (answerFormats as readonly string[]).includes(text);

if (import.meta.main) {
  await askCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${error.message}\nnpm run ask -- --help lists the options.`);
    process.exitCode = 1;
  });
}
