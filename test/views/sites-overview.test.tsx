import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { SitesOverview } from '../../views/SitesOverview.tsx';
import { emptyReport, linkTo } from './empty-report.ts';

test('the overview has each site with its total and change, the highest first, and sites without a view', () => {
  const html = renderToString(
    <SitesOverview
      report={{
        ...emptyReport,
        series: [
          { date: '2026-11-20', count: 1 },
          { date: '2026-11-21', count: 14 },
        ],
        sites: [
          { site: 'a.example', totals: { views: 3 }, series: [1, 2], previous: { views: 1 } },
          { site: 'b.example', totals: { views: 12 }, series: [0, 12], previous: { views: 24 } },
        ],
      }}
      sites={['www.a.example', 'b.example', 'c.example']}
      unit="day"
      linkTo={linkTo}
    />,
  );
  const rows = [...html.matchAll(/<tr><th scope="row" class="w(\d+)"><a href="(.*?)">(.*?)<.*?<\/tr>/g)];
  assert.deepEqual(
    rows.map(([row, width, href, host]) => [width, href, host, row.replace(/.*?<\/th>|<[^>]*>/g, ' ').trim()]),
    [
      ['100', '?period=7d&amp;site=b.example', 'b.example', '12  50%'],
      ['25', '?period=7d&amp;site=www.a.example', 'www.a.example', '3  2'],
      ['0', '?period=7d&amp;site=c.example', 'c.example', '0  same'],
    ],
  );
});
