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
  const run = (url: string, want: string, prefix = '') =>
    test(url, () => assert.equal(renderToString(<PageLink url={url} prefix={prefix} />), want));

  const link = (href: string, text: string) => `<a href="${href}" rel="noreferrer"><bdi>${text}</bdi></a>`;

  run('https://a.example/b', link('https://a.example/b', 'a.example/<wbr/>b'));
  run('https://a.example/b/c', link('https://a.example/b/c', '/<wbr/>b/<wbr/>c'), 'a.example');
  run('https://a.example.b/', link('https://a.example.b/', 'a.example.b/'), 'a.example');
  run('https://www.a.example/', link('https://www.a.example/', 'www.a.example/'), 'a.example');
  run('https://a.example/caf%C3%A9', link('https://a.example/caf%C3%A9', '/<wbr/>café'), 'a.example');
  run('https://a.example/%E2%80%AE', link('https://a.example/%E2%80%AE', '/<wbr/>%E2%80%AE'), 'a.example');
  run('https://a.example/%20', link('https://a.example/%20', '/<wbr/>%20'), 'a.example');
  run('https://a.example/%FF', link('https://a.example/%FF', '/<wbr/>%FF'), 'a.example');
  run('https://a.example/%3Cb%3E', link('https://a.example/%3Cb%3E', '/<wbr/>&lt;b>'), 'a.example');
  run('https://a.example/"><b>', link('https://a.example/&quot;>&lt;b>', '/<wbr/>&quot;>&lt;b>'), 'a.example');
  run('javascript:alert(1)', '<bdi>javascript:alert(1)</bdi>');
  run('JavaScript://a.example', '<bdi>JavaScript:/<wbr/>/<wbr/>a.example</bdi>');
  run(' https:a.example', '<bdi> https:a.example</bdi>');
  run('data:text/html,x', '<bdi>data:text/<wbr/>html,x</bdi>');
});

describe('the tiles', () => {
  const tiles = (views: number, sources: { name: string; views: number }[]) =>
    renderToString(<Tiles report={{ views, days: [], pages: [], refusals: [], sources }} />);
  const tile = (label: string, number: string) =>
    `<div class="box tile"><p class="tile-label is-size-7" title="${label}"><bdi>${label}</bdi></p><p class="title is-4 number">${number}</p></div>`;

  test('show numbers under their names, whatever the names', () => {
    assert.equal(
      tiles(1234, [{ name: '<b>"', views: 234 }]),
      `<section class="block" aria-label="Totals"><div class="tiles">${tile('Total views', '1,234')}` +
        `${tile('from &lt;b>&quot;', '234')}${tile('without a source', '1,000')}</div></section>`,
    );
  });

  test('say nothing of sources where there are none', () => {
    const html = `<section class="block" aria-label="Totals"><div class="tiles">${tile('Total views', '1')}</div></section>`;
    assert.equal(tiles(1, []), html);
  });

  test('show every source, those past the eleventh when asked', () => {
    const sources = Array.from({ length: 13 }, (_, i) => ({ name: `s${i}`, views: 20 - i }));
    const html = tiles(300, sources);
    for (const { name, views } of sources) assert.ok(html.includes(tile(`from ${name}`, String(views))), name);
    assert.match(
      html,
      /<details[^>]*><summary>2 more sources<\/summary><div[^>]*><div class="box tile"><p[^>]*title="from s11"/,
    );
  });
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

test('the chart shortens numbers where bars are narrow', async () => {
  const days = [123_456, 9_999].map((views, i) => ({ day: `2026-03-0${i + 1}`, views }));
  assert.match(await barChart(days, 300, 190), />123k<.*>10k</s);
  assert.match(await barChart(days, 520, 190), />123,456<.*>9,999</s);
});
