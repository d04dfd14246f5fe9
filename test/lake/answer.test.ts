import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerText } from '../../lake/answer.ts';

const answer = {
  columns: ['page', 'views', 'percent'],
  rows: [
    ['/a', 1234567, 99.9],
    ['/日本', 3, null],
  ],
};

test('a table aligns numbers to the right, and wide characters, too', () =>
  assert.equal(
    answerText(answer, 'table'),
    [
      'page       views  percent',
      '─────  ─────────  ───────',
      '/a     1,234,567     99.9',
      '/日本          3        –',
    ].join('\n'),
  ));

test('a table without rows says so', () => assert.equal(answerText({ columns: ['a'], rows: [] }, 'table'), 'No rows.'));

test('a table sends no control characters to the terminal', () => {
  const text = answerText({ columns: ['a\u001b[2J'], rows: [['\u001b]0;x\u0007\u202e\n']] }, 'table');
  assert.equal(text.replace(/\n/g, '').match(/[\p{Cc}\p{Cf}]/gu), null);
  assert.equal(text.split('\n').length, 3);
});

test('a long cell is cut, and many rows are', () => {
  const rows = Array.from({ length: 1201 }, () => ['x'.repeat(100)]);
  const lines = answerText({ columns: ['a'], rows }, 'table').split('\n');
  assert.equal(lines[2], `${'x'.repeat(59)}…`);
  assert.equal(lines.at(-1), 'and 1,001 more rows: --format csv prints all');
  assert.equal(lines.length, 203);
});

test('CSV has all rows, and no formulas', () => {
  const rows = [
    ['=1+1', 7, null],
    ['@x', -7, 'a,"b"'],
    ["'", 0, '\t'],
  ];
  assert.equal(
    answerText({ columns: ['a', '-b', 'c'], rows }, 'csv'),
    'a,\'-b,c\r\n\'=1+1,7,\r\n\'@x,-7,"a,""b"""\r\n\'\',0,\'\t',
  );
});

test('JSON has an object for each row', () => {
  assert.deepEqual(JSON.parse(answerText(answer, 'json')), [
    { page: '/a', views: 1234567, percent: 99.9 },
    { page: '/日本', views: 3, percent: null },
  ]);
  assert.equal(answerText({ columns: ['a'], rows: [] }, 'json'), '[\n]');
});
