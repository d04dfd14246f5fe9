import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { parseQuery } from '../../core/report/query.ts';
import type { Metrics } from '../../core/report/report.ts';
import { duration } from '../../views/duration.ts';
import { Filters } from '../../views/Filters.tsx';
import { linksFrom } from '../../views/links.ts';
import { PageLink, PageName } from '../../views/PageName.tsx';
import { Panel } from '../../views/Panel.tsx';
import { counted, grouped, shortened, visible } from '../../views/text.ts';

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

test('each filter is a chip with a link that removes it, and a note says what is counted', () => {
  const { scope } = parseQuery({ page: 'https://a.example/x', country: 'FR' }, [], {
    today: '2026-11-21',
    since: undefined,
  });
  const html = renderToString(
    <Filters filter={scope.filter} totals={{ visits: 1 }} prefix="a.example" linkTo={linksFrom(scope)} />,
  );
  const chips = [...html.matchAll(/<span class="chip">(.*?)<a class="remove" href="(.*?)" title="(.*?)"/g)];
  assert.deepEqual(
    chips.map(([, text = '', href, title]) => [text.replace(/<[^>]+>/g, ''), href, title]),
    [
      ['Page /x ↗', '?period=7d&amp;country=FR', 'Show all pages'],
      ['Country 🇫🇷 France', '?period=7d&amp;page=https%3A%2F%2Fa.example%2Fx', 'Show all countries'],
    ],
  );
  assert.match(html, /Visits by page and day\. .* remove this filter to see them\./);
});

test('a filter by campaign says what became of its visits, if that was counted', () => {
  const { scope } = parseQuery({ campaign: 'spring' }, [], { today: '2026-11-21', since: undefined });
  const noteOf = (totals: Metrics) =>
    renderToString(<Filters filter={scope.filter} totals={totals} prefix="" linkTo={linksFrom(scope)} />);
  assert.doesNotMatch(noteOf({ visits: 5 }), /events/);
  assert.match(noteOf({ visits: 5, events: 1 }), /Visits by page and day\. Events are for these visits only\./);
  const all = { visits: 5, linked: 3, engaged: 1, events: 1 };
  assert.match(noteOf(all), /Bounce rate and events are for these visits only\./);
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
    id: title.toLowerCase(),
    title,
    one: 'Thing',
    unit: 'visits',
    counts: names.map((name, i) => ({ name, count: 20 - i })),
    total,
    csv: '?csv',
    label: (name: string) => name,
    href: (name: string) => (name === 'x' ? undefined : `?x=${encodeURIComponent(name)}`),
  });
  const html = (...lists: ReturnType<typeof list>[]) => renderToString(<Panel title="All" lists={lists} />);
  const row = (name: string, kind: string, count: number, share: string) =>
    `<tr${kind === 'rest' ? ' class="rest"' : ''}><th scope="row"${kind === 'rest' ? '' : ` class="${kind}"`}>${name}</th><td>${count}</td><td>${share}</td></tr>`;

  test('a panel shows names with their share, hostile names as text, and bars scaled to the highest', () => {
    assert.ok(
      html({ ...list('Things', ['<b>', 'x']), label: (name) => name.toUpperCase() }, list('None', [])).includes(
        `<tbody>${row('<a href="?x=%3Cb%3E" dir="auto">&lt;B></a>', 'w100', 20, '10%')}${row('<span dir="auto">X</span>', 'w95', 19, '10%')}</tbody>`,
      ),
    );
  });

  test('names that stand for a rest come last, without a bar, and do not scale the others', () => {
    assert.ok(
      html(list('Things', ['(none)', 'y'])).includes(
        `<tbody>${row('<a href="?x=y" dir="auto">y</a>', 'w100', 19, '10%')}${row('<a href="?x=(none)" dir="auto">(none)</a>', 'rest', 20, '10%')}</tbody>`,
      ),
    );
  });

  test('a panel has a tab for each list that has names, and opens with the first', () => {
    const tabs = [...html(list('One', ['y']), list('None', []), list('Two', ['z'])).matchAll(/<input([^>]*)>/g)];
    assert.deepEqual(
      tabs.map(([, attributes = '']) => attributes.trim().replace(/\/$/, '').trim()),
      ['type="radio" name="tab-one" id="tab-one" checked', 'type="radio" name="tab-one" id="tab-two"'],
    );
  });

  test('a panel without names is left out', () => assert.equal(html(list('None', [])), ''));

  test('a panel shows eight names, and the rest when asked, up to fifty', () => {
    const many = html(
      list(
        'Many',
        Array.from({ length: 60 }, (_, i) => `n${i}`),
        10_000,
      ),
    );
    assert.match(many, />n7<.*<details><summary>52 more<\/summary>.*>n8<.*>n49</s);
    assert.doesNotMatch(many, />n50</);
    assert.match(many, /<p>10 more names in the CSV\.<\/p>/);
    assert.match(many, /&lt;1%/);
  });
});
