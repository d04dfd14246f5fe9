import { stringify } from 'csv-stringify/sync';

/**
 * Returns rows as CSV. Texts that a spreadsheet would take for formulas get an apostrophe before them. So do texts that begin
 * with one, so that `unguarded` can take it away again.
 */
export const csvOf = (rows: (string | number)[][]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' && cell.startsWith("'") ? `'${cell}` : cell))),
    { escape_formulas: true, record_delimiter: 'windows' },
  );

/** Returns the text that became a cell of `csvOf`. */
export const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);
