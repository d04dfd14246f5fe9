import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachLine } from '../../../transfer/files/lines.ts';
import { eachRow, hasColumns } from '../../../transfer/files/records.ts';
import { type Entry, UnreadableFile } from '../../../transfer/format.ts';
import { parseCount } from '../../../transfer/formats/parse-count.ts';
import { parseDay, parseTime } from '../../../transfer/formats/parse-time.ts';

/** Returns an entry whose bytes come in chunks of a size. */
function entryOf(content: string | Uint8Array, size = 7): Entry {
  const bytes = Buffer.from(content as string);
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
  }
  return { name: 'a.csv', head: bytes.subarray(0, 999).toString(), chunks };
}

async function rowsOf(entry: Entry, columns: string[]) {
  const rows: unknown[] = [];
  await eachRow(entry, columns, (row, line) => rows.push([line, ...columns.map((column) => row[column])]));
  return rows;
}

async function linesOf(entry: Entry) {
  const lines: unknown[] = [];
  await eachLine(entry, (line, number) => lines.push([number, line]));
  return lines;
}

test('lines end with LF or CRLF, the last with nothing', async () => {
  assert.deepEqual(await linesOf(entryOf('one\r\n\nthrée')), [
    [1, 'one'],
    [2, ''],
    [3, 'thrée'],
  ]);
  assert.deepEqual(await linesOf(entryOf('one\n')), [[1, 'one']]);
});

test('UTF-16 and invalid UTF-8 are decoded', async () => {
  assert.deepEqual(await linesOf(entryOf(Buffer.from('\ufeffä\nb', 'utf16le'))), [
    [1, 'ä'],
    [2, 'b'],
  ]);
  assert.deepEqual(await linesOf(entryOf(Buffer.from([0x61, 0xff, 0x0a]))), [[1, 'a\ufffd']]);
});

test('columns are found by name, in any order and case, with a BOM, quotes and CRLF', async () => {
  const csv = '\ufeff"Date","unknown","page"\r\n2026-01-01,?,"/a,""b"""\r\n2026-01-02,?,\\N\r\n';
  assert.deepEqual(await rowsOf(entryOf(csv), ['page', 'date', 'missing']), [
    [2, '/a,"b"', '2026-01-01', ''],
    [3, '', '2026-01-02', ''],
  ]);
});

test('semicolons and tabs separate fields, too', async () => {
  assert.deepEqual(await rowsOf(entryOf('a;b\n1,5;2\n'), ['a', 'b']), [[2, '1,5', '2']]);
  assert.deepEqual(await rowsOf(entryOf('a\tb\n1\t2\n'), ['a', 'b']), [[2, '1', '2']]);
});

test('a header is recognized by its columns', () => {
  assert.equal(hasColumns(entryOf('"A", b,c\n1,2,3'), 'a', 'B'), true);
  assert.equal(hasColumns(entryOf('a,c\n'), 'a', 'b'), false);
  assert.equal(hasColumns(entryOf('"not closed\n'), 'a'), false);
});

const rejects = (work: Promise<unknown>, message: RegExp) =>
  assert.rejects(work, (error) => error instanceof UnreadableFile && message.test(error.message));

test('a cut CSV is refused with the line', async () => {
  await rejects(rowsOf(entryOf('a,b\n1,2\n3'), ['a']), /^a\.csv, line 3: the line has 1 of 2 fields\. .*cut/);
  await rejects(rowsOf(entryOf('a,b\n1,"2'), ['a']), /^a\.csv, line 2: a quote has no end\. The file is cut/);
});

test('a line of 100 MB is refused after its first megabyte', async () => {
  let sent = 0;
  async function* chunks() {
    yield Buffer.from('a,b\n1,');
    for (; sent < 100; sent++) yield Buffer.alloc(1_000_000, 'x');
  }
  const long = { name: 'a.csv', head: 'a,b\n', chunks };
  await rejects(rowsOf(long, ['a']), /^a\.csv, line 2: the line has more than 1 MB/);
  await rejects(linesOf(long), /^a\.csv, line 2: the line has more than 1 MB/);
  assert.ok(sent < 10, `${sent} MB were read`);
});

test('a refusal within a row gets the name of the file and the line', async () => {
  const reading = eachRow(entryOf('n\n1\n-2\n'), ['n'], ({ n }) => void parseCount(n));
  await rejects(reading, /^a\.csv, line 3: "-2" is not a whole number from 0/);
});

test('times have a zone or are in UTC', () => {
  const run = (text: string, want: string) => assert.equal(new Date(parseTime(text)).toISOString(), want);
  run('2026-11-25 10:20:30', '2026-11-25T10:20:30.000Z');
  run('2026-11-25T10:20:30.123456+02:00', '2026-11-25T08:20:30.123Z');
  run('2026-11-25T10:20Z', '2026-11-25T10:20:00.000Z');
  run('2026-11-25 10:20:30.5 UTC', '2026-11-25T10:20:30.500Z');
  run('2026-11-25 10:20:30+0530', '2026-11-25T04:50:30.000Z');
  for (const text of ['', '2026-02-30 10:00:00', '2026-11-25 25:00:00', '25/11/2026', '=1+1', '99999-01-01 00:00:00'])
    assert.throws(() => parseTime(text), /is not a time like/, text);
});

test('days are written with dashes or without', () => {
  assert.equal(parseDay('2026-11-25'), '2026-11-25');
  assert.equal(parseDay('20261125'), '2026-11-25');
  for (const text of ['2026-02-30', '20261301', '']) assert.throws(() => parseDay(text), /is not a day like/, text);
});

test('counts are whole numbers that can be added', () => {
  assert.equal(parseCount('12'), 12);
  assert.equal(parseCount('12.0'), 12);
  assert.equal(parseCount(''), 0);
  for (const text of ['-1', '1e9', '1234567890123', '=1+1', 'NaN'])
    assert.throws(() => parseCount(text), /not a whole number/, text);
});
