import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Day } from '../../../core/calendar/day.ts';
import { monthRollup } from '../../../core/counters/month-rollup.ts';
import type { Counters } from '../../../core/counters/names.ts';
import { isUnbounded } from '../../../core/counters/names.ts';
import type { Row } from '../../../core/report/report.ts';
import { rowOf } from '../report/row.ts';

const roomy = { maxPagesPerDay: 5000, maxNamesPerDimension: 100 };
const url = 'https://blog.example.com/';
const row = (day: Day, url: string, counters: Counters): Row => rowOf({ partition: day, url, counters });

/** The counters of a month, by URL. */
function rolledUp(rows: Row[], caps = roomy): Record<string, Counters> {
  const { add, rows: sums } = monthRollup('2026-10', caps);
  for (const each of rows) add([each]);
  assert.ok(sums().every(({ partition }) => partition === '2026-10'));
  return Object.fromEntries(sums().map((sum) => [sum.url, sum.counters]));
}

describe('a month rolls up', () => {
  const run = (name: string, rows: Row[], want: Record<string, Counters>, caps = roomy) =>
    test(name, () => assert.deepEqual(rolledUp(rows, caps), want));

  const day = '2026-10-30';
  const next = '2026-10-31';
  run('to nothing where there was nothing', [], {});
  run(
    'days of a page to their sum',
    [row(day, url, { views: 2, hour_07: 2, country_FR: 1 }), row(next, url, { views: 3, hour_07: 1, seconds: 60 })],
    { [url]: { views: 5, hour_07: 3, country_FR: 1, seconds: 60 } },
  );
  run(
    'the channels of days before there were channels, and of those after',
    [
      row(day, url, { visits: 2, 'referrer_google.com': 2 }),
      row(next, url, { visits: 1, channel_mail: 1, 'referrer_(direct)': 1 }),
    ],
    { [url]: { visits: 3, channel_search: 2, channel_mail: 1, 'referrer_google.com': 2, 'referrer_(direct)': 1 } },
  );
  run('pages apart', [row(day, url, { views: 1 }), row(day, `${url}b`, { event_x: 2 })], {
    [url]: { views: 1 },
    [`${url}b`]: { event_x: 2 },
  });
  run(
    'what was not counted',
    [
      row(day, '(not counted)', { bot: 1 }),
      row(day, '(not counted) blog.example.com', { bot: 1 }),
      row(next, '(not counted)', { bot: 1, spam: 4 }),
    ],
    { '(not counted)': { bot: 2, spam: 4 }, '(not counted) blog.example.com': { bot: 1 } },
  );
  run('without what keeps count for caps', [row(day, url, { views: 1, views_x: 1, names_views: 1 })], {
    [url]: { views: 1, views_x: 1 },
  });
  run('a day that only keeps count to nothing', [row(day, '(other)', { pages: 7, kept_pages: 1 })], {});
  run(
    'pages past the cap to others, those with the least views',
    [
      row(day, `${url}a`, { views: 1, event_x: 9 }),
      row(day, `${url}b`, { views: 2 }),
      row(next, `${url}a`, { views: 2 }),
      row(next, `${url}c`, { views: 2, country_FR: 1 }),
      row(next, '(other)', { views: 1, pages: 3 }),
      row(next, '(not counted)', { bot: 1 }),
      row(next, '(not counted) blog.example.com', { bot: 2 }),
    ],
    {
      [`${url}a`]: { views: 3, event_x: 9 },
      '(other)': { views: 5, country_FR: 1 },
      '(not counted)': { bot: 1 },
      '(not counted) blog.example.com': { bot: 2 },
    },
    { maxPagesPerDay: 1, maxNamesPerDimension: 100 },
  );
  const names = (count: number, from = 0) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`term_${from + i}`, 1]));
  run(
    'names past ten times the cap to others of their kind, those with the least',
    [row(day, url, { ...names(8), views_x: 1 }), row(next, url, { ...names(6, 6), views: 1, 'term_(other)': 3 })],
    {
      [url]: {
        ...{ views: 1, views_x: 1, 'term_(other)': 3 + 2 },
        ...{ term_6: 2, term_7: 2, ...names(6), term_10: 1, term_11: 1 },
      },
    },
    { maxPagesPerDay: 9, maxNamesPerDimension: 1 },
  );
  run(
    'and so the names of others',
    [row(day, '(other)', { ...names(11), views_x: 1 }), row(next, '(other)', names(11))],
    {
      '(other)': {
        ...Object.fromEntries(Object.keys({ ...names(9), term_10: 1 }).map((name) => [name, 2])),
        'term_(other)': 2,
        views_x: 1,
      },
    },
    { maxPagesPerDay: 9, maxNamesPerDimension: 1 },
  );
  run('pages with names that JavaScript knows', [row(day, '__proto__', { views: 1, views___proto__: 1 })], {
    ['__proto__']: { views: 1, views___proto__: 1 },
  });
});

/** What there is of each kind of counter, all pages together. */
function wholeOf(rows: { counters: Counters }[]): Counters {
  const whole: Counters = {};
  for (const { counters } of rows)
    for (const [name, count] of Object.entries(counters)) {
      const kind = isUnbounded(name) || name.endsWith('_(other)') ? (name.split('_', 1)[0] ?? '') : name;
      const place = kind === name ? name : `${kind}_`;
      whole[place] = (whole[place] ?? 0) + count;
    }
  return whole;
}

test('the sum of the parts is the whole, in whatever order, and whatever the caps', () => {
  const name = fc.constantFrom(
    'views',
    'seconds',
    'hour_07',
    'views_a',
    'views_b',
    'views_(other)',
    'term_a',
    'term_b',
    'event_c',
  );
  const page = fc.constantFrom('(other)', ...['a', 'b', 'c', 'd'].map((path) => url + path));
  const rows = fc.array(
    fc.record({
      partition: fc.constantFrom('2026-10-01', '2026-10-31'),
      url: page,
      counters: fc.dictionary(name, fc.integer({ min: 1, max: 9 })),
    }),
  );
  const caps = fc.record({
    maxPagesPerDay: fc.integer({ min: 1, max: 5 }),
    maxNamesPerDimension: fc.constantFrom(1, 100),
  });
  fc.assert(
    fc.property(rows, caps, (stored, caps) => {
      const given = stored.map(rowOf);
      const { add, rows } = monthRollup('2026-10', caps);
      add(given.slice(0, 3));
      add(given.slice(3));
      assert.deepEqual(wholeOf(rows()), wholeOf(stored));
      assert.deepEqual(rows(), rows());
      assert.ok(rows().filter((row) => row.url !== '(other)').length <= caps.maxPagesPerDay);
      const backwards = Object.entries(rolledUp(given.toReversed(), caps));
      assert.deepEqual(new Map(backwards), new Map(rows().map((row) => [row.url, row.counters])));
    }),
    { numRuns: 1_000 },
  );
});

test('made-up names of a flood take no room from a page that is read', () => {
  const { add, rows } = monthRollup('2026-10', roomy, 40_000);
  for (const day of ['2026-10-01', '2026-10-02'] as const) {
    add([row(day, url, { views: 100, views_news: 60 })]);
    for (let page = 0; page < 1_000; page++) {
      const names = Array.from({ length: 20 }, (_, i) => [`term_${day}/${page}/${i}`, 1]);
      add([row(day, `${url}made-up/${day}/${page}`, { views: 2, ...Object.fromEntries(names) })]);
    }
  }
  const sums = new Map(rows().map((sum) => [sum.url, sum.counters]));
  assert.deepEqual(sums.get(url), { views: 200, views_news: 120 });
  assert.equal(Object.keys(sums.get('(other)') ?? {}).filter(isUnbounded).length, 1_000);
});

test('of a flood, holds no more than it can: what is least goes to others on the way, and nothing is lost', () => {
  const { add, rows } = monthRollup('2026-10', { ...roomy, maxPagesPerDay: 500 }, 100_000);
  const countries = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`country_${i}`, 1]));
  let sent = 0;
  for (let day = 1; day <= 12; day++) {
    const made = Array.from({ length: 500 }, (_, i) =>
      row(`2026-10-${day}`, `${url}made-up/${day}/${i}`, { views: 2, [`views_${day}-${i}`]: 1, ...countries }),
    );
    add([row(`2026-10-${day}`, url, { views: 100, views_news: 60 }), ...made]);
    sent += 100 + 1_000;
    if (day > 1 && day < 12) continue;
    add([row(`2026-10-${day}`, `${url}quiet`, { views: day, country_FR: day })]);
    sent += day;
  }
  const sums = new Map(rows().map((sum) => [sum.url, sum.counters]));
  assert.equal(sums.size, 500 + 1);
  assert.deepEqual(sums.get(url), { views: 1_200, views_news: 720 });
  assert.deepEqual(sums.get(`${url}quiet`), { views: 12, country_FR: 12 });
  assert.equal(sums.get('(other)')?.country_FR, 1, 'it was moved when there was too much to hold');
  assert.equal(
    [...sums.values()].reduce((sum, { views = 0 }) => sum + views, 0),
    sent,
  );
  assert.equal(Object.keys(sums.get('(other)') ?? {}).filter(isUnbounded).length, 1_000);
});
