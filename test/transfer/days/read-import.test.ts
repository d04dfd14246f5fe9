import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Day } from '../../../core/calendar/day.ts';
import { visitorCaps } from '../../../core/collect/visit.ts';
import { countersOfPage } from '../../../core/counters/summary.ts';
import type { SummaryDate } from '../../../core/report/parts.ts';
import { type ReadOptions, readImport } from '../../../transfer/days/read-import.ts';
import { type Format, type ImportedView, type Sink, UnreadableFile } from '../../../transfer/format.ts';
import { smallCaps } from '../collected.ts';

const defaults: ReadOptions = {
  ...{ origin: 'https://www.blog.example', timeZone: 'UTC', pageUrls: 'merged', now: Date.parse('2026-11-25T12:00Z') },
  ...smallCaps,
  whyLeftOut: () => undefined,
};

/** Returns a format that passes on what `read` does. */
const formatOf = (read: (sink: Sink) => void): Format => ({
  ...{ name: 'test', title: 'Test', lacks: [], recognizes: () => true },
  read: async (_entries, _scope, sink) => read(sink),
});

const unknown = '(unknown)';
const somebody = { country: 'FR', device: 'mobile', browser: 'Firefox', os: unknown, language: 'fr' } as const;
const viewAt = (time: string, more: Partial<ImportedView> = {}): ImportedView => ({
  ...{ time: Date.parse(time), url: '/', visitor: 'a', referrer: '', campaign: {}, client: somebody, ...more },
});

async function imported(read: (sink: Sink) => void, options: Partial<ReadOptions> = {}) {
  const { summaries, taken, close } = await readImport(formatOf(read), [], { ...defaults, ...options });
  try {
    const byDate = new Map([...summaries()].map(({ date, summary }) => [date, summary]));
    const of = (date: string, url?: string) => {
      const summary = byDate.get(date as SummaryDate);
      return Object.fromEntries((url && summary ? countersOfPage(summary, url) : summary?.totals) ?? []);
    };
    return {
      of,
      taken,
      dates: [...byDate.keys()],
      refusals: (day: Day) => Object.fromEntries(byDate.get(day)?.refusals ?? []),
    };
  } finally {
    close();
  }
}

const viewsOf = (...views: ImportedView[]) =>
  imported((sink) => {
    for (const view of views) sink.view('views', view);
  });

const home = 'https://www.blog.example/';

test('views become the counters of live hits, whatever their order', async () => {
  const { of, taken } = await viewsOf(
    viewAt('2026-01-02T10:05:00Z', { url: 'http://blog.example/about/?fbclid=1' }),
    viewAt('2026-01-02T10:00:00Z', { referrer: 'https://t.co/x', campaign: { source: 'Mastodon' } }),
    viewAt('2026-01-02T11:00:00Z', { event: ' Sign-Up ' }),
    viewAt('2026-01-02T12:00:00Z', { url: '/about', referrer: 'www.blog.example' }),
  );
  const visit = { country_FR: 1, device_mobile: 1, browser_Firefox: 1, 'os_(unknown)': 1, language_fr: 1 };
  assert.deepEqual(of('2026-01-02', home), {
    ...{ views: 1, views_mastodon: 1, hour_10: 1, visitors: 1, site_visitors: 1, visits: 1 },
    ...{ channel_social: 1, 'referrer_x.com': 1, source_mastodon: 1, 'event_sign-up': 1, ...visit },
    linked_source_mastodon: 1,
  });
  assert.deepEqual(of('2026-01-02', `${home}about`), {
    ...{ views: 2, hour_10: 1, hour_12: 1, visitors: 1, engaged: 1, seconds: 300, visits: 1 },
    engaged_source_mastodon: 1,
    ...{ channel_direct: 1, 'referrer_(direct)': 1, ...visit },
  });
  assert.deepEqual(Object.fromEntries(taken.told), { views: 3, events: 1, visitors: 1, visits: 2 });
});

test('a visit of a tool has its views whatever the pauses, and bounces with one view', async () => {
  const visit = 'v1';
  const { of } = await viewsOf(
    viewAt('2026-01-02T10:00:00Z', { visit }),
    viewAt('2026-01-02T13:00:00Z', { visit }),
    viewAt('2026-01-02T13:01:00Z', { visit: 'v2' }),
    viewAt('2026-01-02T13:02:00Z', { visit: 'v3' }),
    viewAt('2026-01-02T13:02:30Z', { visit: 'v3' }),
    viewAt('2026-01-02T13:03:00Z', { visit: 'v3' }),
  );
  const { visits, engaged, seconds, visitors, site_visitors: siteVisitors, views } = of('2026-01-02');
  assert.deepEqual(
    { visits, engaged, seconds, visitors, siteVisitors, views },
    { visits: 3, engaged: 2, seconds: 10_860, visitors: 1, siteVisitors: 1, views: 6 },
  );
});

test('what became of visits by a source or campaign counts as live', async () => {
  const campaign = { source: 'mail', campaign: 'may' };
  const event = 'sign-up';
  const other = { campaign: { source: 'other' } };
  const { of } = await viewsOf(
    viewAt('2026-01-02T10:00:00Z', { campaign }),
    viewAt('2026-01-02T10:01:00Z', { ...other, url: '/about' }),
    viewAt('2026-01-02T10:02:00Z', { event }),
    viewAt('2026-01-02T11:00:00Z', { event }),
    viewAt('2026-01-02T12:00:00Z', other),
    viewAt('2026-01-02T12:01:00Z', { event }),
    viewAt('2026-01-02T10:00:00Z', { visitor: 'b', visit: 'v', campaign }),
    viewAt('2026-01-02T14:00:00Z', { visitor: 'b', visit: 'v', url: '/about' }),
    viewAt('2026-01-02T15:00:00Z', { visitor: 'b', visit: 'v', event }),
  );
  const outcomes = (counters: object) =>
    Object.fromEntries(Object.entries(counters).filter(([name]) => /^(linked|engaged|events)_/.test(name)));
  assert.deepEqual(outcomes(of('2026-01-02', home)), {
    ...{ linked_source_mail: 2, linked_campaign_may: 2, linked_source_other: 1 },
    ...{ events_source_mail: 2, events_campaign_may: 2, events_source_other: 1 },
  });
  assert.deepEqual(outcomes(of('2026-01-02', `${home}about`)), { engaged_source_mail: 2, engaged_campaign_may: 2 });
});

test('a day is that of the time zone, and a visit that crosses midnight begins anew', async () => {
  const views = [viewAt('2026-03-28T22:50:00Z'), viewAt('2026-03-28T23:10:00Z'), viewAt('2026-03-29T01:00:00Z')];
  const { of, dates } = await imported((sink) => views.forEach((view) => void sink.view('views', view)), {
    timeZone: 'Europe/Berlin',
  });
  assert.deepEqual(dates, ['2026-03-28', '2026-03-29', '2026-03', '2026']);
  assert.equal(of('2026-03-28').hour_23, 1);
  assert.equal(of('2026-03-29').hour_00, 1);
  assert.equal(of('2026-03-29').hour_03, 1, 'the clock went forward');
  assert.deepEqual([of('2026-03-28').visits, of('2026-03-29').visits], [1, 2]);
});

test('months and years are the sums of their days', async () => {
  const { of, dates } = await viewsOf(
    ...['2025-12-31', '2026-01-01', '2026-01-15', '2026-03-01'].map((day) => viewAt(`${day}T10:00:00Z`)),
  );
  assert.deepEqual(dates.slice(3), ['2026-01-01', '2026-01-15', '2026-01', '2026-03-01', '2026-03', '2026']);
  const viewsIn = ['2025', '2025-12', '2026-01', '2026-03', '2026'].map((date) => of(date).views);
  assert.deepEqual(viewsIn, [1, 1, 2, 1, 3]);
});

test('views without a visitor begin visits that cannot be linked', async () => {
  const { of } = await viewsOf(
    viewAt('2026-01-02T10:00:00Z', { visitor: '' }),
    viewAt('2026-01-02T10:01:00Z', { visitor: '', referrer: 'https://blog.example/' }),
  );
  const { visits, unlinked, visitors } = of('2026-01-02');
  assert.deepEqual({ visits, unlinked, visitors }, { visits: 1, unlinked: 1, visitors: undefined });
});

test('a visitor of more pages than a person views begins unlinked visits', async () => {
  const start = Date.parse('2026-01-02T10:00:00Z');
  const views = Array.from({ length: visitorCaps.pages + 2 }, (_, i) =>
    viewAt(new Date(start + 1000 * i).toISOString(), { url: `/${i}` }),
  );
  const { of } = await viewsOf(...views);
  const { visits, unlinked, visitors } = of('2026-01-02');
  assert.deepEqual({ visits, unlinked, visitors }, { visits: 3, unlinked: 2, visitors: visitorCaps.pages });
});

test('bots, spam and long URLs are refused as live hits are, and count as refused', async () => {
  const browser = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  const client = (userAgent: string) => ({ client: { userAgent, timeZone: '', width: 0, languages: '' } });
  const { of, refusals, taken } = await viewsOf(
    viewAt('2026-01-02T10:00:00Z', client(browser.userAgent)),
    viewAt('2026-01-02T10:00:00Z', client('Googlebot/2.1')),
    viewAt('2026-01-02T10:00:00Z', client('')),
    viewAt('2026-01-02T10:00:00Z', { referrer: 'https://4webmasters.org/' }),
    viewAt('2026-01-02T10:00:00Z', { url: `/${'x'.repeat(1000)}` }),
  );
  assert.equal(of('2026-01-02').views, 1);
  assert.equal(of('2026-01-02').browser_Firefox, 1);
  assert.deepEqual(refusals('2026-01-02'), { bot_search: 1, bot_none: 1, spam: 1, 'too long': 1 });
  const dropped = { 'bot (search)': 1, 'bot (none)': 1, spam: 1, 'too long': 1 };
  assert.deepEqual(taken.tables.get('views'), { kept: 1, dropped: new Map(Object.entries(dropped)) });
});

test('pages of other sites, events without a name and days that are left out are dropped', async () => {
  const { of, taken } = await imported(
    (sink) => {
      sink.view('views', viewAt('2026-01-02T10:00:00Z', { url: 'https://other.example/' }));
      sink.view('views', viewAt('2026-01-02T10:00:00Z', { event: ' \u200b' }));
      sink.view('views', viewAt('2026-01-02T10:00:00Z', { url: '//other.example/' }));
      sink.view('views', viewAt('2026-01-03T10:00:00Z'));
      sink.counts('pages', { day: '2026-01-03', url: '/', counters: { views: 2 }, told: { views: 2 } });
      sink.counts('pages', { day: '2026-01-02', url: 'https://other.example/', counters: {}, told: { views: 2 } });
    },
    { whyLeftOut: (day) => (day === '2026-01-03' ? 'counted live' : undefined) },
  );
  assert.equal(of('2026-01-02', `${home}/other.example`).views, 1);
  const dropped = { 'page of other.example': 1, 'event without a name': 1, 'counted live': 1 };
  assert.deepEqual(taken.tables.get('views'), { kept: 1, dropped: new Map(Object.entries(dropped)) });
  assert.deepEqual(taken.leftOut, new Map([['counted live', new Set(['2026-01-03'])]]));
  assert.equal(taken.told.get('views'), 1);
});

test('a receipt has few reasons, however many hosts a file has', async () => {
  const { taken } = await viewsOf(
    viewAt('2026-01-02T10:00:00Z'),
    ...Array.from({ length: 99 }, (_, i) => viewAt('2026-01-02T10:00:00Z', { url: `https://${i % 50}.example/` })),
  );
  const { dropped = new Map() } = taken.tables.get('views') ?? {};
  assert.deepEqual([dropped.size, dropped.get('page of 3.example'), dropped.get('other reasons')], [21, 2, 59]);
});

test('a day of tomorrow is left out as not over yet: a tool can be in another time zone', async () => {
  const { taken } = await imported(
    (sink) => sink.counts('pages', { day: '2026-11-26', url: '/', counters: { views: 3 } }),
    { whyLeftOut: () => 'not over yet' },
  );
  assert.deepEqual(taken.leftOut, new Map([['not over yet', new Set(['2026-11-26'])]]));
  const later = imported((sink) => sink.counts('pages', { day: '2026-11-27', url: '/', counters: { views: 3 } }));
  await assert.rejects(later, UnreadableFile);
});

test('pages of the day before have a place when the day is full, and so have those with the most views', async () => {
  const caps = { maxPagesPerDay: 2, maxNamesPerDimension: 24 };
  const views = { '/a': 1, '/b': 1, '/rare': 1, '/x': 9, '/y': 8 };
  const { of } = await imported(
    (sink) => {
      for (const url of ['/a', '/b']) sink.view('views', viewAt('2026-01-01T10:00:00Z', { url }));
      for (const [url, count] of Object.entries(views))
        sink.counts('pages', { day: '2026-01-02', url, counters: { views: count } });
    },
    { caps },
  );
  assert.deepEqual(
    ['x', 'y', 'a', 'b', 'rare'].map((path) => of('2026-01-02', `${home}${path}`).views),
    [9, 8, 1, 1, undefined],
  );
  assert.equal(of('2026-01-02', '(other)').views, 1);
});

test('counters of the site have a place when the day is full of pages', async () => {
  const day = '2026-01-02';
  const { of } = await imported(
    (sink) => {
      for (let i = 0; i < 3; i++) sink.counts('pages', { day, url: `/${i}`, counters: { views: 5 } });
      for (let i = 0; i < 90; i++)
        sink.counts('sources', { day, url: undefined, counters: { [`referrer_${i}.de`]: 1 } });
    },
    {
      caps: { maxPagesPerDay: 2, maxNamesPerDimension: 5 },
      summaryCaps: { maxPages: 2, maxUrlBytes: 100_000, maxNames: 100 },
    },
  );
  for (const date of [day, '2026-01', '2026']) {
    assert.equal(of(date, '(imported)')['referrer_89.de'], 1);
    assert.equal(of(date, '(other)').views, 5);
  }
});

test('counters of the site stand on a page of their own', async () => {
  const { of } = await imported((sink) => {
    sink.counts('sources', { day: '2026-01-02', url: undefined, counters: { 'referrer_x.com': 2, views: 0 } });
    sink.counts('pages', { day: '2026-01-02', url: 'about', counters: { views: 3 } });
    sink.counts('pages', { day: '2026-01-02', url: `/${'x'.repeat(2000)}`, counters: { views: 4 } });
  });
  assert.equal(of('2026-01-02', '(imported)')['referrer_x.com'], 2);
  assert.equal(of('2026-01-02', `${home}about`).views, 3);
  assert.equal(of('2026-01-02', '(other)').views, 4);
});

test('counters of 0 leave no names, no places and no hours', async () => {
  const counters = { event_a: 0, event_b: 1, hour_03: 0, views: 2 };
  const caps = { maxPagesPerDay: 100, maxNamesPerDimension: 1 };
  const { of, taken } = await imported((sink) => sink.counts('events', { day: '2026-01-02', url: '/', counters }), {
    caps,
  });
  assert.deepEqual(of('2026-01-02', home), { event_b: 1, views: 2 });
  assert.equal(taken.hasHours, false);
});

test('pages and names past the caps count as (other), and every sum stays', async () => {
  const { of } = await imported(
    (sink) => {
      for (let i = 0; i < 50; i++)
        sink.view('views', viewAt(`2026-01-02T10:00:${10 + i}Z`, { url: `/${i}`, visitor: `${i}` }));
      for (let i = 0; i < 50; i++)
        sink.view(
          'views',
          viewAt(`2026-01-02T11:00:${10 + i}Z`, { url: '/0', visitor: `x${i}`, referrer: `${i}.example` }),
        );
    },
    { caps: { maxPagesPerDay: 20, maxNamesPerDimension: 5 } },
  );
  assert.equal(of('2026-01-02', '(other)').views, 30);
  const page = of('2026-01-02', `${home}0`);
  assert.equal(Object.keys(page).filter((name) => name.startsWith('referrer_')).length, 10 + 2);
  assert.equal(page['referrer_(other)'], 40);
  assert.equal(of('2026-01-02').views, 100);
});

for (const time of ['0001-01-01T00:00:00Z', '1989-12-31T23:59:59Z', '2026-11-25T12:00:01Z', '9999-12-31T00:00:00Z'])
  test(`a view in ${time.slice(0, 4)} is refused`, async () => {
    await assert.rejects(
      viewsOf(viewAt('2026-01-02T10:00:00Z'), viewAt(time)),
      (error) => error instanceof UnreadableFile && /before 1990 or in the future/.test(error.message),
    );
  });

test('a time that is no number is refused', async () => {
  await assert.rejects(viewsOf({ ...viewAt('2026-01-02T10:00:00Z'), time: Number.NaN }), UnreadableFile);
});

test('temporary files hold no address and no user agent, and are removed', async (t) => {
  const before = process.env.TMPDIR;
  const folder = await mkdtemp(join(tmpdir(), 'footfall-test-'));
  process.env.TMPDIR = folder;
  t.after(async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(folder, { recursive: true });
  });
  const client = { userAgent: 'Mozilla/5.0 (X11; Secret) Firefox/140.0', timeZone: '', width: 0, languages: '' };
  const read = await readImport(
    formatOf((sink) => sink.view('views', viewAt('2026-01-02T10:00:00Z', { visitor: '203.0.113.9', client }))),
    [],
    defaults,
  );
  const [name = '', ...more] = await readdir(folder);
  assert.deepEqual([name.slice(0, 16), more], ['footfall-import-', []]);
  const path = join(folder, name);
  const [file = ''] = await readdir(path);
  const text = await readFile(`${path}/${file}`, 'utf8');
  assert.match(text, /www\.blog\.example/);
  assert.doesNotMatch(text, /203\.0\.113\.9|Secret/);
  read.close();
  assert.equal(existsSync(path), false);
});
