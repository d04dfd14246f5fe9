import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { parseQuery, type Query } from '../../core/report/query.ts';
import { linksFrom } from '../../views/links.ts';
import { RangeNav } from '../../views/RangeNav.tsx';
import { UnitNav } from '../../views/UnitNav.tsx';

const today = '2026-11-21';

/** Returns the links of a part of the navigation: what each reads, and where it leads. */
function linksIn(query: Query, part: RegExp): string[] {
  const { scope } = parseQuery(query, ['a.example'], { today, since: '2019-05-01' });
  const html = renderToString(
    <>
      <UnitNav range={scope.range} linkTo={linksFrom(scope)} />
      <RangeNav scope={scope} today={today} linkTo={linksFrom(scope)} />
    </>,
  );
  const links = [...(part.exec(html)?.[0] ?? '').matchAll(/<a ([^>]*)>([^<]*)</g)];
  return links.map(([, attributes = '', text]) => {
    const href = /href="([^"]*)"/.exec(attributes)?.[1]?.replaceAll('&amp;', '&');
    return `${text}${attributes.includes('aria-current') ? '*' : ''} ${href}`;
  });
}

describe('links to other bars', () => {
  const run = (query: Query, want: string[]) =>
    test(JSON.stringify(query), () => assert.deepEqual(linksIn(query, /class="units".*<\/ul>/), want));

  run({}, []);
  run({ period: 'today' }, []);
  run({ period: '30d' }, ['Day* ?period=30d', 'Week ?period=30d&by=week']);
  run({ period: '90d', by: 'week' }, ['Day ?period=90d', 'Week* ?period=90d&by=week', 'Month ?period=90d&by=month']);
  run({ period: '12mo', country: 'FR' }, ['Week ?period=12mo&country=FR&by=week', 'Month* ?period=12mo&country=FR']);
  run({ period: 'all' }, ['Month ?period=all&by=month', 'Year* ?period=all']);
  run({ from: '2006-01-01' }, []);
  run({ period: '7d', by: 'week' }, ['Day ?period=7d', 'Week* ?period=7d&by=week']);
});

describe('links to the ranges before and after', () => {
  const run = (query: Query, want: string[]) =>
    test(JSON.stringify(query), () =>
      assert.deepEqual(
        linksIn(query, /.*(?=<\/nav>)/).filter((link) => /^[←→]/.test(link)),
        want,
      ),
    );

  run({ period: '7d' }, ['← ?from=2026-11-08&to=2026-11-14']);
  run({ period: 'last-week', site: 'a.example' }, [
    '← ?site=a.example&from=2026-11-02&to=2026-11-08',
    '→ ?site=a.example&from=2026-11-16&to=2026-11-21',
  ]);
  run({ from: '2026-08-03', to: '2026-08-30', by: 'week' }, [
    '← ?from=2026-07-06&to=2026-08-02&by=week',
    '→ ?from=2026-08-31&to=2026-09-27&by=week',
  ]);
  run({ period: 'all' }, []);
});

test('the menu of periods keeps the site and the filter, and drops the unit', () => {
  const links = linksIn({ period: '90d', by: 'week', site: 'a.example', os: 'Linux' }, /class="periods".*?<\/div>/);
  assert.equal(links.length, 13);
  assert.equal(links.at(-1), 'All time ?site=a.example&os=Linux&period=all');
  assert.equal(
    links.find((link) => link.includes('*')),
    '90 days* ?site=a.example&os=Linux&period=90d',
  );
});
