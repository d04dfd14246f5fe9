import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { LakeRecord } from '../../core/lake/lake-record.ts';
import { compactCommand } from '../../lake/compact.ts';
import { madeLake } from './made-lake.ts';

const record = (date: LakeRecord['date']): LakeRecord => ({ date, hour: 7, site: 'blog.example.com', page: '/a' });
const records = [record('2026-09-30'), record('2026-10-01'), record('2026-10-31'), record('2026-11-01')];
const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Runs the command without what it prints. Returns the files that it leaves. */
async function compacted(args: string[], day: string, context: { mock: { method: typeof test.mock.method } }) {
  const folder = madeLake(records);
  const log = context.mock.method(console, 'log', () => {});
  await compactCommand(['--folder', folder, ...args], midnight(day));
  const told = log.mock.calls.map(({ arguments: [text] }) => String(text).replace(/[\d.]+ KB/g, '… KB'));
  return { told, files: globSync('{events,months}/*/*', { cwd: folder }).sort() };
}

test('all closed months are compacted, and the receipt says so', async (context) => {
  const { told, files } = await compacted([], '2026-11-03', context);
  assert.deepEqual(files, [
    'events/day=2026-11-01/a.gz',
    'months/month=2026-09/part-1.parquet',
    'months/month=2026-10/part-1.parquet',
  ]);
  assert.deepEqual(told, [
    '2026-09: 1 record in … KB, instead of 1 file with … KB. 0 generalized.',
    '2026-10: 2 records in … KB, instead of 2 files with … KB. 0 generalized.',
  ]);
});

test('a month is open until its last files have come', async (context) => {
  const { files } = await compacted([], '2026-11-02', context);
  assert.deepEqual(files.slice(0, 2), ['events/day=2026-10-01/a.gz', 'events/day=2026-10-31/a.gz']);
});

test('one month can be chosen', async (context) => {
  const { files } = await compacted(['--month', '2026-09'], '2026-11-25', context);
  assert.deepEqual(files.slice(-1), ['months/month=2026-09/part-1.parquet']);
  assert.equal(files.length, 4);
});

describe('a month that cannot be compacted is refused', () => {
  const run = (month: string, message: RegExp) =>
    test(month, (context) => assert.rejects(compacted(['--month', month], '2026-11-02', context), { message }));
  run('2026-11', /^2026-11 is not closed\. Compact it from the third day of the next month on\.$/);
  run('2026-10', /^2026-10 is not closed\./);
  run('2026-13', /^--month takes a month like 2026-10, not "2026-13"\.$/);
  run('../..', /^--month takes a month/);
});
