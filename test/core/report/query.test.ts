import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseQuery, type Query } from '../../../core/report/query.ts';

const sites = ['a.example', 'b.example'];
const parsed = (query: Query) => parseQuery(query, sites, { today: '2026-11-21', since: undefined });

describe('an address asks for', () => {
  const run = (query: Query, want: object) =>
    test(JSON.stringify(query), () => {
      const { scope, problem } = parsed(query);
      const { range, filter, site, metric } = scope;
      const found = { days: range.days.length, ...filter, site, ...(metric && { metric }) };
      assert.deepEqual([problem, found], ['', { site: undefined, ...want }]);
    });

  run({}, { days: 7 });
  run({ period: '30d', site: 'b.example', share: 'token' }, { days: 30, site: 'b.example' });
  run({ page: 'https://a.example/?x=1' }, { days: 7, page: 'https://a.example/?x=1' });
  run({ metric: 'bounce-rate' }, { days: 7, metric: 'bounce-rate' });
  run({ compare: 'year' }, { days: 7 });
  run({ country: 'FR' }, { days: 7, name: { dimension: 'country', name: 'FR' } });
  run(
    { event: '__proto__', page: '(other)' },
    { days: 7, page: '(other)', name: { dimension: 'event', name: '__proto__' } },
  );
  run(
    { country: 'FR', os: 'Linux', event: 'signup' },
    {
      days: 7,
      name: { dimension: 'country', name: 'FR' },
      also: [
        { dimension: 'os', name: 'Linux' },
        { dimension: 'event', name: 'signup' },
      ],
    },
  );
  run({ source: '日本', country: '' }, { days: 7, name: { dimension: 'source', name: '日本' } });
  run({ page: `https://a.example/${'x'.repeat(982)}` }, { days: 7, page: `https://a.example/${'x'.repeat(982)}` });
  run({ source: '😀'.repeat(16) }, { days: 7, name: { dimension: 'source', name: '😀'.repeat(16) } });
});

describe('an address that asks for what there is not gets the rest, and a sentence', () => {
  const run = (query: Query, sentence: RegExp, want: object) =>
    test(JSON.stringify(query).slice(0, 80), () => {
      const { scope, problem } = parsed(query);
      const { range, filter, site } = scope;
      assert.match(problem, sentence);
      assert.deepEqual({ days: range.days.length, ...filter, site }, { site: undefined, ...want });
    });

  run({ colour: 'red' }, /^There is no filter "colour": choose one of page, channel, referrer, source, .*, event\.$/, {
    days: 7,
  });
  run({ constructor: 'x' } as unknown as Query, /^There is no filter "constructor"/, { days: 7 });
  run({ site: 'c.example' }, /^There is no site "c\.example": choose one of a\.example, b\.example\.$/, { days: 7 });
  run({ period: '300y', site: 'a.example' }, /^There is no period "300y": choose one of today, .*, all\.$/, {
    days: 7,
    site: 'a.example',
  });
  run({ metric: 'love' }, /^There is no metric "love": choose one of views, visitors, .*, visit-duration\.$/, {
    days: 7,
  });
  run({ lake: 'off' }, /^The parameter lake can only be on\.$/, { days: 7 });
  run({ page: 'é'.repeat(501) }, /^The page of the filter is too long: a URL has at most 1000 bytes\.$/, { days: 7 });
  run({ source: 'x'.repeat(65) }, /^The source is too long: a name has at most 64 bytes\.$/, { days: 7 });
  run({ compare: 'month' }, /^There is no comparison "month": choose one of previous, week, year, none\.$/, {
    days: 7,
  });
  run({ period: 'x', site: 'x', colour: 'x' }, /period "x".*site "x".*filter "colour"/, { days: 7 });
});

test('an address chooses what its range is compared with, by default the range before', () => {
  const earlier = (query: Query) => parsed(query).scope.earlier?.range.days[0];
  assert.deepEqual(
    [earlier({}), earlier({ compare: 'year' }), earlier({ compare: 'none' }), earlier({ compare: 'x' })],
    ['2026-11-08', '2025-11-15', undefined, '2026-11-08'],
  );
});
