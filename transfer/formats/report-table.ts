import type { Audience } from '../../core/collect/audience.ts';
import { audienceNames } from '../foreign-names/audience-named.ts';
import { type ReportColumn, reportColumn } from '../foreign-names/report-columns.ts';
import type { Entry } from '../format.ts';

/** A table of a report, which may have several. */
export interface ReportTable {
  /** What its labels are. Undefined if they cannot be counted. */
  kind: TableKind | undefined;
  number: number;
  columns: Columns;
}
/** What each column of a table holds. Undefined if it is unknown. */
export type Columns = (ReportColumn | undefined)[];

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
const namedColumns = Object.keys(audienceNames) as (keyof Audience)[];
export type TableKind = 'dates' | 'pages' | 'landing pages' | 'sources' | keyof Audience;

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
