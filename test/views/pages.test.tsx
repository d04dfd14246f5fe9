import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { Report } from '../../core/report/report.ts';
import { Pages } from '../../views/Pages.tsx';
import { emptyReport, linkTo } from './empty-report.ts';

const pageOf = (path: string, views: number, sources: Record<string, number> = {}): Report['pages'][number] => ({
  url: `https://a.example/${path}`,
  totals: { views, visitors: 0, visits: path === 'a' ? 1 : 0 },
  series: [],
  sources: new Map(Object.entries(sources)),
});
const htmlOf = (report: Partial<Report>) =>
  renderToString(<Pages report={{ ...emptyReport, ...report }} unit="day" prefix="a.example" linkTo={linkTo} />);

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
      '<th scope="col" class="number">Views</th>' +
        '<th scope="col" class="number is-hidden-mobile">Entrances</th>' +
        `${column('x')}${column('y')}${column('z')}</tr></thead><tbody>` +
        `<tr>${name('a', 100)}<td>1,234</td><td class="is-hidden-mobile">1</td>` +
        '<td class="of-source">1,000</td><td class="of-source">2</td><td class="of-source"></td></tr>' +
        `<tr>${name('b', 1)}<td>1</td><td class="is-hidden-mobile">0</td>` +
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
  assert.match(html, /<th scope="col" class="number">Entrances<\/th><th [^>]*>Views</);
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
  assert.match(html, /<p>2 more pages in the CSV\.<\/p>/);
});
