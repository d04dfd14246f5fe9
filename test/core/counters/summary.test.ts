import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Counters } from '../../../core/counters/names.ts';
import { isUnbounded } from '../../../core/counters/names.ts';
import {
  countersOfPage,
  countsByPage,
  isEmpty,
  isLess,
  packSummary,
  type Summary,
  siteOfRow,
  unpackSummary,
} from '../../../core/counters/summary.ts';
import { type SummaryCaps, summaryBuilder } from '../../../core/counters/summary-builder.ts';

const url = 'https://blog.example.com/';
const roomy: SummaryCaps = { maxPages: 1_000, maxUrlBytes: 1_000_000, maxNames: 1_000 };

interface PageRow {
  url: string;
  counters: Counters;
}

function summaryOf(rows: PageRow[], caps?: SummaryCaps): Summary {
  const { addRow, summary } = summaryBuilder();
  for (const { url, counters } of rows) addRow(url, new Map(Object.entries(counters)));
  return summary(caps);
}

function sumOf(summaries: Summary[], caps?: SummaryCaps): Summary {
  const { addSummary, summary } = summaryBuilder();
  for (const each of summaries) addSummary(each);
  return summary(caps);
}

/** The sums of rows by counter. Made-up names and those past a cap are one, because caps move them. */
function totalsOf(counters: Iterable<[string, number]>): Map<string, number> {
  const totals = new Map<string, number>();
  for (const [name, count] of counters) {
    const kind = isUnbounded(name) || name.endsWith('(other)') ? name.slice(0, name.indexOf('_')) : name;
    totals.set(kind, (totals.get(kind) ?? 0) + count);
  }
  return new Map([...totals].sort());
}

const names = [
  ...['views', 'visitors', 'visits', 'seconds', 'hour_07', 'country_FR', 'referrer_(direct)', 'views_(other)'],
  ...['views_mail', 'views___proto__', 'source_mail', 'referrer_a.example', 'event_constructor'],
];
const count = fc.integer({ min: 1, max: 9 });
const counters = fc.dictionary(fc.constantFrom(...names), count, { noNullPrototype: true });
const rows = fc.array(
  fc.record({
    url: fc.constantFrom('(other)', '(not counted)', ...['a', 'b', '__proto__', '日'].map((page) => url + page)),
    counters: fc.oneof(counters, fc.dictionary(fc.constantFrom('bot', 'spam'), count, { noNullPrototype: true })),
  }),
);

test('unpacks what it packed, with the names by page or without', () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const summary = summaryOf(rows);
      const packed = packSummary(summary);
      assert.deepEqual(asSets(unpackSummary(packed)), asSets(summary));
      const sources = [...summary.names].filter(([name]) => name.startsWith('views_'));
      assert.deepEqual(asSets(unpackSummary({ main: packed.main })), asSets({ ...summary, names: new Map(sources) }));
    }),
  );
});

/** A summary whose maps have an order of their own. */
const asSets = ({ pages, ...maps }: Summary) => [
  pages,
  ...Object.entries(maps).map(([name, map]) => [name, [...map].sort(([a], [b]) => (a < b ? -1 : 1))]),
];

test('has the same texts, however the rows are split, ordered and added', () => {
  fc.assert(
    fc.property(rows, fc.array(fc.nat({ max: 3 }), { minLength: 40, maxLength: 40 }), (rows, parts) => {
      const whole = packSummary(summaryOf(rows, roomy));
      assert.deepEqual(packSummary(summaryOf(rows.toReversed(), roomy)), whole);
      const split = [0, 1, 2, 3].map((part) => summaryOf(rows.filter((_, i) => parts[i % parts.length] === part)));
      assert.deepEqual(packSummary(sumOf(split, roomy)), whole);
      assert.deepEqual(packSummary(sumOf(split.toReversed(), roomy)), whole);
      const [first, ...others] = split;
      if (first) assert.deepEqual(packSummary(sumOf([sumOf(others), first], roomy)), whole);
      const unpacked = split.map((each) => unpackSummary(packSummary(each)));
      assert.deepEqual(packSummary(sumOf(unpacked, roomy)), whole);
    }),
  );
});

test('keeps every sum under its caps, on pages as in total', () => {
  const caps = fc.record({
    maxPages: fc.integer({ min: 1, max: 4 }),
    maxUrlBytes: fc.integer({ min: 1, max: 120 }),
    maxNames: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(rows, caps, (rows, caps) => {
      const whole = summaryOf(rows);
      const capped = summaryOf(rows, caps);
      assert.deepEqual(totalsOf(capped.totals), totalsOf(whole.totals));
      assert.deepEqual(
        totalsOf(capped.pages.flatMap((page) => [...countersOfPage(capped, page)])),
        totalsOf(capped.totals),
      );
      const pages = capped.pages.filter((page) => page !== '(other)');
      assert.ok(pages.length <= caps.maxPages);
      assert.ok(pages.join('').length <= caps.maxUrlBytes);
      for (const dimension of ['views', 'source', 'referrer', 'event'])
        assert.ok(
          [...capped.totals.keys()].filter((name) => isUnbounded(name) && name.startsWith(`${dimension}_`)).length <=
            caps.maxNames,
        );
      assert.ok(!isLess(capped, whole) && !isLess(whole, capped));
    }),
  );
});

test('a name past the cap is in (other) on every page, as it is in total', () => {
  const summary = summaryOf(
    [
      { url: `${url}a`, counters: { views: 5, views_mail: 3, views_rare: 1 } },
      { url: `${url}b`, counters: { views: 2, views_mail: 1, views_rare: 1 } },
    ],
    { ...roomy, maxNames: 1 },
  );
  assert.deepEqual(countsByPage(summary, 'views_mail'), [3, 1]);
  assert.deepEqual(countsByPage(summary, 'views_(other)'), [1, 1]);
  assert.deepEqual(Object.fromEntries(summary.totals), { views: 7, views_mail: 4, 'views_(other)': 2 });
});

test('numbers that only enforce caps are left out', () => {
  const { pages, totals } = summaryOf([
    { url: '(other)', counters: { pages: 9, kept_pages: 1 } },
    { url, counters: { views: 1, names_views: 1 } },
  ]);
  assert.deepEqual([pages, Object.fromEntries(totals)], [[url], { views: 1 }]);
});

test('knows the site of a row', () => {
  const run = (row: string, site: string) => assert.equal(siteOfRow(row), site);
  run('https://www.blog.example.com/about', 'blog.example.com');
  run('http://localhost:3001/', 'localhost:3001');
  run('(other)', '');
  run('(not counted)', '');
  run('(not counted) blog.example.com', 'blog.example.com');
});

describe('is less than an earlier one', () => {
  const run = (name: string, before: PageRow[], after: PageRow[], want: boolean) =>
    test(name, () => assert.equal(isLess(summaryOf(after), summaryOf(before)), want));

  run('if a number fell', [{ url, counters: { views: 2 } }], [{ url, counters: { views: 1 } }], true);
  run(
    'if a country fell, though views rose',
    [{ url, counters: { views: 1, country_FR: 1 } }],
    [{ url, counters: { views: 2 } }],
    true,
  );
  run(
    'if refusals fell',
    [{ url: '(not counted)', counters: { bot: 2 } }],
    [{ url: '(not counted)', counters: { bot: 1, spam: 9 } }],
    true,
  );
  run('not if a name went to (other)', [{ url, counters: { views_mail: 2 } }], [], false);
  run(
    'not if a visit with a channel came to visits from before there were channels',
    [{ url, counters: { visits: 2, 'referrer_google.com': 2 } }],
    [{ url, counters: { visits: 3, 'referrer_google.com': 3, channel_search: 1 } }],
    false,
  );
  run('not if it is the same', [{ url, counters: { views: 2 } }], [{ url, counters: { views: 2 } }], false);

  test('only an empty one is empty', () => {
    assert.ok(isEmpty(summaryOf([])));
    assert.ok(!isEmpty(summaryOf([{ url: '(not counted)', counters: { bot: 1 } }])));
    assert.ok(!isEmpty(summaryOf([{ url, counters: { event_x: 1 } }])));
  });
});

test('made-up pages of a flood take no room from one that is read, and nothing is lost', () => {
  const { addRow, summary } = summaryBuilder(100_000);
  const countries = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`country_${i}`, 1]));
  for (let day = 1; day <= 12; day++) {
    addRow(url, new Map(Object.entries({ views: 100, views_news: 60 })));
    for (let i = 0; i < 500; i++)
      addRow(
        `${url}made-up/${day}/${i}`,
        new Map(Object.entries({ views: 2, [`views_${day}-${i}`]: 1, ...countries })),
      );
  }
  const sums = summary({ maxPages: 500, maxUrlBytes: 1_000_000, maxNames: 100 });
  assert.equal(sums.pages.length, 500 + 1);
  assert.deepEqual(Object.fromEntries(countersOfPage(sums, url)), { views: 1_200, views_news: 720 });
  assert.equal(sums.totals.get('views'), 12 * (100 + 1_000));
  assert.equal(
    countsByPage(sums, 'views').reduce((sum, count) => sum + count, 0),
    12 * (100 + 1_000),
  );
  assert.equal([...sums.totals.keys()].filter(isUnbounded).length, 100);
  assert.equal(sums.totals.get('views_news'), 720);
});
