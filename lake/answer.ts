import stringWidth from 'string-width';
import { csvOf } from '../transfer/export/guarded-csv.ts';

export type Cell = string | number | null;

/** What an engine answers to a select. */
export interface AnswerTable {
  columns: string[];
  rows: Cell[][];
}

export const answerFormats = ['table', 'csv', 'json'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** Returns an answer as a table for a terminal, as CSV without formulas, or as JSON objects. */
export function answerText({ columns, rows }: AnswerTable, format: AnswerFormat): string {
  if (format === 'csv')
    return csvOf([columns, ...rows.map((row) => row.map((cell) => cell ?? ''))]).replace(/\r\n$/, '');
  if (format === 'json') {
    const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], cell])));
    return `[${objects.map((object) => `\n  ${JSON.stringify(object)}`).join(',')}\n]`;
  }
  return tableOf({ columns, rows });
}

const maxTableRows = 200;
const maxCellLength = 60;

function tableOf({ columns, rows }: AnswerTable): string {
  if (rows.length === 0) return 'No rows.';
  const texts = rows.slice(0, maxTableRows).map((row) => row.map(shown));
  const titles = columns.map(shown);
  const widths = titles.map((title, i) => Math.max(...[title, ...texts.map((row) => row[i] ?? '')].map(widthOf)));
  const isNumber = titles.map((_, i) => rows.every((row) => typeof row[i] !== 'string'));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => padded(cell, widths[i] ?? 0, isNumber[i] === true))
      .join('  ')
      .trimEnd();
  const more = rows.length - texts.length;
  return [
    line(titles),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...texts.map(line),
    ...(more > 0 ? [`and ${more.toLocaleString('en')} more rows: --format csv prints all`] : []),
  ].join('\n');
}

// Strangers choose names. A terminal obeys control characters.
const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function shown(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return cell.toLocaleString('en', { maximumFractionDigits: 3 });
  const text = cell.replace(controls, '\ufffd');
  return text.length > maxCellLength ? `${text.slice(0, maxCellLength - 1).toWellFormed()}…` : text;
}

const widthOf = (text: string) => stringWidth(text);

function padded(text: string, width: number, isNumber: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isNumber ? space + text : text + space;
}
