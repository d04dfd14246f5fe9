import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Metrics } from '../../../core/report/report.ts';
import { rounded } from '../../../core/report/rounded.ts';
import { emptyReport } from '../../views/empty-report.ts';

test('leaves out a page that has nothing left, but none where events happened', () => {
  const page = (url: string, totals: Metrics) => ({ url, totals, series: [], sources: new Map() });
  const pages = [
    page('/a', { views: 1.6 }),
    page('/b', { views: 0.4 }),
    page('/c', { views: 0.4, events: 1.2 }),
    page('/d', { views: 0.4, events: 0.4 }),
  ];
  assert.deepEqual(
    rounded({ ...emptyReport, pages }).pages.map(({ url, totals }) => [url, totals]),
    [
      ['/a', { views: 2 }],
      ['/c', { views: 0, events: 1 }],
    ],
  );
});
