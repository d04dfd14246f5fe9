import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import type { Counters } from '../../../core/counters/names.ts';
import type { Summary } from '../../../core/counters/summary.ts';
import { parseRange } from '../../../core/report/range.ts';
import { reporter } from '../../../core/report/report.ts';
import { summaryUntil } from '../../../core/report/summary-until.ts';
import { summarize } from '../counters/summarize.ts';

const url = 'https://blog.example.com/';
const time = { hour: '12', minute: '30' };

function summaryOf(pages: Record<string, Counters>): Summary {
  const rows = Object.entries(pages).map(([page, counters]) => ({
    date: '2026-11-20' as Day,
    url: url + page,
    counters,
  }));
  const [found] = summarize(rows);
  assert.ok(found);
  return found.summary;
}

const twoPages = {
  a: { views: 10, visits: 5, hour_09: 6, hour_12: 4, country_FR: 5 },
  b: { views: 6, visits: 4, hour_20: 6, country_FR: 2, country_DE: 2 },
};

test('a day up to a time has its past hours and the part of the hour that is over', () => {
  const { totals } = summaryUntil(summaryOf(twoPages), time);
  assert.deepEqual(
    [totals.get('views'), totals.get('hour_09'), totals.get('hour_12'), totals.get('hour_20')],
    [8, 6, 2, 0],
  );
});

test('a day up to a time has the other counts of each page by the hours of the page', () => {
  const { pages, numbers, totals } = summaryUntil(summaryOf(twoPages), time);
  assert.deepEqual(
    [pages, numbers.get('visits')],
    [
      [`${url}a`, `${url}b`],
      [4, 0],
    ],
  );
  assert.deepEqual([totals.get('visits'), totals.get('country_FR'), totals.get('country_DE')], [4, 4, 0]);
});

test('a day up to a time has counts by the hours of the site if it does not have those of pages', () => {
  const { numbers, totals } = summaryUntil({ ...summaryOf(twoPages), names: new Map() }, time);
  assert.deepEqual(numbers.get('views'), [5, 3]);
  assert.deepEqual([totals.get('views'), totals.get('visits'), totals.get('country_DE')], [8, 4.5, 1]);
});

test('a day up to a time has counts by the clock if no hours are known', () => {
  const { totals } = summaryUntil(summaryOf({ a: { event_signup: 48 } }), time);
  assert.equal(totals.get('event_signup'), 25);
});

test('a report of days up to a time has whole numbers, and only its last day is cut', () => {
  const { range } = parseRange({ from: '2026-11-19', to: '2026-11-20' }, { today: '2026-12-31', since: undefined });
  const { add, report } = reporter({ range, filter: {} }, { until: time });
  const counters = { views: 3, visits: 1, hour_09: 1, hour_20: 2, country_FR: 1 };
  const rows = [
    { date: '2026-11-19' as Day, url, counters },
    { date: '2026-11-20' as Day, url, counters },
    { date: '2026-11-20' as Day, url: `${url}b`, counters: { views: 4, hour_23: 4, country_DE: 1, views_mail: 4 } },
  ];
  for (const { summary, ...of } of summarize(rows)) add(summary, of);
  const { totals, series, pages, visitsBy, sources } = report();
  assert.deepEqual([totals.views, totals.visits], [4, 1]);
  assert.deepEqual(
    series.map(({ count }) => count),
    [3, 1],
  );
  assert.deepEqual(
    pages.map((page) => [page.url, page.totals.views]),
    [[url, 4]],
  );
  assert.deepEqual([visitsBy.get('country'), sources], [[{ name: 'FR', count: 1 }], []]);
});

test('the hours of a day up to a time end with the hour of that time', () => {
  const { range } = parseRange({ period: 'today' }, { today: '2026-11-20', since: undefined });
  const { add, report } = reporter({ range, filter: {} }, { until: { hour: '02', minute: '15' } });
  const counters = { views: 12, hour_01: 3, hour_02: 4, hour_05: 5 };
  for (const { summary, ...of } of summarize([{ date: '2026-11-20', url, counters }])) add(summary, of);
  assert.deepEqual(report().series, [
    { date: '2026-11-20T00', count: 0 },
    { date: '2026-11-20T01', count: 3 },
    { date: '2026-11-20T02', count: 1 },
  ]);
});
