import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addUpFolders, isShownBy } from '../../../core/report/folders.ts';
import type { Page } from '../../../core/report/report.ts';

const site = 'https://blog.example.com';
const page = (path: string, views: number): Page => ({
  url: site + path,
  totals: { views, visits: 1 },
  series: [views, 0],
  sources: new Map([['mail', views]]),
});

describe('a filter by page shows', () => {
  const run = (filter: string, path: string, want: boolean) =>
    test(`${filter} shows ${want ? '' : 'not '}${path}`, () =>
      assert.equal(isShownBy(site + filter)(site + path), want));

  run('/blog', '/blog', true);
  run('/blog', '/blog/a', false);
  run('/blog/*', '/blog', true);
  run('/blog/*', '/blog/a', true);
  run('/blog/*', '/blog/a/b', true);
  run('/blog/*', '/blogs', false);
  run('/blog/*', '/', false);
  run('/*', '/', true);
  run('/*', '/?p=12', true);
});

describe('folders add up', () => {
  const run = (name: string, paths: string[], within: string | undefined, want: [string, number][]) =>
    test(name, () => {
      const added = addUpFolders(
        paths.map((path) => page(path, 2)),
        within && site + within,
      );
      assert.deepEqual(
        added.map(({ url, totals }) => [url.slice(site.length), totals.views]),
        want,
      );
    });

  run('the pages below them', ['/blog/a', '/blog/b/c', '/about', '/'], undefined, [
    ['/blog/*', 4],
    ['/about', 2],
    ['/', 2],
  ]);
  run('the page of their own name, wherever it stands', ['/blog', '/blog/a'], undefined, [['/blog/*', 4]]);
  run('inside a folder, those of the next level', ['/2026/10/a', '/2026/11/b', '/2026/x', '/2026'], '/2026/*', [
    ['/2026/10/*', 2],
    ['/2026/11/*', 2],
    ['/2026/x', 2],
    ['/2026', 2],
  ]);
  run('no query that has a slash', ['/?next=/a/b', '/p?x=1/2'], undefined, [
    ['/?next=/a/b', 2],
    ['/p?x=1/2', 2],
  ]);
  run('no page of an empty folder name', ['//a'], undefined, [['//a', 2]]);

  test('all numbers, points and sources of their pages', () => {
    const [folder] = addUpFolders([page('/blog/a', 2), page('/blog/b', 3)]);
    assert.deepEqual(folder, {
      url: `${site}/blog/*`,
      totals: { views: 5, visits: 2 },
      series: [5, 0],
      sources: new Map([['mail', 5]]),
    });
  });

  test('pages of several sites apart, and (other) by itself', () => {
    const of = (url: string): Page => ({ url, totals: { views: 1 }, series: [], sources: new Map() });
    const urls = ['https://a.example/x/1', 'https://b.example/x/2', '(other)'];
    assert.deepEqual(
      addUpFolders(urls.map(of)).map(({ url }) => url),
      ['https://a.example/x/*', 'https://b.example/x/*', '(other)'],
    );
  });
});
