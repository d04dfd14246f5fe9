import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { type PageList, wholeList } from '../../core/report/page-list.ts';
import type { Report } from '../../core/report/report.ts';
import { Pages } from '../../views/Pages.tsx';
import { emptyReport, linkTo } from './empty-report.ts';

const pageOf = (path: string, views: number, sources: Record<string, number> = {}): Report['pages'][number] => ({
  url: `https://a.example/${path}`,
  totals: { views, visitors: 0, visits: path === 'a' ? 1 : 0 },
  series: [],
  sources: new Map(Object.entries(sources)),
});
const htmlOf = (report: Partial<Report>, list: Partial<PageList> = {}) =>
  renderToString(
    <Pages
      {...{ report: { ...emptyReport, ...report }, list: { ...wholeList, ...list } }}
      {...{ unit: 'day', prefix: 'a.example', linkTo }}
    />,
  );

test('the list of pages has a column for each metric above zero and for each of the three best sources', () => {
  const html = htmlOf({
    pages: [pageOf('a', 1234, { x: 1000, w: 1, y: 2 }), pageOf('b', 1)],
    sources: ['x', 'y', 'z', 'w'].map((name, i) => ({ name, count: 9 - i })),
  });
  const column = (source: string) =>
    `<th scope="col" class="number of-source" dir="auto" title="${source}">${source}</th>`;
  const name = (path: string, width: number) =>
    `<th scope="row" class="page-cell w${width}"><a href="?period=7d&amp;page=https%3A%2F%2Fa.example%2F${path}" dir="auto">/${path}</a></th>`;
  assert.ok(
    html.includes(
      '<th scope="col" class="number" aria-sort="descending"><a href="?period=7d&amp;order=asc#pages">Views</a></th>' +
        '<th scope="col" class="number not-phone"><a href="?period=7d&amp;sort=visits#pages">Entrances</a></th>' +
        `${column('x')}${column('y')}${column('z')}</tr></thead><tbody>` +
        `<tr>${name('a', 100)}<td>1,234</td><td class="not-phone">1</td>` +
        '<td class="of-source">1,000</td><td class="of-source">2</td><td class="of-source"></td></tr>' +
        `<tr>${name('b', 1)}<td>1</td><td class="not-phone">0</td>` +
        '<td class="of-source"></td><td class="of-source"></td><td class="of-source"></td></tr></tbody>',
    ),
    html,
  );
});

test('the chosen metric is the first column, and the bars are its share of the highest', () => {
  const visited = (path: string, views: number, visits: number) => ({
    ...pageOf(path, views),
    totals: { views, visits, visitors: 0 },
  });
  const html = htmlOf({ metric: 'visits', pages: [visited('a', 5, 4), visited('b', 9, 2)] });
  assert.match(html, /<h2>Entry pages<\/h2>/);
  assert.match(html, /<th scope="col" class="number" [^>]*><a [^>]*>Entrances<\/a><\/th><th [^>]*><a [^>]*>Views</);
  assert.match(html, /class="page-cell w100">.*?<td>4<\/td>.*?class="page-cell w50">.*?<td>2<\/td>/);
});

test('a long name of a page has its whole URL as a title', () => {
  const html = htmlOf({ pages: [pageOf('x'.repeat(90), 1)] });
  assert.ok(html.includes(`title="https://a.example/${'x'.repeat(90)}"`), html);
});

test('the list of pages shows a hundred, those past the tenth when asked, and says how many more there are', () => {
  const html = htmlOf({ pages: Array.from({ length: 102 }, (_, i) => pageOf(`${i + 1}`, 1000 - i)) });
  assert.match(html, /example%2F10" .*<summary>90 more<\/summary>.*example%2F11" /s);
  assert.match(html, /example%2F100" /);
  assert.doesNotMatch(html, /example%2F101/);
  assert.match(html, /<span>1 to 100 of 102<\/span><a href="\?period=7d&amp;skip=100" rel="next">/);
});

test('the list of pages goes on past a hundred', () => {
  const pages = Array.from({ length: 102 }, (_, i) => pageOf(`${i + 1}`, 1000 - i));
  const html = htmlOf({ pages }, { skip: 100 });
  assert.doesNotMatch(html, /example%2F100" /);
  assert.match(html, /example%2F101".*example%2F102"/);
  assert.match(html, /<a href="\?period=7d" rel="prev">.*<span>101 to 102 of 102<\/span><\/nav>/);
  assert.match(htmlOf({ pages }, { skip: 500 }), /<span>There are 102\.<\/span>/);
});

test('each page has its change in the metric, with words for what is new or the same', () => {
  const pages = [pageOf('a', 30), pageOf('b', 20), pageOf('c', 10)];
  const html = htmlOf({ pages: pages.map((page, i) => ({ ...page, previous: { views: [20, 0, 10][i] ?? 0 } })) });
  const changes = [...html.matchAll(/<td class="change (.*?)">(.*?)<\/td>/g)].map(([, kind, text]) => [kind, text]);
  assert.deepEqual(changes, [
    ['up', '50%'],
    ['same', 'new'],
    ['same', 'same'],
  ]);
  assert.match(html, /<a href="\?period=7d&amp;sort=change#pages">Change<\/a>/);
});

describe('the heading of a column sorts by it, and the next time the other way round', () => {
  const run = (name: string, list: Partial<PageList>, heading: RegExp) =>
    test(name, () => assert.match(htmlOf({ pages: [pageOf('a', 1)] }, list), heading));

  run('unsorted URLs', {}, /<th scope="col"><a href="\?period=7d&amp;sort=page#pages">URL</);
  run(
    'ascending URLs',
    { sort: 'page' },
    /aria-sort="ascending"><a href="[^"]*&amp;sort=page&amp;order=desc#pages">URL</,
  );
  run('descending URLs', { sort: 'page', order: 'desc' }, /aria-sort="descending"><a href="\?period=7d&amp;sort=page#/);
  run('ascending views', { order: 'asc' }, /aria-sort="ascending"><a href="\?period=7d#pages">Views</);
});

test('a search that finds no page leads back to all, and keeps its form', () => {
  const html = htmlOf({ pages: [] }, { search: '<x>' });
  assert.match(html, /No page contains “&lt;x>”\. <a href="\?period=7d">Show all pages<\/a>/);
  assert.match(
    html,
    /<input type="hidden" name="period" value="7d"\/><input [^>]*type="search" name="q" value="&lt;x>"/,
  );
});

test('the visitors of folders are at most those that are shown', () => {
  const folder = { ...pageOf('posts/*', 4), totals: { views: 4, visitors: 3, visits: 1 } };
  const html = htmlOf({ pages: [folder] }, { folders: true });
  assert.match(html, />Folder<.*>Visitors, at most</);
  assert.match(
    html,
    /<a href="\?period=7d">Pages<\/a><a href="\?period=7d&amp;folders=on" aria-current="true">Folders</,
  );
  assert.match(html, /page=https%3A%2F%2Fa\.example%2Fposts%2F\*"/);
});

test('there are links to folders only if a page is in one', () => {
  assert.doesNotMatch(htmlOf({ pages: [pageOf('a', 1), pageOf('?next=/x/', 1)] }), />Folders</);
  assert.match(htmlOf({ pages: [pageOf('a/b', 1)] }), />Folders</);
});

test('the first pages have their share of all', () => {
  const pages = Array.from({ length: 11 }, (_, i) => pageOf(`p${i}`, i === 0 ? 990 : 1));
  const html = htmlOf({ totals: { views: 1000 }, pages });
  assert.deepEqual(
    [...html.matchAll(/<td class="not-phone">([^<]*%)</g)].map(([, text]) => text),
    ['99%', ...Array.from({ length: 9 }, () => '<1%')].map((text) => text.replace('<', '&lt;')),
  );
});
