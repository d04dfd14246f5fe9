import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { parseRange, type RangeQuery } from '../../core/report/range.ts';
import type { Count } from '../../core/report/report.ts';
import { Breakdowns } from '../../views/Breakdowns.tsx';
import { barHrefs } from '../../views/bar-hrefs.ts';
import { measures } from '../../views/measures.ts';
import { NotCounted } from '../../views/NotCounted.tsx';
import { SeriesTable } from '../../views/SeriesTable.tsx';
import type { SeriesBar } from '../../views/series-bars.ts';
import { emptyReport, linkTo } from './empty-report.ts';

describe('the table below the chart', () => {
  const run = (name: string, query: RangeQuery, bars: SeriesBar[], want: [string, string, string][]) =>
    test(name, () => {
      const today = '2026-11-21';
      const { range } = parseRange(query, { today, since: undefined });
      const hrefOf = barHrefs(range, today, linkTo);
      const html = renderToString(
        <SeriesTable bars={bars} unit={range.unit} measure={measures.views} hrefOf={hrefOf} />,
      );
      const row = ([date, now, before]: [string, string, string]) =>
        `<tr><th scope="row">${date}</th><td class="number">${now}</td><td class="number">${before}</td></tr>`;
      assert.ok(html.includes(`<tbody>${want.map(row).join('')}</tbody>`), html);
    });
  const bar = (date: string, count: number, previous: number, when: Partial<SeriesBar> = {}): SeriesBar => ({
    date,
    count,
    previous,
    isPartial: false,
    isFuture: false,
    ...when,
  });

  run(
    "the chart's table has a row for each day that leads to the day",
    { from: '2026-11-20' },
    [bar('2026-11-20', 0, 5), bar('2026-11-21', 1234, 0)],
    [
      ['<a href="?from=2026-11-20&amp;to=2026-11-20">2026-11-20</a>', '0', '5'],
      ['<a href="?from=2026-11-21&amp;to=2026-11-21">2026-11-21</a>', '1,234', '0'],
    ],
  );
  run(
    "the chart's table has a row for each month that leads to the month, or to this month so far",
    { from: '2024-02-01' },
    [bar('2024-02', 3, 2), bar('2026-11', 1, 0, { isPartial: true })],
    [
      ['<a href="?from=2024-02-01&amp;to=2024-02-29">2024-02</a>', '3', '2'],
      ['<a href="?period=month">2026-11</a>', '1', '0'],
    ],
  );
  run(
    "the chart's table has a row for each week that leads to its days in the range, or to this week so far",
    { from: '2026-11-05', by: 'week' },
    [bar('2026-11-02', 3, 2), bar('2026-11-09', 4, 0), bar('2026-11-16', 1, 0)],
    [
      ['<a href="?from=2026-11-05&amp;to=2026-11-08">Week of 2026-11-02</a>', '3', '2'],
      ['<a href="?from=2026-11-09&amp;to=2026-11-15">Week of 2026-11-09</a>', '4', '0'],
      ['<a href="?period=week">Week of 2026-11-16</a>', '1', '0'],
    ],
  );
  run(
    "the chart's table has a row for each year that leads to its days in the range",
    { from: '2019-03-01', to: '2026-11-20' },
    [bar('2019', 3, 2), bar('2020', 4, 0), bar('2026', 1, 0)],
    [
      ['<a href="?from=2019-03-01&amp;to=2019-12-31">2019</a>', '3', '2'],
      ['<a href="?from=2020-01-01&amp;to=2020-12-31">2020</a>', '4', '0'],
      ['<a href="?from=2026-01-01&amp;to=2026-11-20">2026</a>', '1', '0'],
    ],
  );
  run(
    "the chart's table leaves a bar empty that the earlier range does not have",
    { from: '2026-11-20' },
    [bar('2026-11-20', 0, 5), { ...bar('2026-11-21', 3, 0), previous: undefined }],
    [
      ['<a href="?from=2026-11-20&amp;to=2026-11-20">2026-11-20</a>', '0', '5'],
      ['<a href="?from=2026-11-21&amp;to=2026-11-21">2026-11-21</a>', '3', ''],
    ],
  );
  run(
    "the chart's table leaves the views of an hour to come empty",
    { period: 'today' },
    [bar('2026-11-21T13', 0, 2, { isPartial: true }), bar('2026-11-21T14', 0, 5, { isFuture: true })],
    [
      ['<span>13:00</span>', '0', '2'],
      ['<span>14:00</span>', '', '5'],
    ],
  );
});

describe('the lists of names', () => {
  const html = renderToString(
    <Breakdowns
      previous={emptyReport}
      prefix=""
      heatMap={undefined}
      notCounted={undefined}
      report={{
        ...emptyReport,
        totals: { visits: 4 },
        visitsBy: new Map([
          ['referrer', [{ name: '(direct)', count: 4 }]],
          ['source', [{ name: 'news', count: 1 }]],
          [
            'medium',
            [
              { name: 'mail', count: 1 },
              { name: '(none)', count: 1 },
            ],
          ],
        ]),
        events: [
          { name: 'signup', count: 3 },
          { name: '404', count: 1 },
        ],
      }}
      linkTo={linkTo}
    />,
  );
  const run = (name: string, title: string, rows: [string, string, string, string][]) =>
    test(name, () => {
      const row = ([label, kind, count, share]: [string, string, string, string]) =>
        `<tr${kind === 'rest' ? ' class="rest"' : ''}><th scope="row"${kind === 'rest' ? '' : ` class="${kind}"`}>${label}</th><td>${count}</td><td>${share}</td></tr>`;
      const [, pane = ''] = html.split(`<h2 class="for-readers">${title}</h2>`);
      assert.ok(pane.includes(`</thead><tbody>${rows.map(row).join('')}</tbody></table>`), pane);
    });

  run('a visit without a referrer has words in the list of referrers', 'Referrers', [
    ['<a href="?period=7d&amp;referrer=%28direct%29" dir="auto">Direct or unknown</a>', 'rest', '4', '100%'],
  ]);
  run('the list of sources has a row for visits without one, so that it sums to all visits', 'Sources', [
    ['<a href="?period=7d&amp;source=news" dir="auto">news</a>', 'w100', '1', '25%'],
    ['<span dir="auto">None</span>', 'rest', '3', '75%'],
  ]);
  run('visits whose medium is (none) are in the row of those without a medium', 'Mediums', [
    ['<a href="?period=7d&amp;medium=mail" dir="auto">mail</a>', 'w100', '1', '25%'],
    ['<span dir="auto">None</span>', 'rest', '3', '75%'],
  ]);
  run('the list of events has the share of each in all events', 'Events', [
    ['<a href="?period=7d&amp;event=signup" dir="auto">signup</a>', 'w100', '3', '75%'],
    ['<a href="?period=7d&amp;event=404" dir="auto">404</a>', 'w33', '1', '25%'],
  ]);

  test('lists have no change from a range in which nothing was counted', () => assert.doesNotMatch(html, /Change/));

  test('a dimension without a name has no list', () => assert.doesNotMatch(html, /Campaigns|Countries/));
});

describe('the table of what was not counted', () => {
  const htmlOf = (refusals: Count[], bots: Count[] = []) =>
    renderToString(<NotCounted report={{ refusals, bots }} linkTo={linkTo} />);

  test('the table of what was not counted has each reason and its hits, and their meaning when asked', () => {
    const html = htmlOf([
      { name: 'bot', count: 1234 },
      { name: 'new', count: 1 },
    ]);
    assert.match(html, /<span>bot<\/span><\/th><td>1,234<\/td>.*<span>new<\/span><\/th><td>1<\/td>/);
    assert.match(html, /<dt>bot<\/dt><dd>a bot's user agent/);
    assert.match(html, /1,235 hits in all/);
  });

  test('the families of bots stand below the bots', () => {
    const spam = { name: 'spam', count: 2 };
    const html = htmlOf(
      [{ name: 'bot', count: 9 }, spam],
      [
        { name: 'ai', count: 8 },
        { name: '(unknown)', count: 1 },
      ],
    );
    const cells = [...html.matchAll(/<span>(.*?)<\/span><\/th><td>(.*?)</g)];
    assert.deepEqual(
      cells.map(([, cell, hits]) => [cell, hits]),
      [
        ['bot', '9'],
        ['AI crawlers', '8'],
        ['unknown kind', '1'],
        ['spam', '2'],
      ],
    );
  });

  test('the table of what was not counted is left out when every hit was counted', () => assert.equal(htmlOf([]), ''));
});
