import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lakeReportOf } from '../../../core/lake/lake-report.ts';
import { maxNames } from '../../../core/lake/lake-select.ts';
import { parseQuery } from '../../../core/report/query.ts';

test('the URL of a page is that of its site on this machine, and on HTTPS elsewhere', () => {
  const sites = ['localhost:3001', 'www.blog.example.com'];
  const { scope } = parseQuery({ country: 'DE', os: 'iOS' }, sites, { today: '2026-11-25', since: undefined });
  const pageOf = (site: string) => ({ fits: 'true', site, page: '/a', views: '1', visits: '1' });
  const { pages } = lakeReportOf(
    ['blog.example.com', 'gone.example.com', 'localhost:3001'].map(pageOf),
    scope,
    sites,
  ).report;
  assert.deepEqual(
    pages.map(({ url }) => url),
    ['http://localhost:3001/a', 'https://gone.example.com/a', 'https://www.blog.example.com/a'],
  );
});

test('a page that has only events is not among those with views', () => {
  const { scope } = parseQuery({ device: 'mobile', os: 'iOS' }, ['blog.example.com'], {
    today: '2026-11-25',
    since: undefined,
  });
  const pageOf = (page: string, views: string, events: string) => ({
    ...{ fits: 'true', site: 'blog.example.com', page, views, visits: '0', events },
  });
  const { pages } = lakeReportOf([pageOf('/a', '1', '0'), pageOf('/form', '0', '2')], scope, [
    'blog.example.com',
  ]).report;
  assert.deepEqual(
    pages.map(({ url }) => url),
    ['https://blog.example.com/a'],
  );
});

test('an answer with as many names as it can hold says that some may be missing, also if many are pages read next', () => {
  const query = { page: 'https://blog.example.com/a', lake: 'on' };
  const { scope } = parseQuery(query, ['blog.example.com'], { today: '2026-11-25', since: undefined });
  const day = { fits: 'true', site: 'blog.example.com', date: '2026-11-25', views: '1', visits: '1' };
  const next = (i: number) => ({ follows: 'true', site: 'blog.example.com', page: `/${i}`, views: '1', visits: '0' });
  const isTruncated = (names: number) => {
    const rows = [
      day,
      { fits: 'true', country: 'DE', views: '1', visits: '1' },
      ...Array.from({ length: names - 1 }, (_, i) => next(i)),
    ];
    const { pagesTruncated, namesTruncated } = lakeReportOf(rows, scope, ['blog.example.com']).report;
    return [pagesTruncated, namesTruncated];
  };
  assert.deepEqual(isTruncated(maxNames - 1), [false, false]);
  assert.deepEqual(isTruncated(maxNames), [true, true]);
});
