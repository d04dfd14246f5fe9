import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseQuery, type Query } from '../../core/report/query.ts';
import { linksFrom } from '../../views/links.ts';

const query = { compare: 'year', sort: 'change', order: 'asc', q: 'a b', folders: 'on', skip: '100', country: 'FR' };

describe('a link keeps what stands in the address', () => {
  const run = (name: string, change: Query, want: string) =>
    test(name, () => {
      const { scope } = parseQuery(query, [], { today: '2026-11-21', since: undefined });
      assert.equal(linksFrom(scope)(change), want);
    });

  const list = 'sort=change&order=asc&q=a+b&folders=on';
  run('but the list of pages begins anew', {}, `?period=7d&compare=year&country=FR&${list}`);
  run('with another range', { period: '30d' }, `?compare=year&country=FR&${list}&period=30d`);
  run('with the next pages', { skip: '200' }, `?period=7d&compare=year&country=FR&${list}&skip=200`);
  run(
    'without what it removes',
    { q: undefined, country: undefined },
    '?period=7d&compare=year&sort=change&order=asc&folders=on',
  );
});

test('a link to another range leaves out the unit, which may be too small for it', () => {
  const { scope } = parseQuery({ period: '90d', by: 'week' }, [], { today: '2026-11-21', since: undefined });
  const linkTo = linksFrom(scope);
  assert.deepEqual(
    [linkTo({ metric: 'visits' }), linkTo({ period: 'all' })],
    ['?period=90d&by=week&metric=visits', '?period=all'],
  );
});
