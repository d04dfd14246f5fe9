import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvRows } from '../../views/csv-rows.ts';
import { emptyReport } from './empty-report.ts';

test('a table says in its last row that others are missing, because the report or the answer has no room', () => {
  const page = (url: string) => ({ url, totals: { views: 1 }, series: [], sources: new Map() });
  const lastOf = (pages: ReturnType<typeof page>[], pagesTruncated: boolean) =>
    csvRows('pages', { ...emptyReport, pages, pagesTruncated }, undefined).at(-1);
  const long = Array.from({ length: 3_000 }, (_, i) => page(`https://blog.example.com/${'x'.repeat(900)}${i}`));
  assert.deepEqual(lastOf([page('/a')], false), ['/a', 1, '']);
  assert.deepEqual(lastOf([page('/a')], true), ['(truncated)']);
  assert.deepEqual(lastOf(long, false), ['(truncated)']);
});
