import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { Day } from '../../core/calendar/day.ts';
import type { Explanation } from '../../core/report/explain.ts';
import { parseQuery, type Query } from '../../core/report/query.ts';
import { DayRemarks } from '../../views/DayRemarks.tsx';
import { HeatMap } from '../../views/HeatMap.tsx';
import { linksFrom } from '../../views/links.ts';
import { Why } from '../../views/Why.tsx';
import { textOfSentence, whySentences } from '../../views/why-sentences.ts';
import { linkTo } from './empty-report.ts';

const site = 'blog.example.com';
const scopeOf = (query: Query = {}, today: Day = '2026-11-21') =>
  parseQuery(query, [site], { today, since: '2020-01-01' }).scope;
const post = `https://${site}/post-x`;
const quiet: Explanation = { now: 752, before: 740, isUsual: true, causes: [] };
const grown: Explanation = {
  ...{ now: 1_200, before: 740, isUsual: false },
  causes: [{ page: post, name: { dimension: 'referrer', name: 'news.ycombinator.com' }, now: 412, before: 0 }],
  rest: { now: 788, before: 740, isUsual: true },
};

describe('why it moved, in words', () => {
  const run = (name: string, why: Explanation, want: string, query?: Query) =>
    test(name, () => assert.equal(whySentences(why, scopeOf(query), site).map(textOfSentence).join(' '), want));

  run('a usual change', quiet, '+12 visits compared with the week before, within the usual.');
  run('no change', { ...quiet, now: 740 }, 'As many visits as the week before.');
  run(
    'a cause',
    grown,
    '+460 visits compared with the week before. 412 more came from news.ycombinator.com to /post-x (0 before). Without them +48, within the usual.',
  );
  run(
    'two causes of a loss',
    {
      ...{ now: 400, before: 1_700, isUsual: false },
      causes: [
        { name: { dimension: 'channel', name: 'search' }, now: 10, before: 1_010 },
        { name: { dimension: 'referrer', name: '(direct)' }, now: 100, before: 300 },
      ],
      rest: { now: 290, before: 390, isUsual: false },
    },
    '−1,300 visits compared with a year before. 1,000 fewer came with the channel Search (1,010 before), and 200 fewer came directly or from an unknown place (300 before). Without them −100.',
    { compare: 'year' },
  );
  run('months have no weekdays', quiet, '+12 visits compared with the time before, within the usual.', {
    ...{ period: '12mo', compare: 'week' },
  });
  const half = { date: '2026-11-20', mix: 0.01, within: 0.05 };
  const rate = { rate: 'bounce-rate', now: 0.61, before: 0.52 } as const;
  run(
    'a rate that one day changed',
    { ...quiet, rate: { ...rate, parts: [half, { ...half, date: '2026-11-21', within: 0.02 }] } },
    '+12 visits compared with the week before, within the usual. Bounce rate 61%, 52% before: mostly on 2026-11-20.',
  );
  run(
    'a rate that all days changed',
    { ...quiet, rate: { ...rate, parts: ['17', '18', '19'].map((day) => ({ date: day, mix: 0.01, within: 0.02 })) } },
    '+12 visits compared with the week before, within the usual. Bounce rate 61%, 52% before: on most days.',
  );
  run(
    'no cause',
    { now: 900, before: 300, isUsual: false, causes: [] },
    '+600 visits compared with the 3 days before. No single page, referrer or country explains it: many changed.',
    { from: '2026-11-16', to: '2026-11-18' },
  );
});

test('a month is compared with the month before on its first day, too', () => {
  const said = (query: Query) => whySentences(quiet, scopeOf(query, '2026-11-01'), site).map(textOfSentence).join(' ');
  assert.match(said({ period: 'month' }), /compared with the month before,/);
  assert.match(said({ period: 'month', compare: 'week' }), /compared with the same weekday before,/);
  assert.match(said({ period: 'today' }), /compared with the same weekday before,/);
});

test('links the count of a cause, and isolates names that read from right to left', () => {
  const [cause] = grown.causes;
  const why = {
    ...grown,
    causes: [{ ...cause, now: 412, before: 0, name: { dimension: 'referrer', name: 'דוגמה' } as const }],
  };
  const html = renderToString(<Why why={why} scope={scopeOf()} prefix={site} linkTo={linkTo} />);
  assert.match(html, /<a href="\?period=7d&amp;page=[^"]*&amp;referrer=[^"]*">412 more<\/a>/);
  assert.match(html, /from <bdi>דוגמה<\/bdi> to <bdi>\/post-x<\/bdi>/);
});

test('tells of the three most unusual days, the latest first', () => {
  const unusual = [200, 900, 150, 0].map((count, i) => ({
    ...{ day: `2026-11-1${i}` as Day, count, usual: 100 },
    causes: [],
  }));
  const forecast = { low: 1_234, high: 1_278 };
  const html = renderToString(
    <DayRemarks unusual={unusual} forecast={forecast} metric="views" prefix={site} linkTo={linkTo} />,
  );
  assert.match(html, /Today: about 1,200 to 1,300 views by midnight\./);
  assert.deepEqual(html.match(/>\w+ 1\d Nov</g), ['>Fri 13 Nov<', '>Wed 11 Nov<', '>Tue 10 Nov<']);
  assert.match(html, /is unusual: 0 views, where 100 are usual on this weekday\./);
});

test('a cause of an unusual day leads to that day beside the week before', () => {
  const causes = [{ name: { dimension: 'referrer', name: 'news.example' } as const, now: 92, before: 1 }];
  const unusual = [{ day: '2026-11-20' as Day, count: 200, usual: 100, causes }];
  const html = renderToString(
    <DayRemarks
      {...{ unusual, forecast: undefined, metric: 'views', prefix: site }}
      linkTo={linksFrom(scopeOf({ compare: 'year' }))}
    />,
  );
  assert.ok(html.includes('<a href="?from=2026-11-20&amp;to=2026-11-20&amp;referrer=news.example">91 more</a>'), html);
});

test('shows when people read in words, and draws each hour of the week once', () => {
  const hoursByDay = new Map([['2026-11-17', Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 8 : 0))] as const]);
  const now = { day: '2026-11-21', hour: '23', minute: '59' } as const;
  const htmlOf = (query: Query) =>
    renderToString(
      <HeatMap
        report={{ hoursByDay }}
        scope={scopeOf(query)}
        now={now}
        since={undefined}
        imports={[]}
        linkTo={linkTo}
      />,
    );
  const html = htmlOf({});
  assert.match(html, /Most views: Tuesday, 09:00 to 10:00, 8 views\./);
  assert.match(htmlOf({ period: '30d' }), /Most views: Tuesday, 09:00 to 10:00, 2 views on average\./);
  assert.match(html, /<th scope="row">Tuesday<\/th><td class="number">8<\/td><td>09:00 to 10:00 \(8\)<\/td>/);
  assert.equal(html.match(/h1v1h-1z/g)?.length, 7 * 24);
  assert.match(html, /<path class="shade-4" d="M9 1h1v1h-1z">/);
});
