import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWith } from '../../../core/report/compare-with.ts';
import type { Count, Metrics, Page, Report } from '../../../core/report/report.ts';
import { emptyReport } from '../../views/empty-report.ts';

const page = (url: string, totals: Metrics): Page => ({ url, totals, series: [], sources: new Map() });
const report = (parts: Partial<Report>): Report => ({ ...emptyReport, ...parts });
const countries = (counts: Count[]) => report({ visitsBy: new Map([['country', counts]]) });

test('each name has its count in the earlier range, 0 if it is new', () => {
  const now = countries([
    { name: 'FR', count: 3 },
    { name: 'constructor', count: 1 },
  ]);
  const before = countries([
    { name: 'DE', count: 9 },
    { name: 'FR', count: 2 },
  ]);
  assert.deepEqual(compareWith(now, before).visitsBy.get('country'), [
    { name: 'FR', count: 3, previous: 2 },
    { name: 'constructor', count: 1, previous: 0 },
  ]);
});

test('each page has its totals in the earlier range, zeros if it is new', () => {
  const now = report({ pages: [page('/a', { views: 3, visits: 1 }), page('/b', { views: 1, visits: 1 })] });
  const before = report({ pages: [page('/a', { views: 7, visits: 2 }), page('/c', { views: 1 })] });
  assert.deepEqual(
    compareWith(now, before).pages.map(({ url, previous }) => [url, previous]),
    [
      ['/a', { views: 7, visits: 2 }],
      ['/b', { views: 0, visits: 0 }],
    ],
  );
});

test('sources, events, refused hits and bots have their earlier counts', () => {
  const lists = ['sources', 'events', 'refusals', 'bots'] as const;
  const of = (count: number) => report(Object.fromEntries(lists.map((list) => [list, [{ name: list, count }]])));
  const compared = compareWith(of(5), of(4));
  for (const list of lists) assert.deepEqual(compared[list], [{ name: list, count: 5, previous: 4 }]);
});

test('each site has its totals in the earlier range', () => {
  const of = (site: string, views: number) => ({ site, totals: { views }, series: [] });
  const now = report({ sites: [of('a.example', 3), of('b.example', 1)] });
  assert.deepEqual(
    compareWith(now, report({ sites: [of('a.example', 2)] })).sites.map(({ previous }) => previous),
    [{ views: 2 }, { views: 0 }],
  );
});

test('a site without counts now comes last, with what it had', () => {
  const of = (site: string, views: number) => ({ site, totals: { views }, series: [views] });
  const now = report({ sites: [of('a.example', 3)], series: [{ date: '2026-11-20', count: 3 }] });
  assert.deepEqual(compareWith(now, report({ sites: [of('b.example', 9), of('a.example', 2)] })).sites, [
    { ...of('a.example', 3), previous: { views: 2 } },
    { ...of('b.example', 0), previous: { views: 9 } },
  ]);
});

test('what an earlier report had to drop is unknown', () => {
  const now = report({ pages: [page('/a', { views: 1 })], sources: [{ name: 'x', count: 1 }] });
  const compared = compareWith(now, report({ pagesTruncated: true, namesTruncated: true }));
  assert.deepEqual([compared.pages, compared.sources], [now.pages, now.sources]);
});

test('without an earlier report, nothing has an earlier count', () => {
  const now = report({ sources: [{ name: 'x', count: 1 }] });
  assert.equal(compareWith(now, undefined), now);
});
