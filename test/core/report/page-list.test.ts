import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listedReport } from '../../../core/report/listed-report.ts';
import { type PageListQuery, parsePageList } from '../../../core/report/page-list.ts';
import { parseRange } from '../../../core/report/range.ts';
import type { Metrics, Page } from '../../../core/report/report.ts';
import { emptyReport } from '../../views/empty-report.ts';

const site = 'https://blog.example.com/';
const page = (path: string, totals: Metrics): Page => ({ url: site + path, totals, series: [0], sources: new Map() });
const { range } = parseRange({}, { today: '2026-11-21', since: undefined });

const now = {
  ...emptyReport,
  pages: [
    page('b', { views: 9, visits: 1 }),
    page('a', { views: 5, visits: 4 }),
    page('caf%C3%A9/c', { views: 2, visits: 2 }),
  ],
};
const before = {
  ...emptyReport,
  totals: { views: 16 },
  pages: [
    page('b', { views: 8, visits: 1 }),
    page('gone', { views: 6, visits: 3 }),
    page('a', { views: 1, visits: 1 }),
    page('caf%C3%A9/d', { views: 1, visits: 1 }),
    page('with-events', { views: 0, events: 1 }),
  ],
};

function listed(query: PageListQuery): [string, number][] {
  const { list, problem } = parsePageList(query);
  assert.equal(problem, '');
  const { pages } = listedReport(now, before, { range, filter: {}, list });
  return pages.map(({ url, totals, previous }) => [
    url.slice(site.length),
    (totals.views ?? 0) - (previous?.views ?? 0),
  ]);
}

describe('pages are listed', () => {
  const run = (query: PageListQuery, want: string) =>
    test(`${JSON.stringify(query)}`, () =>
      assert.equal(
        listed(query)
          .map(([path]) => path)
          .join(' '),
        want,
      ));

  const usual = 'b a caf%C3%A9/c';
  run({}, usual);
  run({ order: 'asc' }, 'caf%C3%A9/c a b');
  run({ sort: 'visits' }, 'a caf%C3%A9/c b');
  run({ sort: 'visits', order: 'asc' }, 'b caf%C3%A9/c a');
  run({ sort: 'page' }, 'a b caf%C3%A9/c');
  run({ sort: 'page', order: 'desc' }, 'caf%C3%A9/c b a');
  run({ sort: 'events' }, usual);
  run({ q: 'CAFÉ' }, 'caf%C3%A9/c');
  run({ q: ' %c3%a9 ' }, 'caf%C3%A9/c');
  run({ q: 'nowhere' }, '');
  run({ folders: 'on' }, 'b a caf%C3%A9/*');
  run({ skip: '100' }, usual);
});

test('sorted by change, pages that are gone are the lowest', () => {
  assert.deepEqual(listed({ sort: 'change' }), [
    ['a', 4],
    ['caf%C3%A9/c', 2],
    ['b', 1],
    ['caf%C3%A9/d', -1],
    ['gone', -6],
  ]);
  assert.deepEqual(listed({ sort: 'change', order: 'asc' }).at(0), ['gone', -6]);
});

test('a folder has the earlier counts of all its pages, also of those that are gone', () => {
  assert.deepEqual(listed({ folders: 'on', q: 'café' }), [['caf%C3%A9/*', 1]]);
});

describe('a list that there is not is answered with a sentence', () => {
  const run = (query: PageListQuery, sentence: RegExp) =>
    test(String(sentence), () => assert.match(parsePageList(query).problem, sentence));

  run({ sort: 'colour' }, /^There is no column "colour" to sort by: choose one of page, views, .*, change\.$/);
  run({ order: 'up' }, /^There is no order "up": choose asc or desc\.$/);
  run({ q: 'x'.repeat(1001) }, /^The search is too long: it has at most 1000 letters\.$/);
  run({ folders: 'off' }, /^folders="off" is not known: write folders=on\.$/);
  for (const skip of ['-1', '1e3', '9999999', '1.5']) run({ skip }, /^skip=".*" is not a number of pages/);
});
