import { globSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBInstance,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import { lakeColumns, numberColumns } from '../core/lake/lake-record.ts';
import { sqlText } from '../core/lake/sql-text.ts';
import type { AnswerTable, Cell } from './answer.ts';
import { replacedFiles } from './month-files.ts';
import { oneSelect } from './one-select.ts';

/** The files of the lake below its folder. */
const eventFiles = 'events/day=*/*.gz';
const monthFiles = 'months/month=*/*.parquet';

/** Opens the lake in a folder for reading. No SQL that runs in it can open another file, a network or an extension. */
export async function openLake(folder: string) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(availableParallelism()) });
  const connection = await instance.connect();
  const files = [eventFiles, monthFiles].flatMap((pattern) => globSync(pattern, { cwd: folder }));
  for (const statement of [...viewsOf(folder), ...settingsOf(folder)]) await connection.run(statement);

  return {
    /** Returns the answer to a select. Throws an Error in plain English if it cannot run. */
    async ask(sql: string): Promise<AnswerTable> {
      const one = oneSelect(sql);
      return explained(() => select(connection, one));
    },

    /** Returns how much of the running select is done, from 0 to 1. */
    progress: () => Math.max(0, connection.progress.percentage / 100),

    /** Counts the lines that are no records in the files of some days, or of all. Selects skip them. */
    async brokenLines(first: string = '', last: string = '9'): Promise<number> {
      const ofDays = `day between ${sqlText(first)} and ${sqlText(last)}`;
      const sql = `select count(*) from lines where ${ofDays} and not (${isRecord})`;
      const { rows } = await explained(() => select(connection, sql));
      return Number(rows[0]?.[0]);
    },

    /** Returns the files of some days, or of all, and their bytes. A month file counts whole. */
    size(first: string = '', last: string = '9') {
      const read = files.filter((file) => isOfDays(file, first, last));
      return { files: read.length, bytes: read.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) };
    },

    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Returns whether a file can hold records of some days. A month file can hold those of its month. */
export function isOfDays(file: string, first: string = '', last: string = '9'): boolean {
  const [, date = ''] = /=([\d-]+)/.exec(file) ?? [];
  return date >= first.slice(0, date.length) && date <= last;
}

const isNumber = (column: string) => (numberColumns as readonly string[]).includes(column);
const columns = lakeColumns.map((column) => `${column}: '${isNumber(column) ? 'INTEGER' : 'VARCHAR'}'`).join(', ');
const typed = lakeColumns.map((column) => `cast(null as ${isNumber(column) ? 'integer' : 'varchar'}) as ${column}`);
const names = lakeColumns.join(', ');

/** The condition for a line to be a record. */
export const isRecord = `coalesce(length(date) = 10 and try_cast(date as date) is not null and hour between 0 and 23 and site is not null and page is not null, false)`;

/** Returns the statements that make `lines` of the event files, and `events` of them and of the month files. */
function viewsOf(folder: string): string[] {
  const nothing = (column: string) => `select ${typed.join(', ')}, cast(null as varchar) as ${column} where false`;
  const has = (pattern: string) => globSync(pattern, { cwd: folder }).length > 0;
  const replaced = replacedFiles(folder).map((file) => sqlText(join(folder, file)));
  const lines = eventLines(sqlText(join(folder, eventFiles)));
  const left = replaced.length > 0 ? ` where filename not in (${replaced.join(', ')})` : '';
  const months = `read_parquet(${sqlText(join(folder, monthFiles))}, hive_partitioning = false, union_by_name = true)`;
  return [
    `create view lines as ${has(eventFiles) ? `select * from ${lines}${left}` : nothing('day')}`,
    `create view months as ${has(monthFiles) ? `select ${names}, date as day from ${months}` : nothing('day')}`,
    `create view events as select ${names}, day from lines where ${isRecord} union all select ${names}, day from months`,
  ];
}

/** Returns the source of the lines of event files. A line that is no JSON object gives a row of nulls. */
export const eventLines = (files: string) =>
  `read_json(${files}, format = 'newline_delimited', compression = 'gzip', ignore_errors = true, filename = true,
  hive_partitioning = true, hive_types = {day: 'VARCHAR'}, columns = {${columns}})`;

const settingsOf = (folder: string) => [
  'set enable_progress_bar = true',
  'set enable_progress_bar_print = false',
  "set temp_directory = ''",
  `set allowed_directories = [${sqlText(folder)}]`,
  'set enable_external_access = false',
  'set lock_configuration = true',
];

async function select(connection: DuckDBConnection, sql: string): Promise<AnswerTable> {
  const statements = await connection.extractStatements(sql);
  const statement = await statements.prepare(0);
  if (statements.count !== 1 || statement.statementType !== StatementType.SELECT)
    throw new Error('The lake is read-only. Ask one select.');
  const reader = await statement.runAndReadAll();
  return { columns: reader.deduplicatedColumnNames(), rows: reader.getRows().map((row) => row.map(cellOf)) };
}

function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** Runs a select, and turns an error of DuckDB into plain English. */
async function explained(run: () => Promise<AnswerTable>): Promise<AnswerTable> {
  try {
    return await run();
  } catch (error) {
    throw new Error(plainError(String((error as Error).message)));
  }
}

function plainError(message: string): string {
  const [first = ''] = message.split('\n\nLINE');
  const text = first.replace(/^(.*?\b(Error|Exception): )*/, '').replaceAll('\n', ' ');
  const damaged = /not a GZIP stream: (.*)$/.exec(text)?.[1];
  if (damaged) return `${damaged} is not a gzip file. Move it out of the lake, then ask again.`;
  if (text.includes('disabled by configuration')) return 'A select can read the lake only, and no other file.';
  if (/^(Referenced column|Table with name)/.test(text))
    return `${text.replace(/ (Did you mean|Candidate bindings).*/, '')} The table is "events". Its columns are day, ${names}.`;
  if (/out of memory/i.test(text)) return 'The answer needs more memory than this machine has. Ask for fewer days.';
  return `Your SQL does not run: ${text}`;
}
