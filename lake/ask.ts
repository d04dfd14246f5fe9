import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readLakeNames } from '../config/function-settings.ts';
import { readSetting, settings } from '../config/settings.ts';
import { type Day, dayAfter, dayAt } from '../core/calendar/day.ts';
import { lakeFolder } from '../local/folder.ts';
import { counted } from '../views/text.ts';
import { type AnswerFormat, type AnswerTable, answerFormats, answerText } from './answer.ts';
import { isOfDays, openLake } from './duckdb.ts';
import { oneSelect } from './one-select.ts';
import { parameters } from './parameters.ts';
import { questionList } from './question-list.ts';
import { questionSql, questions, rangeOf, type Values } from './questions.ts';
import { sized } from './sized.ts';
import { whileWaiting } from './while-waiting.ts';

const usage = `npm run ask -- "select …" [options]
npm run ask -- NAME [options]
npm run ask -- --list

Asks the lake: docs/lake.md. The table is "events". --list has the questions with a name, and what each takes.

Option                What it sets                              Default
  --folder PATH       the lake's folder                         the one of npm start
  --bucket NAME       copy what is new in a bucket, and ask that
  --athena            ask Athena, which reads the bucket
  --format FORMAT     table, csv or json                        table
  --show-sql          print the SQL of a question, ask nothing`;

const options = {
  folder: { type: 'string', default: lakeFolder(3000) },
  bucket: { type: 'string' },
  athena: { type: 'boolean', default: false },
  format: { type: 'string', default: 'table' },
  list: { type: 'boolean', default: false },
  'show-sql': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const valueOptions = Object.fromEntries(Object.keys(parameters).map((name) => [name, { type: 'string' } as const]));

/** What is asked: the SQL, and the days that it reads, if they are known. */
interface Asked {
  sql: string;
  range?: [Day, Day];
  title?: string;
}

/** An answer, and in one sentence what it took. */
interface Answered {
  answer: AnswerTable;
  took: string;
}

/** Runs `npm run ask` by its command line. Throws an Error that says what is wrong. */
export async function askCommand(args: string[], epoch = Date.now()): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...options, ...valueOptions }, allowPositionals: true });
  const { folder, bucket, athena, format, list, help, 'show-sql': showSql, ...rest } = values;
  if (help) return console.log(usage);
  if (list) return console.log(questionList());
  const asked = parseAsked(positionals, rest as Values, dayAt(epoch, readSetting('TIME_ZONE', process.env)));
  if (showSql) return console.log(`${asked.sql};`);
  if (!isFormat(format)) throw new Error(`--format takes ${answerFormats.join(', ')}, not "${format}".`);
  if (asked.title) console.error(`${asked.title}\n`);
  const { answer, took } = await (athena
    ? answeredByAthena(asked)
    : answeredLocally(bucket === undefined ? resolve(folder) : await copied(bucket, asked), asked));
  console.log(answerText(answer, format));
  console.error(`\n${took}`);
}

const isFormat = (text: string): text is AnswerFormat => (answerFormats as readonly string[]).includes(text);

/** Returns what one argument asks: the name of a question, or a select. */
function parseAsked(positionals: string[], values: Values, today: Day): Asked {
  const [text = '', ...more] = positionals;
  if (more.length > 0) throw new Error('Ask one question at a time. Put a select in quotation marks.');
  const question = questions.get(text);
  if (question) {
    const sql = questionSql(question, values, today);
    const range = rangeOf(question, values, today);
    return { sql, range, title: `${question.asks} ${range[0]} to ${range[1]}` };
  }
  if (/^[\w-]+$/.test(text)) throw new Error(`There is no question "${text}". npm run ask -- --list has all.`);
  const [option] = Object.keys(values);
  if (option) throw new Error(`A select takes no --${option}. Write it into the SQL.`);
  return { sql: oneSelect(text) };
}

/** Copies the files of a bucket that a question needs. Returns their folder. */
async function copied(name: string, { range }: Asked): Promise<string> {
  const { copyBucket, openBucket } = await import('./bucket.ts');
  const bucket = openBucket(name);
  try {
    const bytes = await copyBucket(
      bucket,
      (file) => !range || isOfDays(file, dayAfter(range[0], -1), dayAfter(range[1], 1)),
    );
    console.error(`Copied ${sized(bytes)} from ${name}.`);
    return bucket.folder;
  } finally {
    bucket.client.destroy();
  }
}

async function answeredLocally(folder: string, { sql, range }: Asked): Promise<Answered> {
  if (!existsSync(folder))
    throw new Error(`There is no lake in ${folder}. Start npm start with LAKE=on, or pass --folder.`);
  const lake = await openLake(folder);
  try {
    const start = performance.now();
    const answer = await whileWaiting(lake.ask(sql), lake.progress);
    const seconds = secondsSince(start);
    const { files, bytes } = lake.size(range?.[0], range?.[1]);
    const broken = await lake.brokenLines();
    const skipped = broken > 0 ? ` ${counted(broken, 'broken line')} skipped.` : '';
    const read = `${counted(files, 'file')} with ${sized(bytes)}`;
    return { answer, took: `${counted(answer.rows.length, 'row')} in ${seconds} s, from ${read} at most.${skipped}` };
  } finally {
    lake.close();
  }
}

/** Asks Athena. Loads its client only then. */
async function answeredByAthena({ sql }: Asked): Promise<Answered> {
  process.env.AWS_REGION ||= settings.AWS_REGION.default;
  const [{ AthenaClient }, { askAthena, athenaCost }] = await Promise.all([
    import('@aws-sdk/client-athena'),
    import('./ask-athena.ts'),
  ]);
  const client = new AthenaClient();
  const giveUp = new AbortController();
  const interrupt = () => giveUp.abort();
  process.once('SIGINT', interrupt);
  try {
    const start = performance.now();
    const asked = askAthena(client, sql, readLakeNames(process.env), giveUp.signal);
    const { answer, scannedBytes } = await whileWaiting(asked, () => 0);
    const rows = counted(answer.rows.length, 'row');
    const cost = athenaCost(scannedBytes).toFixed(5);
    return {
      answer,
      took: `${rows} in ${secondsSince(start)} s. Athena scanned ${sized(scannedBytes)}: about $${cost}.`,
    };
  } finally {
    process.removeListener('SIGINT', interrupt);
    client.destroy();
  }
}

const secondsSince = (start: number) => ((performance.now() - start) / 1000).toFixed(1);

if (import.meta.main) {
  await askCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${error.message}\nnpm run ask -- --help lists the options.`);
    process.exitCode = 1;
  });
}
