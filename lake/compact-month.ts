import { createReadStream, existsSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type LakeRecord, lakeColumns } from '../core/lake/lake-record.ts';
import { sqlText } from '../core/lake/sql-text.ts';
import { eventLines, isRecord } from './duckdb.ts';
import { generalizable, generalizing } from './generalized.ts';
import type { LakeFiles } from './lake-files.ts';
import { monthFolder, type Replacement, replacementIn, replacementName } from './month-files.ts';

/** What the compaction of a month did. */
export interface Compacted {
  files: number;
  bytes: number;
  records: number;
  /** Records that lost a property, because they were seldom. */
  generalized: number;
  brokenLines: number;
  monthBytes: number;
}

/**
 * Replaces the event files of a month by one Parquet file. Deletes nothing before that file was read back and compared.
 * Can be cut at any step: `openLake` counts each record once all the same, and another run ends the work. Returns undefined
 * if the month has no event files. Throws an Error if a file is damaged.
 */
export async function compactMonth(lake: LakeFiles, month: string): Promise<Compacted | undefined> {
  const { folder } = lake;
  await endReplacement(lake, month);
  const files = globSync(`events/day=${month}-*/*.gz`, { cwd: folder }).sort();
  if (files.length === 0) return undefined;
  for (const file of files) await checkWhole(join(folder, file));

  const draft = join(folder, monthFolder(month), '_draft');
  mkdirSync(join(folder, monthFolder(month)), { recursive: true });
  const written = await writeMonth(
    files.map((file) => join(folder, file)),
    draft,
  );
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const compacted = { ...written, files: files.length, bytes, monthBytes: statSync(draft).size };

  const replacement: Replacement = { part: nextPart(folder, month), files };
  await lake.write(replacementName(month), JSON.stringify(replacement));
  await lake.move(draft, replacement.part);
  await endReplacement(lake, month);
  return compacted;
}

/** Ends a replacement that was begun. If its month file is missing, it is as if it had not begun. */
async function endReplacement(lake: LakeFiles, month: string): Promise<void> {
  const begun = replacementIn(lake.folder, month);
  if (!begun) return;
  if (existsSync(join(lake.folder, begun.part))) await lake.remove(begun.files);
  await lake.remove([replacementName(month)]);
}

/** Files that come late get a month file of their own. An old one stays as it is. */
function nextPart(folder: string, month: string): string {
  const parts = globSync(`${monthFolder(month)}/part-*.parquet`, { cwd: folder });
  const last = Math.max(0, ...parts.map((part) => Number(/part-(\d+)/.exec(part)?.[1] ?? 0)));
  return `${monthFolder(month)}/part-${last + 1}.parquet`;
}

/** DuckDB reads a cut file up to the cut, without an error. */
async function checkWhole(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere);
  } catch {
    throw new Error(`${path} is cut or damaged. Move it out of the lake, then compact again.`);
  }
}

const kept = lakeColumns.filter((column) => !generalizable.includes(column)).join(', ');
const all = lakeColumns.join(', ');
const changed = (column: keyof LakeRecord) => `${column} is not null and ${column} = '(other)'`;

/** Writes the records of event files into one Parquet file, and reads it back. */
async function writeMonth(paths: string[], draft: string) {
  rmSync(draft, { force: true });
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: `${draft}-memory` });
  const connection = await instance.connect();
  try {
    const lines = eventLines(`[${paths.map(sqlText).join(', ')}]`);
    await connection.run(`create table lines as select ${all}, ${isRecord} as good from ${lines}`);
    await connection.run(`create table records as select ${all} from lines where good`);
    for (const statement of generalizing('records')) await connection.run(statement);
    // In the order of its columns, so that no record stands beside the next one of the same reader.
    await connection.run(
      `copy (select ${all} from generalized order by all) to ${sqlText(draft)} (format parquet, compression zstd)`,
    );
    const records = await count(connection, 'select count(*) from records');
    await compareRecords(connection, `read_parquet(${sqlText(draft)})`, records);
    return {
      records,
      generalized: await count(
        connection,
        `select count(*) from generalized where ${generalizable.map(changed).join(' or ')}`,
      ),
      brokenLines: await count(connection, 'select count(*) from lines where not good'),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Throws an Error unless a file has the same records, apart from what may be generalized. */
export async function compareRecords(connection: DuckDBConnection, file: string, records: number): Promise<void> {
  const written = await count(connection, `select count(*) from ${file}`);
  const missing = await count(
    connection,
    `select count(*) from (select ${kept} from records except all select ${kept} from ${file})`,
  );
  if (written !== records || missing !== 0)
    throw new Error('The month file does not have the records of the event files. Nothing was deleted: compact again.');
}

async function count(connection: DuckDBConnection, sql: string): Promise<number> {
  const reader = await connection.runAndReadAll(sql);
  return Number(reader.getRows()[0]?.[0]);
}
