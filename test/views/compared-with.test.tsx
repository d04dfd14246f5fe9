import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { parseQuery, type Query } from '../../core/report/query.ts';
import { ComparedWith } from '../../views/ComparedWith.tsx';
import { linksFrom } from '../../views/links.ts';
import { emptyReport } from './empty-report.ts';

const time = { hour: '14', minute: '30' };
const scopeOf = (query: Query) => parseQuery(query, [], { today: '2026-11-21', since: '2026-11-01', time }).scope;

function html(query: Query, views: number): string {
  const scope = scopeOf(query);
  const previous = scope.earlier && { ...emptyReport, totals: { views } };
  return renderToString(
    <ComparedWith scope={scope} previous={previous} today="2026-11-21" linkTo={linksFrom(scope)} />,
  );
}

describe('the legend says what the range is compared with', () => {
  const run = (query: Query, views: number, sentence: string) =>
    test(sentence, () =>
      assert.ok(
        html(query, views)
          .replace(/<[^>]+>/g, '')
          .startsWith(sentence),
      ),
    );

  run({}, 1, '8–14 Nov, until 14:30');
  run({ period: 'yesterday' }, 1, 'Fri 13 Nov');
  run({ period: 'yesterday' }, 0, 'Fri 13 Nov: nothing counted');
  run({ period: '30d' }, 1, 'No earlier data to compare with');
  run({ compare: 'none' }, 1, 'Not compared');
});

test('links lead to the other comparisons, and keep the range', () => {
  const links = [...html({ period: '30d', compare: 'year' }, 1).matchAll(/href="([^"]*)"( aria-current="true")?/g)];
  assert.deepEqual(
    links.map(([, href, current]) => [href, Boolean(current)]),
    [
      ['?period=30d', false],
      ['?period=30d&amp;compare=week', false],
      ['?period=30d&amp;compare=year', true],
      ['?period=30d&amp;compare=none', false],
    ],
  );
});

test('offers the same weekdays only for days and weeks', () => {
  const offers = (query: Query) => html(query, 1).includes('compare=week');
  assert.deepEqual([{ period: '7d' }, { period: 'today' }, { period: '12mo' }].map(offers), [true, false, false]);
});
