import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { lakeSelect } from '../core/lake/lake-select.ts';
import { parseQuery, type Query } from '../core/report/query.ts';
import { compactMonth } from '../lake/compact-month.ts';
import { openLake } from '../lake/duckdb.ts';
import { filesIn } from '../lake/lake-files.ts';
import { type Question, questionSql, questions, type Values } from '../lake/questions.ts';
import { recordMaker } from './made-records.ts';
import { peakMemory } from './peak-memory.ts';

// Measures each question with a name over a lake, before and after compaction. A year of 1 M views a month, in a file for
// each quarter of an hour: `npm run bench:lake -- --months 12 --views 1000000 --files 96`.
const { values: given } = parseArgs({
  options: {
    months: { type: 'string', default: '3' },
    views: { type: 'string', default: '50000' },
    files: { type: 'string', default: '24' },
  },
});
const [months, viewsPerMonth, filesPerDay] = [given.months, given.views, given.files].map(Number) as [
  number,
  number,
  number,
];
const first: Day = '2025-01-01';
const last = dayAfter(`${2025 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01` as Day, -1);
const examples: Values = { page: '/posts/1-a-title-of-some-words', by: 'country', across: 'device' };

const folder = mkdtempSync(join(tmpdir(), 'footfall-lake-'));
process.once('exit', () => rmSync(folder, { recursive: true }));

function makeFiles(): void {
  const next = recordMaker(7);
  const size = Math.round((viewsPerMonth * 12) / 365 / filesPerDay);
  for (let day = first; day <= last; day = dayAfter(day, 1)) {
    const partition = join(folder, 'events', `day=${day}`);
    mkdirSync(partition, { recursive: true });
    for (let file = 0; file < filesPerDay; file += 1) {
      const lines = Array.from({ length: size }, () => `${JSON.stringify(next(day))}\n`);
      writeFileSync(join(partition, `${file}.gz`), gzipSync(lines.join('')));
    }
  }
}

const cpuSeconds = () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

/** Returns how much processor time a question about the whole lake takes, in seconds. */
async function secondsOf(lake: Awaited<ReturnType<typeof openLake>>, question: Question): Promise<number> {
  const values: Values = { from: first, to: last };
  for (const need of question.needs) values[need] = examples[need];
  const start = cpuSeconds();
  await lake.ask(questionSql(question, values, last));
  return cpuSeconds() - start;
}

/** What the dashboard asks: names that meet, and what people read before and after a page. */
const dashboards: Record<string, Query> = {
  'dashboard: country and device': { country: 'DE', device: 'mobile' },
  'dashboard: flows of a page': { page: `https://blog.example.com${examples.page}`, lake: 'on' },
};

async function secondsOfSelect(lake: Awaited<ReturnType<typeof openLake>>, query: Query): Promise<number> {
  const { scope } = parseQuery({ from: first, to: last, ...query }, [], { today: last, since: undefined });
  const start = performance.now();
  await lake.ask(lakeSelect(scope, 1));
  return (performance.now() - start) / 1000;
}

async function measure() {
  const lake = await openLake(folder);
  const { rows } = await lake.ask('select count(*) from events');
  const size = lake.size(first, last);
  const seconds = new Map<string, number>();
  for (const question of questions.values()) seconds.set(question.name, await secondsOf(lake, question));
  for (const [name, query] of Object.entries(dashboards)) seconds.set(name, await secondsOfSelect(lake, query));
  lake.close();
  return { records: Number(rows[0]?.[0]), ...size, seconds };
}

makeFiles();
const before = await measure();
const start = cpuSeconds();
let generalized = 0;
for (let day = first; day <= last; day = dayAfter(day, 1))
  if (day.endsWith('-01')) generalized += (await compactMonth(filesIn(folder), day.slice(0, 7)))?.generalized ?? 0;
const compacting = cpuSeconds() - start;
const after = await measure();

console.log(`npm run ask over ${months} months with ${before.records.toLocaleString('en')} records`);
const megabytes = (bytes: number) => Number((bytes / 1e6).toFixed(1));
console.table({
  'event files': { files: before.files, 'MB read': megabytes(before.bytes) },
  'month files': { files: after.files, 'MB read': megabytes(after.bytes) },
});
console.table(
  Object.fromEntries(
    [...before.seconds].map(([name, seconds]) => [
      name,
      {
        'event files, s of CPU': Number(seconds.toFixed(2)),
        'month files, s of CPU': Number(after.seconds.get(name)?.toFixed(2)),
      },
    ]),
  ),
);
console.log(
  `Compaction took ${(compacting / months).toFixed(1)} s of CPU a month, and generalized ${((100 * generalized) / before.records).toFixed(1)}% of the records.`,
  `All together took at most ${peakMemory()} MB.`,
);
