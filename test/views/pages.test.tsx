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
    `<th scope="col" class="number wide-only"><bdi class="source" title="${source}">${source}</bdi></th>`;
  const name = (path: string) =>
    `<a href="?period=7d&amp;page=https%3A%2F%2Fa.example%2F${path}" title="https://a.example/${path}"><bdi>/${path}</bdi></a>`;
  const open = (path: string) =>
    `<td class="number"><a class="open" href="https://a.example/${path}" rel="noreferrer" title="Open this page" aria-label="Open https://a.example/${path}">↗</a></td>`;
  const lineOnPhones =
    '<p class="is-size-7 not-wide"><span class="pair"><bdi>x</bdi> 1,000</span> <span class="pair"><bdi>y</bdi> 2</span></p>';
  assert.ok(
    html.includes(
      '<th scope="col" class="number">Views</th>' +
        '<th scope="col" class="number is-hidden-mobile">Entrances</th>' +
        `${column('x')}${column('y')}${column('z')}</tr></thead><tbody>` +
        `<tr><td class="number is-hidden-mobile">1</td><td class="page-cell">${name('a')}${lineOnPhones}</td>${open('a')}` +
        '<td class="number">1,234</td><td class="number is-hidden-mobile">1</td>' +
        '<td class="number wide-only">1,000</td><td class="number wide-only">2</td><td class="number wide-only"></td></tr>' +
        `<tr><td class="number is-hidden-mobile">2</td><td class="page-cell">${name('b')}</td>${open('b')}` +
        '<td class="number">1</td><td class="number is-hidden-mobile">0</td>' +
        '<td class="number wide-only"></td><td class="number wide-only"></td><td class="number wide-only"></td></tr></tbody>',
    ),
    html,
  );
});

test('the list of pages shows a hundred, those past the tenth when asked, and says how many more there are', () => {
  const html = htmlOf({ pages: Array.from({ length: 102 }, (_, i) => pageOf(`${i + 1}`, 1000 - i)) });
  assert.match(
    html,
    /title="https:\/\/a\.example\/10">.*<summary>90 more<\/summary>.*title="https:\/\/a\.example\/11">/s,
  );
  assert.match(html, /title="https:\/\/a\.example\/100">/);
  assert.doesNotMatch(html, /a\.example\/101/);
  assert.match(html, /<p>2 more pages in the CSV\.<\/p>/);
});
