import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { barChart } from '../../views/bar-chart.ts';
import { counted, grouped } from '../../views/number.ts';
import { PageLink } from '../../views/PageLink.tsx';
import { Tiles } from '../../views/Tiles.tsx';

describe('a number in groups', () => {
  const run = (number: number, want: string) => test(want, () => assert.equal(grouped(number), want));
  run(0, '0');
  run(999, '999');
  run(1000, '1,000');
  run(1234567, '1,234,567');

  test('with its noun', () => assert.deepEqual([counted(1, 'view'), counted(1000, 'view')], ['1 view', '1,000 views']));
});

describe('the link to a page', () => {
  const run = (url: string, want: string, origin = '') =>
    test(url, () => assert.equal(renderToString(<PageLink url={url} origin={origin} />), want));

  run('https://a.example/b', '<a href="https://a.example/b" rel="noreferrer"><bdi>https://a.example/b</bdi></a>');
  run('https://a.example/b', '<a href="https://a.example/b" rel="noreferrer"><bdi>/b</bdi></a>', 'https://a.example');
  run(
    'https://a.example/caf%C3%A9',
    '<a href="https://a.example/caf%C3%A9" rel="noreferrer"><bdi>https://a.example/café</bdi></a>',
  );
  run(
    'https://a.example/%E2%80%AE',
    '<a href="https://a.example/%E2%80%AE" rel="noreferrer"><bdi>https://a.example/%E2%80%AE</bdi></a>',
  );
  run('https://a.example/%20', '<a href="https://a.example/%20" rel="noreferrer"><bdi>https://a.example/%20</bdi></a>');
  run('https://a.example/%FF', '<a href="https://a.example/%FF" rel="noreferrer"><bdi>https://a.example/%FF</bdi></a>');
  run(
    'https://a.example/%3Cb%3E',
    '<a href="https://a.example/%3Cb%3E" rel="noreferrer"><bdi>https://a.example/&lt;b></bdi></a>',
  );
  run(
    'https://a.example/"><b>',
    '<a href="https://a.example/&quot;>&lt;b>" rel="noreferrer"><bdi>https://a.example/&quot;>&lt;b></bdi></a>',
  );
  run('javascript:alert(1)', '<bdi>javascript:alert(1)</bdi>');
  run('JavaScript://a.example/%0Aalert(1)', '<bdi>JavaScript://a.example/%0Aalert(1)</bdi>');
  run(' https://a.example/', '<bdi> https://a.example/</bdi>');
  run('data:text/html,x', '<bdi>data:text/html,x</bdi>');
});

test('a tile shows its number under its name, whatever the name', () => {
  const report = { views: 1234, days: [], pages: [], sources: [{ name: '<b>"', views: 2 }] };
  assert.equal(
    renderToString(<Tiles report={report} />),
    '<section class="tiles block" aria-label="Totals">' +
      '<div class="box tile"><p class="tile-label is-size-7" title="Total views"><bdi>Total views</bdi></p><p class="title is-4 number">1,234</p></div>' +
      '<div class="box tile"><p class="tile-label is-size-7" title="from &lt;b>&quot;"><bdi>from &lt;b>&quot;</bdi></p><p class="title is-4 number">2</p></div>' +
      '</section>',
  );
});

test('the chart has a bar for each day, as high as its views', async () => {
  const views = [0, 1234, 617];
  const days = views.map((views, i) => ({ day: `2026-03-0${i + 1}`, views }));
  const svg = await barChart(days, 320, 200);
  const bars = /class="mark-rect.*?<\/g>/s.exec(svg)?.[0] ?? '';
  const [floor = 0, top = 0, middle = 0] = [...bars.matchAll(/ d="M[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
  assert.ok(floor - top > 100);
  assert.ok(Math.abs((floor - middle) / (floor - top) - 617 / 1234) < 0.001);
  const texts = [...svg.matchAll(/<t(?:ext|span)[^>]*>([^<]+)</g)].map(([, text]) => text);
  assert.deepEqual(texts, ['Sun', '1', 'Mon', '2', 'Tue', '3', '0', '1,234', '617']);
});
