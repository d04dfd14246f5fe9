import { styleText } from 'node:util';
import type { Day } from '../core/calendar/day.ts';
import { addAll } from '../core/counters/counter-sums.ts';
import { runsOf } from '../core/report/parts.ts';
import { printable } from '../deploy/doctor/finding.ts';
import type { ComparedMetric } from './compared-metrics.ts';
import type { TableCount, Taken } from './days/taken.ts';
import type { Receipt } from './receipt.ts';
import { runText } from './run-text.ts';

const labels: Record<ComparedMetric, string> = {
  views: 'Views',
  visitors: 'Daily visitors, added up',
  visits: 'Visits',
  events: 'Events',
};

const filesShown = 5;
const tablesShown = 40;
const runsShown = 20;
const lineLength = 80;
const rowLength = 64;
const number = (count: number) => count.toLocaleString('en-US');
type Style = Parameters<typeof styleText>[0];

/** Returns a receipt as lines of text, with colours or without. */
export function receiptText(receipt: Receipt, hasColours: boolean): string {
  const style = (format: Style, text: string) =>
    hasColours ? styleText(format, text, { validateStream: false }) : text;
  const { name, tool, site, timeZone, files, days, isDryRun } = receipt;
  const fact = (label: string, text: string) => `${style('bold', label.padEnd(11))}${wrapped(text, 11)}`;
  const list = (title: string, texts: readonly string[]) =>
    texts.length > 0 ? [style('bold', title), ...texts.map((text) => `  ${wrapped(text, 2)}`)] : [];
  const sections = [
    [
      fact('Import', `${name}, from ${tool}`),
      fact('Site', site || 'none: hits that name no page of a site'),
      fact(files.length === 1 ? 'File' : 'Files', listOf(files, filesShown)),
      fact('Days', days.length === 0 ? 'none' : `${daysText(days)} in ${timeZone}`),
    ],
    tableLines(receipt, style),
    sumLines(receipt, style),
    list('Days left out', daysLeftOut(receipt)),
    list('What this export does not have', receipt.lacks),
    list('Settings that differ', receipt.differing ?? []),
    isDryRun ? [style('yellow', 'Nothing was written: this was a dry run.')] : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const daysText = (days: Day[]): string =>
  days.length === 1 ? `${days[0]}` : `${days[0]} to ${days.at(-1)}: ${number(days.length)} days`;

/** Breaks a text between words into lines that fit. All but the first begin with spaces. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && indent + line.length + 1 + word.length <= lineLength)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

type Styled = (format: Style, text: string) => string;

/** Lays out a row: a label, and numbers below each other. */
function row(label: string, cells: string[]): string {
  const width = 12;
  const space = rowLength - width * cells.length;
  const start = `${label.match(/^ */)?.[0] ?? ''}${shortened(label, space - 1)}`.padEnd(space);
  return start + cells.map((cell) => ` ${cell}`.padStart(width)).join('');
}

/** Returns the end of a long name: files of one folder differ there. */
function shortened(label: string, most: number): string {
  const letters = [...printable(label, Number.POSITIVE_INFINITY)];
  return letters.length > most ? `…${letters.slice(1 - most).join('')}` : letters.join('');
}

/** Lists the first of some texts, and how many follow. They may be from an archive of anybody's. */
function listOf(texts: string[], shown: number): string {
  const more = texts.length > shown ? [`and ${number(texts.length - shown)} more`] : [];
  return [...texts.slice(0, shown).map((text) => printable(text, 60)), ...more].join(', ');
}

function tableLines({ taken }: Receipt, style: Styled): string[] {
  const lines = [style('bold', row('Lines', ['read', 'kept', 'dropped']))];
  for (const [table, { kept, dropped }] of shownTables(taken.tables)) {
    const reasons = [...dropped].sort(([, a], [, b]) => b - a);
    const sum = reasons.reduce((all, [, count]) => all + count, 0);
    lines.push(row(table, [number(kept + sum), number(kept), number(sum)]));
    for (const [reason, count] of reasons) lines.push(style('dim', row(`  ${reason}`, [number(count)])));
  }
  return lines;
}

/** Returns the first tables, and the others as one. */
function shownTables(tables: Taken['tables']): [string, TableCount][] {
  const all = [...tables];
  if (all.length <= tablesShown) return all;
  const rest: TableCount = { kept: 0, dropped: new Map() };
  for (const [, { kept, dropped }] of all.slice(tablesShown)) {
    rest.kept += kept;
    addAll(rest.dropped, dropped);
  }
  return [...all.slice(0, tablesShown), [`${number(all.length - tablesShown)} more`, rest]];
}

function sumLines({ sums, isDryRun }: Receipt, style: Styled): string[] {
  const shown = sums.filter(({ file = 0, stored }) => file + stored > 0);
  if (shown.length === 0) return [];
  const lines = [style('bold', row('Sums', ['in the file', isDryRun ? 'to store' : 'stored', '']))];
  for (const { metric, file, stored, isEqual } of shown) {
    const cells = [file === undefined ? 'not told' : number(file), number(stored)];
    const verdict = file === undefined && isEqual ? '' : isEqual ? 'equal' : 'not equal';
    lines.push(row(labels[metric], [...cells, '']).trimEnd() + style(isEqual ? 'green' : 'red', verdict.padStart(12)));
  }
  return lines.map((line) => line.trimEnd());
}

const daysLeftOut = ({ taken }: Receipt): string[] =>
  [...taken.leftOut].map(([reason, days]) => {
    return `${reason}: ${listOf(runsOf([...days]).map(runText), runsShown)}`;
  });
