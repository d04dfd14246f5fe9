import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { parseQuery } from '../../core/report/query.ts';
import type { Metrics, Report } from '../../core/report/report.ts';
import { duration } from '../../views/duration.ts';
import { Filters } from '../../views/Filters.tsx';
import { linksFrom } from '../../views/links.ts';
import { PageLink, PageName } from '../../views/PageName.tsx';
import { Panel } from '../../views/Panel.tsx';
import { Sources } from '../../views/Sources.tsx';
import { Totals } from '../../views/Totals.tsx';
import { counted, grouped, shortened, visible } from '../../views/text.ts';
import { emptyReport, linkTo } from './empty-report.ts';

describe('a number in groups', () => {
  const run = (number: number, want: string) =>
    test(`${number} reads ${want} in groups`, () => assert.equal(grouped(number), want));
  run(0, '0');
  run(999, '999');
  run(1000, '1,000');
  run(1234567, '1,234,567');

  test('a number comes with its noun, in the plural but for 1', () =>
    assert.deepEqual([counted(1, 'view'), counted(1000, 'view')], ['1 view', '1,000 views']));
});

describe('a number in five characters at most', () => {
  const run = (number: number, want: string) =>
    test(`${number} reads ${want} where there is little room`, () => assert.equal(shortened(number), want));
  run(9999, '9,999');
  run(10_000, '10k');
  run(12_345, '12.3k');
  run(99_949, '99.9k');
  run(99_950, '100k');
  run(999_499, '999k');
  run(999_500, '1M');
  run(7_654_321, '7.7M');
  run(123_456_789, '123M');
  run(999_499_999, '999M');
  run(12_345_678_901, '12.3G');
});

test('a name loses letters that turn its direction, and a name of spaces reads (blank)', () => {
  assert.deepEqual(['\u202eyvan', ' \u00a0', 'שלום', '👩‍🚀'].map(visible), ['yvan', '(blank)', 'שלום', '👩‍🚀']);
});

describe('the name of a page', () => {
  const run = (url: string, want: string, prefix = '') =>
    test(`the page ${JSON.stringify(url)} is called ${want}${prefix && ` on ${prefix}`}`, () =>
      assert.equal(renderToString(<PageName url={url} prefix={prefix} />), `<bdi>${want}</bdi>`));

  run('https://a.example/b', 'a.example/<wbr/>b');
  run('https://a.example/b/c', '/b/<wbr/>c', 'a.example');
  run('https://a.example.b/', 'a.example.b/', 'a.example');
  run('https://www.a.example/', 'www.a.example/', 'a.example');
  run('https://a.example/caf%C3%A9', '/café', 'a.example');
  run('https://a.example/%E2%80%AE', '/%E2%80%AE', 'a.example');
  run('https://a.example/%20', '/%20', 'a.example');
  run('https://a.example/%FF', '/%FF', 'a.example');
  run('https://a.example/%3Cb%3E', '/&lt;b>', 'a.example');
  run('https://a.example/\u202egnp.exe', '/%E2%80%AEgnp.exe', 'a.example');
  run('https://a.example/"><b>', '/&quot;>&lt;b>', 'a.example');
  run('javascript:alert(1)', 'javascript:alert(1)');
  run(`https://a.example/${'x'.repeat(79)}`, `/${'x'.repeat(79)}`, 'a.example');
  run(`https://a.example/${'x'.repeat(77)}end`, `/${'x'.repeat(54)}…${'x'.repeat(21)}end`, 'a.example');
  run(`https://a.example/${'😀'.repeat(90)}`, `/${'😀'.repeat(54)}…${'😀'.repeat(24)}`, 'a.example');
});

describe('the link that opens a page', () => {
  const run = (url: string, want: string) =>
    test(`the page ${url} has ${want === '$' ? 'no link' : 'a link'} that opens it`, () =>
      assert.match(renderToString(<PageLink url={url} />), new RegExp(`^${want}`)));

  run('https://a.example/b', '<a class="open" href="https://a\\.example/b" rel="noreferrer"');
  run('http://a.example/"><b>', '<a class="open" href="http://a\\.example/&quot;>&lt;b>" .* aria-label="Open http');
  for (const url of [
    'javascript:alert(1)',
    'JavaScript://a.example',
    ' https:a.example',
    'data:text/html,x',
    '(other)',
  ])
    run(url, '$');
});

describe('links from a dashboard to others', () => {
  const changeNamed = (change: Record<string, string | undefined>) =>
    Object.entries(change).map(([name, value]) => (value === undefined ? `no ${name}` : `${name} ${value}`));
  const run = (here: Record<string, string>, change: Record<string, string | undefined>, want: string) =>
    test(`from ?${new URLSearchParams(here)}, ${changeNamed(change)} leads to ${want}`, () => {
      const { scope } = parseQuery(here, ['a.example'], { today: '2026-11-21', since: undefined });
      assert.equal(linksFrom(scope, here.share)(change), want);
    });

  run({}, { site: 'a.example' }, '?period=7d&site=a.example');
  run({ period: '30d', country: 'FR' }, { period: 'today' }, '?country=FR&period=today');
  run({ period: '30d' }, { from: '2026-11-01', to: '2026-11-02' }, '?from=2026-11-01&to=2026-11-02');
  run({ from: '2026-11-01', to: '2026-11-02' }, { period: '7d' }, '?period=7d');
  run(
    { country: 'FR', page: 'https://a.example/?x&y' },
    { source: 'a&b=c' },
    '?period=7d&page=https%3A%2F%2Fa.example%2F%3Fx%26y&source=a%26b%3Dc',
  );
  run({ country: 'FR', page: 'p' }, { country: undefined }, '?period=7d&page=p');
  run({ country: 'FR', page: 'p' }, { page: undefined }, '?period=7d&country=FR');
  run({ metric: 'visits' }, { period: '30d' }, '?metric=visits&period=30d');
  run({ share: 'token' }, { page: 'p' }, '?period=7d&page=p&share=token');
  run({ period: '90d', by: 'week' }, { page: 'p' }, '?period=90d&by=week&page=p');
  run({ period: '90d', by: 'day' }, { page: 'p' }, '?period=90d&page=p');
  run({ period: '90d', by: 'week' }, { period: '7d' }, '?period=7d');
  run({ period: '90d', by: 'week' }, { by: 'month' }, '?period=90d&by=month');
  run({ period: '90d', by: 'week' }, { by: undefined }, '?period=90d');
  run({ from: '2026-10-05', to: '2026-10-25', by: 'week' }, { from: undefined, to: undefined }, '?');
});

test('each filter is a chip with a link that removes it, and a note says what the filter leaves out', () => {
  const { scope } = parseQuery({ page: 'https://a.example/x', country: 'FR' }, [], {
    today: '2026-11-21',
    since: undefined,
  });
  const html = renderToString(<Filters filter={scope.filter} prefix="a.example" linkTo={linksFrom(scope)} />);
  const chips = [...html.matchAll(/<span class="chip">(.*?)<a class="remove" href="(.*?)" title="(.*?)"/g)];
  assert.deepEqual(
    chips.map(([, text = '', href, title]) => [text.replace(/<[^>]+>/g, ''), href, title]),
    [
      ['Page /x ↗', '?period=7d&amp;country=FR', 'Show all pages'],
      ['Country 🇫🇷 France', '?period=7d&amp;page=https%3A%2F%2Fa.example%2Fx', 'Show all countries'],
    ],
  );
  assert.match(html, /no combinations, such as country and browser, so the rest is left out/);
});

const nobody = { visitors: 0, visits: 0, unlinked: 0, engaged: 0, seconds: 0 };
const tile = (label: string, value: string, [open, close] = ['<span>', '</span>'] as readonly string[], change = '') =>
  `<div class="box tile"><p class="tile-label is-size-7" title="${label}">${open}<bdi>${label}</bdi>${close}</p><p class="title number is-4">${value}</p>${change}</div>`;
const linked = (href: string) => [`<a href="${href}">`, '</a>'];

/** The section of totals with tiles of these labels and values. */
const totals = (tiles: [string, string][], note = '') =>
  `<section class="block" aria-label="Totals"><div class="tiles">${tiles.map(([label, value]) => tile(label, value)).join('')}</div>${note}</section>`;

describe('the tiles of totals', () => {
  const days = ['2026-10-03' as const];
  const run = (name: string, views: number, people: Metrics, want: [string, string][], note = '') =>
    test(name, () =>
      assert.equal(
        renderToString(<Totals isOfPage={false} now={{ views, ...nobody, ...people }} days={days} before={{}} />),
        totals(want, note),
      ),
    );
  run(
    'the totals tell how many people came, how often, and for how long',
    3000,
    { visitors: 1000, visits: 1200, engaged: 300, seconds: 108_000 },
    [
      ['Visitors', '1,000'],
      ['Visits', '1,200'],
      ['Views', '3,000'],
      ['Views per visit', '2.5'],
      ['Bounce rate', '75%'],
      ['Visit duration', '1m 30s'],
    ],
  );
  run(
    'bounce rate and duration are of the visits that are linked to a visitor',
    20,
    { visitors: 4, visits: 10, unlinked: 5, engaged: 4, seconds: 100 },
    [
      ['Visitors', '4'],
      ['Visits', '10'],
      ['Views', '20'],
      ['Views per visit', '2.0'],
      ['Bounce rate', '20%'],
      ['Visit duration', '20s'],
    ],
    '<p class="remark is-size-7">5 visits are not linked to a visitor, mostly because the browser asks for privacy. They are not in visitors, bounce rate or duration.</p>',
  );
  run(
    'the totals leave out visitors, bounce rate and duration when no visit is linked to a visitor',
    9,
    { visits: 6, unlinked: 6 },
    [
      ['Visits', '6'],
      ['Views', '9'],
      ['Views per visit', '1.5'],
    ],
    '<p class="remark is-size-7">No visit is linked to a visitor, so visitors, bounce rate and duration are unknown.</p>',
  );
  run('the totals are views alone when nothing else is above zero', 9, {}, [['Views', '9']]);

  test('each tile of the totals has its change against the days before', () => {
    const before = { views: 8, visitors: 2, visits: 2, engaged: 1, seconds: 100 };
    const now = { views: 9, visitors: 1, visits: 2, engaged: 1, seconds: 100 };
    const html = renderToString(<Totals isOfPage={false} now={now} days={days} before={before} />);
    const tiles = [
      ['Visitors', '1', '−50%'],
      ['Visits', '2', '±0%'],
      ['Views', '9', '+13%'],
      ['Views per visit', '4.5', '+13%'],
      ['Bounce rate', '50%', '±0 points'],
      ['Visit duration', '50s', '±0%'],
    ].map(([label = '', value = '', change]) =>
      tile(label, value, undefined, `<p class="is-size-7 number">${change}</p>`),
    );
    assert.ok(html.includes(`<div class="tiles">${tiles.join('')}</div>`), html);
  });

  test('the bounce rate changes by points, or by one point', () => {
    const html = (engaged: number) => {
      const of = (count: number) => ({ views: 300, ...nobody, visits: 100, engaged: count });
      return renderToString(<Totals isOfPage={false} now={of(engaged)} days={days} before={of(50)} />);
    };
    assert.match(html(51), />−1 point</);
    assert.match(html(49), />\+1 point</);
    assert.match(html(40), />\+10 points</);
  });

  test('visitors of several days are labelled as daily visitors, added up', () => {
    const html = renderToString(
      <Totals isOfPage={false} now={{ visitors: 3 }} days={[...days, '2026-10-04']} before={{}} />,
    );
    assert.equal(html, totals([['Daily visitors, added up', '3']]));
  });

  test('one visit that is not linked is named in the singular', () => {
    const html = renderToString(<Totals isOfPage={false} now={{ visits: 2, unlinked: 1 }} days={days} before={{}} />);
    assert.match(
      html,
      />1 visit is not linked to a visitor, mostly because the browser asks for privacy\. It is not in visitors, bounce rate or duration\.</,
    );
  });

  test('the totals under a filter are those that it leaves known', () => {
    const run = (isOfPage: boolean, now: Metrics, want: [string, string][]) =>
      assert.equal(renderToString(<Totals isOfPage={isOfPage} now={now} days={days} before={{}} />), totals(want));
    run(true, { views: 4, visitors: 3, visits: 2 }, [
      ['Visitors', '3'],
      ['Entrances', '2'],
      ['Views', '4'],
    ]);
    run(false, { visits: 3 }, [['Visits', '3']]);
    run(false, { events: 3 }, [['Events', '3']]);
  });
});

describe('the tiles of sources', () => {
  const tiles = (views: number, sources: Report['sources']) =>
    renderToString(<Sources report={{ ...emptyReport, totals: { views }, sources }} linkTo={linkTo} />);

  test('the tiles of sources have views under each name, hostile names as text, and the views without a source', () => {
    assert.equal(
      tiles(1234, [{ name: '<b>"', count: 234 }]),
      `<section class="block" aria-label="Views by source"><div class="tiles">` +
        `${tile('from &lt;b>&quot;', '234', linked('?period=7d&amp;source=%3Cb%3E%22'))}${tile('without a source', '1,000')}</div></section>`,
    );
  });

  test('the tiles of sources are left out when no view has a source', () => assert.equal(tiles(1, []), ''));

  test('the tiles of sources show every source, those past the fifth when asked', () => {
    const sources = Array.from({ length: 7 }, (_, i) => ({ name: `s${i}`, count: 20 - i }));
    const html = tiles(300, sources);
    for (const { name, count } of sources)
      assert.ok(html.includes(tile(`from ${name}`, String(count), linked(`?period=7d&amp;source=${name}`))), name);
    assert.match(
      html,
      /<details[^>]*><summary>2 more sources<\/summary><div[^>]*><div class="box tile"><p[^>]*title="from s5"/,
    );
  });
});

describe('a duration', () => {
  const run = (seconds: number, want: string) =>
    test(`${seconds} seconds read ${want}`, () => assert.equal(duration(seconds), want));
  run(0, '0s');
  run(59.4, '59s');
  run(59.6, '1m 00s');
  run(185, '3m 05s');
  run(3720, '1h 02m');
});

describe('a panel', () => {
  const list = (title: string, names: string[], total = 200) => ({
    title,
    unit: 'visits',
    counts: names.map((name, i) => ({ name, count: 20 - i })),
    total,
    csv: '?csv',
    label: (name: string) => name,
    href: (name: string) => (name === 'x' ? undefined : `?x=${encodeURIComponent(name)}`),
  });

  test('a panel shows names with their share, hostile names as text', () => {
    assert.equal(
      renderToString(
        <Panel lists={[{ ...list('Things', ['<b>', 'x']), label: (name) => name.toUpperCase() }, list('None', [])]} />,
      ),
      '<section class="box panel-box"><div class="ranking"><div class="panel-title"><h2 class="title is-5">Things<span class="has-text-weight-normal is-size-7"> by visits</span></h2>' +
        '<a class="csv" href="?csv" aria-label="Things as CSV">CSV</a></div>' +
        '<table class="table is-fullwidth bars" aria-label="Things by visits"><tbody>' +
        row('<a href="?x=%3Cb%3E"><bdi>&lt;B></bdi></a>', 20, '10.0', '10%') +
        row('<span><bdi>X</bdi></span>', 19, '9.5', '10%') +
        '</tbody></table></div></section>',
    );
  });
  const row = (name: string, count: number, width: string, share: string) =>
    '<tr><th scope="row" class="has-text-weight-normal"><svg class="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">' +
    `<rect width="${width}" height="1"></rect></svg>${name}</th><td class="number">${count}</td><td class="number share">${share}</td></tr>`;

  test('a panel without names is left out', () =>
    assert.equal(renderToString(<Panel lists={[list('None', [])]} />), ''));

  test('a panel shows ten names, and the rest when asked', () => {
    const html = renderToString(
      <Panel
        lists={[
          list(
            'Many',
            Array.from({ length: 12 }, (_, i) => `n${i}`),
            10_000,
          ),
        ]}
      />,
    );
    assert.match(html, /<bdi>n9<\/bdi>.*<details><summary>2 more<\/summary>.*<bdi>n10<\/bdi>.*<bdi>n11<\/bdi>/s);
    assert.match(html, /&lt;1%/);
  });
});
