import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { type Entry, UnreadableFile } from '../format.ts';
import { at, maxLineBytes, tooLong } from './lines.ts';
import { utf8Of } from './utf8.ts';

const options = (head: string) => ({
  delimiter: delimiterOf(head),
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
});

/**
 * Passes the records of a CSV to `onRecord`, header included, with the number of the line that they end on. Fields are
 * separated by commas, semicolons or tabs. Throws `UnreadableFile` if the CSV is cut or broken.
 */
export async function eachRecord(entry: Entry, onRecord: (values: string[], line: number) => void): Promise<void> {
  const parser = parse({
    ...options(entry.head),
    max_record_size: maxLineBytes,
    on_record(values: string[], { lines }) {
      at(entry, lines, () => onRecord(values, lines));
      return undefined;
    },
  });
  try {
    await pipeline(Readable.from(utf8Of(entry)), parser, async (records) => {
      for await (const _ of records);
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines);
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw tooLong(entry, line);
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw new UnreadableFile(`${entry.name}, line ${line}: a quote has no end. The file is cut: export it again.`);
    throw new UnreadableFile(`${entry.name}, line ${line}: ${error.message}. Export the file again.`);
  }
}

/** The fields of a record by the name of their column. A field is empty if it is null or its column is missing. */
export type Row<Column extends string> = Record<Column, string>;

/**
 * Passes the rows of a CSV to `onRow`. The first record names the columns, in any order. Columns that are not asked for are
 * ignored. A field `\N` is null. Throws `UnreadableFile` if a row has fewer fields than columns.
 */
export async function eachRow<Column extends string>(
  entry: Entry,
  columns: readonly Column[],
  onRow: (row: Row<Column>, line: number) => void,
): Promise<void> {
  let rowOf: ((values: string[]) => Row<Column>) | undefined;
  await eachRecord(entry, (values, line) => {
    if (rowOf) onRow(rowOf(values), line);
    else rowOf = rowReader(values, columns);
  });
}

/** Returns what turns the records below a header into rows. */
export function rowReader<Column extends string>(header: string[], columns: readonly Column[]) {
  const names = header.map(columnName);
  const places = columns.map((column) => [column, names.indexOf(column.toLowerCase())] as const);
  return (values: string[]): Row<Column> => {
    if (values.length < header.length)
      throw new UnreadableFile(
        `the line has ${values.length} of ${header.length} fields. The file may be cut: export it again.`,
      );
    const row = {} as Row<Column>;
    for (const [column, place] of places) {
      const value = values[place] ?? '';
      row[column] = value === '\\N' ? '' : value;
    }
    return row;
  };
}

/** Returns the names of a CSV's columns in lower case, or none if its first line is no header. */
export function headerOf({ head }: Pick<Entry, 'head'>): string[] {
  const end = head.indexOf('\n');
  const line = end === -1 ? head : head.slice(0, end);
  try {
    const [header = []]: string[][] = parseAtOnce(line, { ...options(head), to: 1 });
    return header.map(columnName);
  } catch {
    return [];
  }
}

/** Returns whether a CSV has all of these columns. */
export function hasColumns(entry: Pick<Entry, 'head'>, ...columns: string[]): boolean {
  const header = headerOf(entry);
  return columns.every((column) => header.includes(column.toLowerCase()));
}

const columnName = (text: string) => text.trim().toLowerCase();

/** Returns what separates most fields in the first line that is no comment. */
function delimiterOf(head: string): string {
  const line = head.split('\n').find((each) => each.trim() !== '' && !each.startsWith('#')) ?? '';
  const count = (character: string) => line.split(character).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}
