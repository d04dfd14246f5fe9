import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { visitDimensions } from '../../../core/counters/dimensions.ts';
import { refusalCounters } from '../../../core/counters/hit-counters.ts';
import type { Chartable, Filter } from '../../../core/report/filter.ts';
import { parseRange, type Range } from '../../../core/report/range.ts';
import { rateOf } from '../../../core/report/rates.ts';
import { reporter } from '../../../core/report/report.ts';
import type { Scope } from '../../../core/report/scope.ts';
import { type DatedRow, summarize } from '../counters/summarize.ts';

const url = 'https://blog.example.com/';

function scopeOf([from = '', ...rest]: string[], filter: Filter = {}, site?: string): Scope {
  const { range } = parseRange({ from, to: rest.at(-1) ?? from }, { today: '2026-12-31', since: undefined });
  return { range, filter, site };
}

/** The report of a range of days. */
function report(days: string[], rows: DatedRow[], filter: Filter = {}, site?: string) {
  const { add, report } = reporter(scopeOf(days, filter, site));
  for (const { summary, ...of } of summarize(rows)) add(summary, of);
  return report();
}

test('a report has every day, with 0 for days without rows', () => {
  const nothing = { views: 0, visitors: 0, visits: 0, unlinked: 0, engaged: 0, seconds: 0 };
  assert.deepEqual(report(['2026-11-20', '2026-11-21'], []), {
    totals: nothing,
    totalsByPoint: [{}, {}],
    metric: 'views',
    series: [
      { date: '2026-11-20', count: 0 },
      { date: '2026-11-21', count: 0 },
    ],
    pagesTruncated: false,
    namesTruncated: false,
    unassigned: 0,
    withoutPage: 0,
    sites: [],
    sources: [],
    pages: [],
    visitsBy: new Map(visitDimensions.map((dimension) => [dimension, []])),
    events: [],
    refusals: [],
    bots: [],
    hoursByDay: new Map(),
  });
});

test('a report adds up days, sources and pages: most views first, equal ones by name', () => {
  const rows: DatedRow[] = [
    { date: '2026-11-20', url: `${url}b`, counters: { views: 2, views_slack: 1 } },
    { date: '2026-11-20', url: `${url}a`, counters: { views: 1 } },
    { date: '2026-11-21', url: `${url}a`, counters: { views: 3, views_twitter: 2, views_slack: 1 } },
    { date: '2026-11-21', url: `${url}c`, counters: { views: 4, views_mail: 2 } },
  ];
  const { totals, series, sources, pages } = report(['2026-11-20', '2026-11-21'], rows);
  assert.equal(totals.views, 10);
  assert.deepEqual(
    series.map(({ count }) => count),
    [3, 7],
  );
  assert.deepEqual(
    sources.map(({ name, count }) => [name, count]),
    [
      ['mail', 2],
      ['slack', 2],
      ['twitter', 2],
    ],
  );
  assert.deepEqual(
    pages.map(({ url, totals, series, sources }) => [url.slice(-1), totals.views, series, Object.fromEntries(sources)]),
    [
      ['a', 4, [1, 3], { twitter: 2, slack: 1 }],
      ['c', 4, [0, 4], { mail: 2 }],
      ['b', 2, [2, 0], { slack: 1 }],
    ],
  );
});

test('a report adds up visitors, and visits by where they come from', () => {
  const people = { site_visitors: 3, visitors: 9, visits: 4, unlinked: 1, engaged: 2, seconds: 60 };
  const rows: DatedRow[] = [
    {
      date: '2026-11-20',
      url,
      counters: { views: 6, ...people, country_FR: 3, country_DE: 1, 'referrer_(direct)': 4 },
    },
    {
      date: '2026-11-21',
      url: `${url}b`,
      counters: { views: 2, site_visitors: 1, visits: 2, country_DE: 2, event_signup: 5, source_a_b: 1 },
    },
    { date: '2026-11-21', url: '(other)', counters: { pages: 2 } },
  ];
  const all = report(['2026-11-20', '2026-11-21'], rows);
  assert.deepEqual(all.totals, { views: 8, visitors: 4, visits: 6, unlinked: 1, engaged: 2, seconds: 60 });
  assert.deepEqual(all.visitsBy.get('country'), [
    { name: 'DE', count: 3 },
    { name: 'FR', count: 3 },
  ]);
  assert.deepEqual(all.visitsBy.get('referrer'), [{ name: '(direct)', count: 4 }]);
  assert.deepEqual(all.visitsBy.get('source'), [{ name: 'a_b', count: 1 }]);
  assert.deepEqual(all.events, [{ name: 'signup', count: 5 }]);
  assert.equal(all.pages.length, 2);
});

test('the series has a point for each hour of one day, and for each month of many days', () => {
  const day = report(['2026-11-21'], [{ date: '2026-11-21', url, counters: { views: 3, hour_07: 2, hour_23: 1 } }]);
  assert.equal(day.series.length, 24);
  assert.deepEqual(
    day.series.filter(({ count }) => count > 0),
    [
      { date: '2026-11-21T07', count: 2 },
      { date: '2026-11-21T23', count: 1 },
    ],
  );
  const rows = (['2026-08-31', '2026-09-01', '2026-09-30', '2026-11-30'] as const).map((each) => ({
    date: each,
    url,
    counters: { views: 1, hour_00: 1 },
  }));
  assert.deepEqual(report(['2026-08-20', '2026-11-30'], rows).series, [
    { date: '2026-08', count: 1 },
    { date: '2026-09', count: 2 },
    { date: '2026-10', count: 0 },
    { date: '2026-11', count: 1 },
  ]);
});

test('a report has the channels of visits from before there were channels', () => {
  const rows: DatedRow[] = [
    { date: '2026-11-20', url, counters: { visits: 3, 'referrer_google.com': 2, 'referrer_(direct)': 1 } },
    {
      date: '2026-11-21',
      url,
      counters: { visits: 2, channel_search: 1, channel_mail: 1, 'referrer_(direct)': 2 },
    },
  ];
  const { visitsBy } = report(['2026-11-20', '2026-11-21'], rows);
  assert.deepEqual(visitsBy.get('channel'), [
    { name: 'search', count: 3 },
    { name: 'direct', count: 1 },
    { name: 'mail', count: 1 },
  ]);
  const filter = { name: { dimension: 'channel' as const, name: 'search' } };
  const { totals, pages, series } = report(['2026-11-20', '2026-11-21'], rows, filter);
  assert.deepEqual(
    [totals, pages[0]?.totals, series.map(({ count }) => count)],
    [{ visits: 3 }, { visits: 3 }, [2, 1]],
  );
});

test('a report keeps refused hits apart, by reason', () => {
  const rows: DatedRow[] = [
    { date: '2026-11-20', url: '(not counted)', counters: refusalCounters({ refusal: 'bot', bot: 'search' }) },
    { date: '2026-11-21', url: '(not counted)', counters: { bot: 2, malformed: 5, views: 1 } },
    { date: '2026-11-21', url, counters: { views: 1 } },
  ];
  const days = ['2026-11-20', '2026-11-21'] as const;
  const { totals, pages, refusals, bots } = report([...days], rows);
  assert.deepEqual(
    report([...days], rows, { name: { dimension: 'country', name: 'DE' } }).refusals,
    [],
    'they have no name',
  );
  assert.deepEqual([totals.views, pages.length], [1, 1]);
  assert.deepEqual(
    refusals.map(({ name, count }) => [name, count]),
    [
      ['malformed', 5],
      ['bot', 3],
      ['views', 1],
    ],
  );
  assert.deepEqual(
    bots.map(({ name, count }) => [name, count]),
    [
      ['(unknown)', 2],
      ['search', 1],
    ],
  );
});

test('a report of one site has its refused hits, and that of all sites has every hit', () => {
  const rows = ['(not counted)', '(not counted) blog.example.com', '(not counted) example.org'].map(
    (url, i): DatedRow => ({ date: '2026-11-20', url, counters: { bot: 10 ** i } }),
  );
  const bots = (site?: string) => report(['2026-11-20'], rows, {}, site).refusals;
  assert.deepEqual(bots(), [{ name: 'bot', count: 111 }]);
  assert.deepEqual(bots('blog.example.com'), [{ name: 'bot', count: 10 }]);
  assert.deepEqual(bots('www.example.org'), [{ name: 'bot', count: 100 }]);
  assert.deepEqual(bots('m.example.org'), []);
});

test('a report takes no harm from names such as __proto__', () => {
  const names = ['__proto__', 'constructor', 'toString', 'views', 'hasOwnProperty'];
  const counters = Object.fromEntries([['views', 5], ...names.map((name) => [`views_${name}`, 1])]);
  const { sources } = report(['2026-11-21'], [{ date: '2026-11-21', url: '__proto__', counters }]);
  assert.deepEqual(
    sources.map(({ name, count }) => `${name} ${count}`),
    names.map((name) => `${name} 1`).sort(),
  );
});

const two = ['2026-11-20', '2026-11-21'];
const b = `${url}b`;
const mixed: DatedRow[] = [
  {
    date: '2026-11-20',
    url,
    counters: {
      views: 9,
      visitors: 6,
      site_visitors: 4,
      visits: 5,
      engaged: 3,
      seconds: 50,
      country_FR: 2,
      hour_07: 9,
    },
  },
  { date: '2026-11-20', url: '(not counted)', counters: { bot: 3 } },
  {
    date: '2026-11-21',
    url,
    counters: { views: 4, visitors: 3, site_visitors: 1, visits: 1, views_mail: 2, source_mail: 1 },
  },
  { date: '2026-11-21', url: b, counters: { views: 7, visits: 2, country_FR: 1, country_DE: 1, event_signup: 8 } },
  { date: '2026-11-21', url: `${url}c`, counters: { event_signup: 1 } },
];

test('a report of one page knows its visitors, but not how their visits went on', () => {
  const { totals, metric, series, pages, visitsBy, refusals } = report(two, mixed, { page: url });
  assert.deepEqual(totals, { views: 13, visitors: 9, visits: 6 });
  assert.equal(metric, 'views');
  assert.deepEqual(
    series.map(({ count }) => count),
    [9, 4],
  );
  assert.deepEqual(
    pages.map((page) => page.url),
    [url],
  );
  assert.deepEqual(visitsBy.get('country'), [{ name: 'FR', count: 2 }]);
  assert.deepEqual(refusals, [], 'a refused hit is on no page');
});

test('a report of one name has its counts by page and day, and nothing else', () => {
  const of = (dimension: NonNullable<Filter['name']>['dimension'], name: string, page?: string) => {
    const { totals, metric, series, pages, visitsBy, sources, events } = report(two, mixed, {
      name: { dimension, name },
      ...(page && { page }),
    });
    assert.deepEqual([...visitsBy.values(), sources, events].flat(), []);
    return {
      totals,
      metric,
      series: series.map(({ count }) => count),
      pages: pages.map(({ url, totals }) => [url, totals]),
    };
  };
  assert.deepEqual(of('country', 'FR'), {
    totals: { visits: 3 },
    metric: 'visits',
    series: [2, 1],
    pages: [
      [url, { visits: 2 }],
      [b, { visits: 1 }],
    ],
  });
  assert.deepEqual(of('source', 'mail'), {
    totals: { views: 2, visits: 1 },
    metric: 'views',
    series: [0, 2],
    pages: [[url, { views: 2, visits: 1 }]],
  });
  assert.deepEqual(of('event', 'signup'), {
    totals: { events: 9 },
    metric: 'events',
    series: [0, 9],
    pages: [
      [b, { events: 8 }],
      [`${url}c`, { events: 1 }],
    ],
  });
  assert.deepEqual(of('event', 'signup', b).totals, { events: 8 });
});

describe('of a campaign, a report', () => {
  const name = { dimension: 'campaign', name: 'spring' } as const;
  const date = '2026-11-21';
  const before: DatedRow[] = [{ date: '2026-11-20', url, counters: { views: 3, visits: 3, campaign_spring: 3 } }];
  const counted: DatedRow[] = [
    { date, url, counters: { views: 4, visits: 4, campaign_spring: 4, linked_campaign_spring: 3 } },
    { date, url: b, counters: { views: 2, visits: 1, engaged_campaign_spring: 2, events_campaign_spring: 5 } },
    { date, url: b, counters: { engaged_campaign_other: 1, events_source_spring: 1 } },
  ];

  test('has what became of its visits, and the events on each page', () => {
    const { totals, pages } = report(two, [...before, ...counted], { name });
    assert.deepEqual(totals, { visits: 7, linked: 3, engaged: 2, events: 5 });
    assert.equal(rateOf('bounce-rate', totals), 1 - 2 / 3);
    assert.deepEqual([rateOf('views-per-visit', totals), rateOf('visit-duration', totals)], [undefined, undefined]);
    assert.deepEqual(
      pages.map(({ totals }) => totals),
      [
        { visits: 7, events: 0 },
        { visits: 0, events: 5 },
      ],
    );
  });

  test('leaves out what was not counted in its range', () => {
    const { totals, pages, sites } = report(two, before, { name });
    const visits = { visits: 3 };
    assert.deepEqual([totals, pages[0]?.totals, sites[0]?.totals], [visits, visits, visits]);
    assert.equal(rateOf('bounce-rate', totals), undefined);
  });

  test('knows of one page its events, but not how visits went on', () => {
    const { totals } = report(two, counted, { name, page: b });
    assert.deepEqual(totals, { visits: 0, events: 5 });
  });

  test('charts its events and its bounce rate by day', () => {
    const { add, report } = reporter({ ...scopeOf(two, { name }), metric: 'events' });
    for (const { summary, ...of } of summarize([...before, ...counted])) add(summary, of);
    const { metric, series, totalsByPoint, pages } = report();
    assert.deepEqual([metric, series.map(({ count }) => count)], ['events', [0, 5]]);
    assert.deepEqual(
      pages.map(({ url, totals }) => [url, totals.events]),
      [[b, 5]],
    );
    assert.deepEqual(
      totalsByPoint.map((point) => rateOf('bounce-rate', point)),
      [undefined, 1 - 2 / 3],
    );
  });
});

test('a page has its views of all days, also of those without the metric that pages are sorted by', () => {
  const { add, report } = reporter({ ...scopeOf(two), metric: 'visits' });
  const rows: DatedRow[] = [
    { date: '2026-11-20', url, counters: { views: 5, visits: 1, views_mail: 1 } },
    { date: '2026-11-21', url, counters: { views: 3, views_mail: 2 } },
    { date: '2026-11-21', url: `${url}b`, counters: { views: 1 } },
  ];
  for (const { summary, ...of } of summarize(rows)) add(summary, of);
  const pages = report().pages.map(({ url, totals, sources }) => [url, totals.views, totals.visits, sources]);
  assert.deepEqual(pages, [[url, 8, 1, new Map([['mail', 3]])]]);
});

describe('the metric that was chosen', () => {
  const run = (name: string, metric: Chartable, [days, filter]: [string[], Filter], want: unknown[]) =>
    test(name, () => {
      const { add, report } = reporter({ ...scopeOf(days, filter), metric });
      const rows = mixed.filter(({ date }) => days.includes(date));
      for (const { summary, ...of } of summarize(rows)) add(summary, of);
      const found = report();
      const pages = found.pages.map((page) => [page.url.slice(url.length), page.totals[found.metric]]);
      assert.deepEqual([found.metric, found.series.map(({ count }) => count), pages], want);
    });

  run(
    'counts a visitor of a site once a day, and on each page',
    'visitors',
    [two, {}],
    ['visitors', [4, 1], [['', 9]]],
  );
  run(
    'leaves out the pages without an entrance',
    'visits',
    [two, {}],
    [
      'visits',
      [5, 3],
      [
        ['', 6],
        ['b', 2],
      ],
    ],
  );
  run(
    'is visits for a rate',
    'bounce-rate',
    [two, {}],
    [
      'visits',
      [5, 3],
      [
        ['', 6],
        ['b', 2],
      ],
    ],
  );
  run(
    'is views for hours',
    'visitors',
    [['2026-11-20'], {}],
    ['views', [...Array(7).fill(0), 9, ...Array(16).fill(0)], [['', 9]]],
  );
  run(
    'is another if the filter leaves it unknown',
    'views',
    [two, { name: { dimension: 'country', name: 'FR' } }],
    [
      'visits',
      [2, 1],
      [
        ['', 2],
        ['b', 1],
      ],
    ],
  );
});

test('the totals of each point are those of its days', () => {
  const { totalsByPoint } = report(two, mixed);
  const first = { views: 9, visitors: 4, visits: 5, unlinked: 0, engaged: 3, seconds: 50 };
  assert.deepEqual(totalsByPoint, [first, { views: 11, visitors: 1, visits: 3, unlinked: 0, engaged: 0, seconds: 0 }]);
});

test('a report of one name on one day knows no hours', () => {
  const { totals, series } = report(['2026-11-20'], mixed.slice(0, 2), { name: { dimension: 'country', name: 'FR' } });
  assert.deepEqual([totals, series], [{ visits: 2 }, []]);
});

test('a report of one site leaves out the other sites, with www. or without', () => {
  const urls = ['https://a.example/', 'http://www.a.example/x', 'https://a.example.b/', 'https://b.example/a.example/'];
  const rows = urls.map((url): DatedRow => ({ date: '2026-11-20', url, counters: { views: 1 } }));
  for (const site of ['a.example', 'www.a.example'])
    assert.deepEqual(
      report(two, rows, {}, site).pages.map((page) => page.url),
      ['http://www.a.example/x', 'https://a.example/'],
    );
});

test('a report of too many pages drops those with the least of the filtered metric, and says so', () => {
  const visit = (page: string, country_FR: number): DatedRow => ({
    date: '2026-11-20',
    url: page,
    counters: { views: 99, country_FR },
  });
  const flood = Array.from({ length: 20_000 }, (_, i) => visit(url + i, 1));
  const filter = { name: { dimension: 'country', name: 'FR' } } as const;
  const { pages, pagesTruncated, namesTruncated, metric } = report(two, [visit(url, 9), ...flood], filter);
  assert.deepEqual([metric, pages.length, pagesTruncated, namesTruncated], ['visits', 10_000, true, false]);
  assert.deepEqual([pages[0]?.url, pages[0]?.totals.visits], [url, 9]);
});

test('a report of too many pages and names drops those with the lowest counts, names into (other)', () => {
  const flood = (from: number): DatedRow[] =>
    Array.from({ length: 15_000 }, (_, i) => {
      const count = i === 0 ? 2 : 1;
      const counters = { views: count, visits: 1, [`views_${from + i}`]: count, [`medium_${from + i}`]: 1 };
      return { date: from ? '2026-11-21' : '2026-11-20', url: url + (from + i), counters };
    });
  const often = { views: 1, site_visitors: 1, views_often: 3, country_FR: 1 };
  const rows: DatedRow[] = [{ date: '2026-11-20', url, counters: often }, ...flood(0), ...flood(15_000)];
  const { totals, pages, pagesTruncated, namesTruncated, sources, visitsBy } = report(two, rows);
  assert.deepEqual([totals.views, totals.visitors, totals.visits], [30_003, 1, 30_000]);
  assert.ok(pagesTruncated && namesTruncated);
  assert.equal(pages.length, 10_000);
  assert.deepEqual(
    pages.slice(0, 2).map((page) => page.url),
    [url + 0, url + 15_000],
  );
  const named = (name: string) => sources.find((source) => source.name === name)?.count;
  assert.deepEqual([named('often'), named('0'), named('15000')], [3, 2, 2]);
  const sum = (counts: { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
  assert.deepEqual([sum(sources), sum(visitsBy.get('medium') ?? [])], [30_002 + 3, 30_000]);
  assert.ok(sources.length + (visitsBy.get('medium') ?? []).length <= 20_000);
  assert.deepEqual(visitsBy.get('country'), [{ name: 'FR', count: 1 }], 'a closed word is never dropped');
});

test('of one site, tells how many views stand in (other) pages, which belong to no site', () => {
  const rows: DatedRow[] = [
    { date: '2026-11-20', url, counters: { views: 5, country_FR: 1 } },
    { date: '2026-11-20', url: '(other)', counters: { views: 7, pages: 9, country_DE: 3 } },
    { date: '2026-11-21', url: '(other)', counters: { views: 1, country_FR: 1 } },
    { date: '2026-11-21', url: 'https://example.org/', counters: { views: 4 } },
  ];
  const of = (filter: Filter, site?: string) => report(two, rows, filter, site).unassigned;
  const france: Filter = { name: { dimension: 'country', name: 'FR' } };
  assert.deepEqual([of({}), of({}, 'blog.example.com'), of(france, 'blog.example.com')], [0, 8, 1]);
  assert.equal(of({ page: url }, 'blog.example.com'), 0);
});

test('a report of all sites has each site by itself, and a report of one site has none', () => {
  const rows: DatedRow[] = [
    { date: '2026-11-20', url: 'https://www.a.example/', counters: { views: 1, visits: 1, site_visitors: 1 } },
    { date: '2026-11-21', url: 'https://a.example/', counters: { views: 2, visits: 2, site_visitors: 1 } },
    { date: '2026-11-21', url: 'https://b.example/', counters: { views: 4, visits: 1, engaged: 1, seconds: 9 } },
    { date: '2026-11-21', url: '(other)', counters: { views: 9 } },
  ];
  const days = ['2026-11-20', '2026-11-21'];
  const none = { visitors: 0, unlinked: 0, engaged: 0, seconds: 0 };
  assert.deepEqual(report([...days], rows).sites, [
    { site: 'b.example', totals: { ...none, views: 4, visits: 1, engaged: 1, seconds: 9 }, series: [0, 4] },
    { site: 'a.example', totals: { ...none, views: 3, visitors: 2, visits: 3 }, series: [1, 2] },
  ]);
  assert.deepEqual(report([...days], rows, {}, 'a.example').sites, []);
  const ofPage = report([...days], rows, { page: 'https://b.example/' }).sites;
  assert.deepEqual(
    ofPage.map(({ site, series }) => [site, series]),
    [['b.example', [0, 4]]],
    'a site without a count is left out, however the range is read',
  );
});

test('a report has the hours of days with views, unless a bar is a month or a year', () => {
  const hoursOf = (unit: Range['unit'], filter: Filter) => {
    const scope = scopeOf(['2026-11-20', '2026-11-21'], filter);
    const { add, report } = reporter({ ...scope, range: { ...scope.range, unit } });
    const counters = { views: 2, hour_07: 2 };
    for (const { summary, ...of } of summarize([{ date: '2026-11-20', url, counters }])) add(summary, of);
    return [...report().hoursByDay].map(([day, hours]) => [day, hours[7]]);
  };
  assert.deepEqual(hoursOf('day', {}), [['2026-11-20', 2]]);
  assert.deepEqual(hoursOf('week', { page: url }), [['2026-11-20', 2]]);
  assert.deepEqual(hoursOf('day', { page: `${url}b` }), []);
  assert.deepEqual(hoursOf('month', {}), []);
  assert.deepEqual(hoursOf('year', {}), []);
});

test('the pages of an earlier range have totals only', () => {
  const { add, report } = reporter(scopeOf(two), { isEarlier: true });
  for (const { summary, ...of } of summarize(mixed)) add(summary, of);
  const whole = reporter(scopeOf(two));
  for (const { summary, ...of } of summarize(mixed)) whole.add(summary, of);
  const earlier = report();
  assert.ok(earlier.pages.length > 1);
  assert.deepEqual(
    earlier.pages,
    whole.report().pages.map((page) => ({ ...page, series: [0, 0], sources: new Map() })),
  );
  assert.deepEqual(earlier.series, whole.report().series);
});
