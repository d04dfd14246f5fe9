import { type ReportColumn, reportColumn } from '../foreign-names/report-columns.ts';
import { type Entry, UnreadableFile } from '../format.ts';

/** A table of a report, which may have several. */
export interface ReportTable {
  /** What its labels are. Undefined if they cannot be counted. */
  kind: TableKind | undefined;
  number: number;
  columns: Columns;
}
/** What each column of a table holds. Undefined if it is unknown. */
export type Columns = (ReportColumn | undefined)[];
/** The cells of a line that are known. */
export type ReportCells = { [Column in ReportColumn]?: string };

/** Returns what columns hold, by their titles. */
export const columnsOf = (values: string[]) => values.map((title) => reportColumn(title));

const numberColumns: Columns = ['views', 'users', 'sessions', 'engaged'];
const isNumber = (column: ReportColumn | undefined) => column !== undefined && numberColumns.includes(column);

/** Returns whether titles are the header of a table that can be read. */
export const isDated = (columns: Columns) =>
  (columns.includes('date') || columns.includes('hour')) && columns.some(isNumber);

/** Returns the headers in the first 64 KB of an entry. */
export const headersIn = ({ head }: Entry) =>
  head
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => columnsOf(line.split(/[,;\t]/).map((title) => title.replaceAll('"', ''))))
    .filter((columns) => columns.some(isNumber) && columns.some((column) => column !== undefined && !isNumber(column)));

/** Returns the columns that are no numbers. Unknown ones are labels if they stand before the first number. */
export function labelsOf(columns: Columns): Columns {
  const end = columns.findIndex(isNumber);
  return columns.filter((column, i) =>
    column === undefined ? i < end : !isNumber(column) && !['date', 'hour', 'host'].includes(column),
  );
}

/** The columns that name visits by themselves. */
const namedColumns = ['country', 'device', 'browser', 'os', 'language'] as const satisfies ReportColumn[];
export type NamedColumn = (typeof namedColumns)[number];
export type TableKind = 'dates' | 'pages' | 'landing pages' | 'sources' | NamedColumn;

/** Returns what the labels of a table are. */
export function kindOfTable(columns: Columns): TableKind | undefined {
  if (!isDated(columns)) return undefined;
  const labels = labelsOf(columns);
  if (labels.length === 0) return 'dates';
  if (labels.includes('page')) return 'pages';
  if (!columns.includes('sessions')) return undefined;
  if (labels.includes('landingPage')) return 'landing pages';
  if (labels.includes('source') || labels.includes('sourceAndMedium')) return 'sources';
  return labels.length === 1 ? namedColumns.find((column) => column === labels[0]) : undefined;
}

/** Returns the cells that are known, by their column. Throws `UnreadableFile` if the line is cut. */
export function reportCells({ columns }: ReportTable, values: string[]): ReportCells {
  const cells: ReportCells = {};
  for (const [i, column] of columns.entries()) if (column !== undefined) cells[column] ??= values[i]?.trim() ?? '';
  if (values.length < columns.length && hasDate(cells))
    throw new UnreadableFile(`the line has ${values.length} of ${columns.length} fields. Export the file again.`);
  return cells;
}

/** Returns whether a line has a date. Totals have none. */
export const hasDate = ({ date, hour }: ReportCells) => /^\d/.test(date ?? hour ?? '');
