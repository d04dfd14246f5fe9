import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Day } from '../../core/calendar/day.ts';
import { comparedSums, type Receipt } from '../../transfer/receipt.ts';
import { receiptText } from '../../transfer/receipt-text.ts';

test('a sum is equal if file, months and years agree, or if the file does not tell', () => {
  const run = (file: number | undefined, month: number, year: number, want: boolean) => {
    const totals = { month: new Map([['views', month]]), year: new Map([['views', year]]) };
    const told = new Map(file === undefined ? [] : [['views', file] as const]);
    assert.equal(comparedSums(told, totals)[0]?.isEqual, want, `${file}, ${month}, ${year}`);
  };
  run(3, 3, 3, true);
  run(undefined, 3, 3, true);
  run(2, 3, 3, false);
  run(3, 3, 2, false);
  run(3, 2, 3, false);
});

test('the sums are those of the whole site', () => {
  const totals = new Map([
    ...([
      ['views', 9],
      ['visitors', 8],
      ['site_visitors', 5],
      ['visits', 6],
      ['event_a', 2],
      ['event_b', 3],
    ] as const),
  ]);
  const sums = comparedSums(new Map(), { month: totals, year: totals });
  assert.deepEqual(
    sums.map(({ metric, stored }) => [metric, stored]),
    [
      ['views', 9],
      ['visitors', 5],
      ['visits', 6],
      ['events', 5],
    ],
  );
});

const receipt: Receipt = {
  ...{ name: 'a', tool: 'CSV', site: 'blog.example', timeZone: 'UTC', sums: [], lacks: [], isDryRun: false },
  ...{ files: ['\u001b[2Ja.csv'], days: ['2026-01-01'] },
  taken: {
    tables: new Map([[`${'x'.repeat(99)}\u001b]0;x`, { kept: 1, dropped: new Map([['spam', 2]]) }]]),
    ...{ hasHours: true, told: new Map(), leftOut: new Map() },
  },
};

test('names of files cannot change the terminal or the layout', () => {
  const text = receiptText(receipt, false);
  assert.ok(!text.includes('\u001b'));
  assert.match(text, /^…x{21} \]0;x {12}3 {11}1 {11}2$/m);
});

test('a receipt stays short, and its lines stay complete', () => {
  const tables = new Map(Array.from({ length: 99 }, (_, i) => [`t${i}`, { kept: 2, dropped: new Map([['spam', 1]]) }]));
  const gaps = new Set(Array.from({ length: 30 }, (_, i) => `20${10 + i}-01-01` as Day));
  const many = { ...receipt, taken: { ...receipt.taken, tables, leftOut: new Map([['counted live', gaps]]) } };
  const text = receiptText(many, false);
  assert.match(text, /^59 more +177 +118 +59$/m);
  assert.match(text.replace(/\n +/g, ' '), /counted live: 2010-01-01, .*2029-01-01, and 10 more$/m);
  assert.match(receiptText({ ...many, files: [...'abcdefgh'] }, false), /^Files +a, b, c, d, e, and 3 more$/m);
});

test('a receipt fits a terminal of 80 columns', () => {
  const files = Array.from({ length: 9 }, (_, i) => `goatcounter-export-blog-2026/table_${i}_20240301_20240302.csv`);
  const lacks = ['what '.repeat(30).trim()];
  const text = receiptText({ ...receipt, files, lacks }, false);
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
  assert.match(text.replace(/\n {11}/g, ' '), /table_4_20240301_20240302\.csv, and 4 more$/m);
});

test('a receipt of one day, or without sums, says no more than that', () => {
  assert.equal(
    receiptText({ ...receipt, files: ['a.csv'], taken: { ...receipt.taken, tables: new Map() } }, false),
    `Import     a, from CSV
Site       blog.example
File       a.csv
Days       2026-01-01 in UTC

Lines                               read        kept     dropped`,
  );
});
