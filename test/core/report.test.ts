import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countersOfRefusal } from '../../core/counters.ts';
import { parseRange } from '../../core/range.ts';
import { dimensions, type Row, reporter } from '../../core/report.ts';

const url = 'https://blog.example.com/';

/** The report of a range of days, with its rows in two parts. */
function report([from = '', ...rest]: string[], rows: Row[]) {
  const { range } = parseRange({ from, to: rest.at(-1) ?? from }, '2026-12-31');
  const { add, report } = reporter(range);
  add(rows.slice(0, 1));
  add(rows.slice(1));
  return report();
}

test('shows every day, those without rows with no views', () => {
  assert.deepEqual(report(['2026-11-20', '2026-11-21'], []), {
    views: 0,
    people: { visitors: 0, visits: 0, unmarked: 0, engaged: 0, seconds: 0 },
    bars: [
      { at: '2026-11-20', views: 0 },
      { at: '2026-11-21', views: 0 },
    ],
    sources: [],
    pages: [],
    visitsBy: new Map(dimensions.map((dimension) => [dimension, []])),
    events: [],
    refusals: [],
  });
});

test('adds up days, sources and pages, most views first and equal ones by name', () => {
  const rows = [
    { day: '2026-11-20', url: `${url}b`, counters: { views: 2, views_slack: 1 } },
    { day: '2026-11-20', url: `${url}a`, counters: { views: 1 } },
    { day: '2026-11-21', url: `${url}a`, counters: { views: 3, views_twitter: 2, views_slack: 1 } },
    { day: '2026-11-21', url: `${url}c`, counters: { views: 4, views_mail: 2 } },
  ];
  const { views, bars, sources, pages } = report(['2026-11-20', '2026-11-21'], rows);
  assert.equal(views, 10);
  assert.deepEqual(
    bars.map((bar) => bar.views),
    [3, 7],
  );
  assert.deepEqual(
    sources.map(({ name, views }) => [name, views]),
    [
      ['mail', 2],
      ['slack', 2],
      ['twitter', 2],
    ],
  );
  assert.deepEqual(
    pages.map(({ url, views, sources }) => [url.slice(-1), views, Object.fromEntries(sources)]),
    [
      ['a', 4, { twitter: 2, slack: 1 }],
      ['c', 4, { mail: 2 }],
      ['b', 2, { slack: 1 }],
    ],
  );
});

test('adds up people, and visits by where they come from', () => {
  const people = { entries: 3, visitors: 9, visits: 4, unmarked: 1, engaged: 2, seconds: 60 };
  const rows = [
    { day: '2026-11-20', url, counters: { views: 6, ...people, country_FR: 3, country_DE: 1, 'referrer_(direct)': 4 } },
    {
      day: '2026-11-21',
      url: `${url}b`,
      counters: { views: 2, entries: 1, visits: 2, country_DE: 2, event_signup: 5, source_a_b: 1 },
    },
    { day: '2026-11-21', url: '(other)', counters: { pages: 2 } },
  ];
  const all = report(['2026-11-20', '2026-11-21'], rows);
  assert.deepEqual(all.people, { visitors: 4, visits: 6, unmarked: 1, engaged: 2, seconds: 60 });
  assert.deepEqual(all.visitsBy.get('country'), [
    { name: 'DE', count: 3 },
    { name: 'FR', count: 3 },
  ]);
  assert.deepEqual(all.visitsBy.get('referrer'), [{ name: '(direct)', count: 4 }]);
  assert.deepEqual(all.visitsBy.get('source'), [{ name: 'a_b', count: 1 }]);
  assert.deepEqual(all.events, [{ name: 'signup', count: 5 }]);
  assert.equal(all.pages.length, 2);
});

test('has a bar for each hour of one day, and for each month of many', () => {
  const day = report(['2026-11-21'], [{ day: '2026-11-21', url, counters: { views: 3, hour_07: 2, hour_23: 1 } }]);
  assert.equal(day.bars.length, 24);
  assert.deepEqual(
    day.bars.filter(({ views }) => views > 0),
    [
      { at: '07', views: 2 },
      { at: '23', views: 1 },
    ],
  );
  const rows = ['2026-08-31', '2026-09-01', '2026-09-30', '2026-11-30'].map((each) => ({
    day: each,
    url,
    counters: { views: 1, hour_00: 1 },
  }));
  assert.deepEqual(report(['2026-08-20', '2026-11-30'], rows).bars, [
    { at: '2026-08', views: 1 },
    { at: '2026-09', views: 2 },
    { at: '2026-10', views: 0 },
    { at: '2026-11', views: 1 },
  ]);
});

test('keeps what was not counted apart, by reason', () => {
  const rows = [
    { day: '2026-11-20', url: '(not counted)', counters: countersOfRefusal('bot') },
    { day: '2026-11-21', url: '(not counted)', counters: { bot: 2, malformed: 5, views: 1 } },
    { day: '2026-11-21', url, counters: { views: 1 } },
  ];
  const { views, pages, refusals } = report(['2026-11-20', '2026-11-21'], rows);
  assert.deepEqual([views, pages.length], [1, 1]);
  assert.deepEqual(
    refusals.map(({ reason, hits }) => [reason, hits]),
    [
      ['malformed', 5],
      ['bot', 3],
      ['views', 1],
    ],
  );
});

test('takes no harm from names that JavaScript knows', () => {
  const names = ['__proto__', 'constructor', 'toString', 'views', 'hasOwnProperty'];
  const counters = Object.fromEntries([['views', 5], ...names.map((name) => [`views_${name}`, 1])]);
  const { sources } = report(['2026-11-21'], [{ day: '2026-11-21', url: '__proto__', counters }]);
  assert.deepEqual(
    sources.map(({ name, views }) => `${name} ${views}`),
    names.map((name) => `${name} 1`).sort(),
  );
});
