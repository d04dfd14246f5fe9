import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SummaryDate } from '../../core/report/parts.ts';
import { exportParts, parseDates, partText, queryOfPart } from '../../transfer/export/export-parts.ts';

const cut = (sizes: Record<string, number>) =>
  exportParts(Object.entries(sizes) as [SummaryDate, number][], 10).map(partText);

test('an export that fits is one part, which needs no query', () => {
  const parts = exportParts(
    [
      ['2026-11-01', 4],
      ['2026-11-02', 6],
    ],
    10,
  );
  assert.deepEqual(
    parts.map((part) => queryOfPart(part, 1, parts.length)),
    [{}],
  );
  assert.deepEqual(cut({}), ['']);
});

test('parts follow the dates, and none is longer than an answer', () => {
  assert.deepEqual(cut({ '2026-10-30': 4, '2026-10-31': 5, '2026-11-01': 2, '2026-11-02': 8, '2026-10': 1 }), [
    '2026-10-30 to 2026-10-31',
    '2026-11-01 to 2026-11-02',
    '2026-10',
  ]);
});

test('a flooded date is cut by its pages', () => {
  assert.deepEqual(cut({ '2026-11-01': 1, '2026-11-02': 25, '2026-11-03': 1, '2026-11-04': 1 }), [
    '2026-11-01',
    ...['2026-11-02, pages 1 of 3', '2026-11-02, pages 2 of 3', '2026-11-02, pages 3 of 3'],
    '2026-11-03 to 2026-11-04',
  ]);
});

test('the query of a part means its dates and no others', () => {
  const dates: SummaryDate[] = ['2026-10-31', '2026-11-01', '2026-11-05', '2026-10', '2025'];
  const { dates: text = '' } = queryOfPart({ dates }, 1, 2);
  assert.equal(text, '2025..2025,2026-10..2026-10,2026-10-31..2026-11-01,2026-11-05..2026-11-05');
  const isAsked = parseDates(text);
  for (const date of [...dates, '2026-11-02', '2026-11', '2026', '2026-10-30'] as SummaryDate[])
    assert.equal(isAsked?.(date), dates.includes(date), date);
});
