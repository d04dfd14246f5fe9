import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { parseRange, type RangeQuery } from '../../core/report/range.ts';
import type { Count, Metrics } from '../../core/report/report.ts';
import { Breakdowns } from '../../views/Breakdowns.tsx';
import { NotCounted } from '../../views/NotCounted.tsx';
import type { SeriesBar } from '../../views/series-bars.ts';
import { Totals } from '../../views/Totals.tsx';
import { ViewsChart } from '../../views/ViewsChart.tsx';
import { emptyReport, linkTo } from './empty-report.ts';

describe('the table below the chart', () => {
  const run = (name: string, query: RangeQuery, bars: SeriesBar[], want: [string, string, string][]) =>
    test(name, () => {
      const today = '2026-11-21';
      const { range } = parseRange(query, { today, since: undefined });
      const html = renderToString(
        <ViewsChart bars={bars} range={range} today={today} metric="views" drawings={[]} linkTo={linkTo} />,
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
      const row = ([label, width, count, share]: [string, string, string, string]) =>
        '<tr><th scope="row" class="has-text-weight-normal"><svg class="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">' +
        `<rect width="${width}" height="1"></rect></svg>${label}</th><td class="number">${count}</td><td class="number share">${share}</td></tr>`;
      const table = `aria-label="${title}"><tbody>${rows.map(row).join('')}</tbody></table>`;
      assert.ok(html.includes(table), html);
    });

  run('a visit without a referrer has words in the list of referrers', 'Referrers by visits', [
    ['<a href="?period=7d&amp;referrer=%28direct%29"><bdi>Direct or unknown</bdi></a>', '100.0', '4', '100%'],
  ]);
  run('the list of sources has a row for visits without one, so that it sums to all visits', 'Sources by visits', [
    ['<span><bdi>None</bdi></span>', '75.0', '3', '75%'],
    ['<a href="?period=7d&amp;source=news"><bdi>news</bdi></a>', '25.0', '1', '25%'],
  ]);
  run('visits whose medium is (none) are in the row of those without a medium', 'Mediums by visits', [
    ['<span><bdi>None</bdi></span>', '75.0', '3', '75%'],
    ['<a href="?period=7d&amp;medium=mail"><bdi>mail</bdi></a>', '25.0', '1', '25%'],
  ]);
  run('the list of events has the share of each in all events', 'Events by count', [
    ['<a href="?period=7d&amp;event=signup"><bdi>signup</bdi></a>', '75.0', '3', '75%'],
    ['<a href="?period=7d&amp;event=404"><bdi>404</bdi></a>', '25.0', '1', '25%'],
  ]);

  test('a dimension without a name has no list', () => assert.doesNotMatch(html, /Campaigns|Countries/));
});

describe('the table of what was not counted', () => {
  const htmlOf = (refusals: Count[], bots: Count[] = []) =>
    renderToString(<NotCounted report={{ refusals, bots }} linkTo={linkTo} />);

  test('the table of what was not counted has each reason, its meaning and its hits', () => {
    const html = htmlOf([
      { name: 'bot', count: 1234 },
      { name: 'new', count: 1 },
    ]);
    assert.match(html, /<td><strong>bot<\/strong>: [a-z][^<]*<\/td><td class="number">1,234<\/td>/);
    assert.match(html, /<td><strong>new<\/strong><\/td><td class="number">1<\/td>/);
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
    const cells = [...html.matchAll(/<td(?: class="part")?>(.*?)<\/td><td class="number">(.*?)</g)];
    assert.deepEqual(
      cells.map(([, cell = '', hits]) => [cell.replace(/<\/?strong>|:.*/g, ''), hits]),
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

describe('the bounce rate', () => {
  const run = (name: string, now: Metrics, before: Metrics, want: RegExp | undefined) =>
    test(name, () => {
      const html = renderToString(<Totals now={now} days={[]} before={before} isOfPage={false} />);
      assert.doesNotMatch(html, /NaN|Infinity/);
      const tile = /Bounce rate.*?<\/div>/s.exec(html)?.[0].replace(/<.*?>/g, ' ');
      if (want) assert.match(tile ?? '', want);
      else assert.equal(tile, undefined);
    });
  const visits = (visits: number, engaged: number, unlinked = 0): Metrics => ({
    views: 9,
    visits,
    engaged,
    unlinked,
    seconds: 5,
  });

  run('is the share of visits with one view', visits(4, 1), visits(4, 2), /75%\s+\+25 points/);
  run('is never below 0, whatever was lost', visits(2, 3), visits(2, 4), /\s0%\s+±0 points/);
  run('is left out if no visit is linked', visits(2, 0, 2), visits(1, 0), undefined);
  run('is left out if more visits are unlinked than there are', visits(2, 1, 3), visits(1, 0), undefined);
  run('has no change if no visit before was linked', visits(2, 1), visits(1, 0, 2), /50%\s*$/);
});
