import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Day, dayAfter } from '../../core/calendar/day.ts';
import type { Counters } from '../../core/counters/names.ts';
import { summaryBuilder } from '../../core/counters/summary-builder.ts';
import { localClient } from '../../local/local-client.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { summariesStore } from '../../store/summaries.ts';
import { startFunctions, textOf } from './footfall.ts';

const { stats, dashboard } = await startFunctions({ SITES: 'blog.example.com,shop.example,old.example' });
const client = localClient();
const summaries = summariesStore(client, 'SiteStatistics');
const today: Day = '2026-11-23'; // a Monday
const now = Date.parse(`${today}T12:00:00Z`);
const first = dayAfter(today, -80);
const post = 'https://blog.example.com/post-x';
const sites = ['blog.example.com', 'shop.example', 'old.example'];

const ofVisits = (visits: number, referrer: string): Counters => ({
  ...{ views: visits, visits, visitors: visits, site_visitors: visits, hour_09: visits },
  ...{ [`referrer_${referrer}`]: visits, country_DE: visits, channel_website: visits },
});

/** Returns the rows of a day: quiet ones of every day, and those of a link on the last Friday. */
function rowsOf(day: Day): [url: string, Counters][] {
  const noise = (Date.parse(day) / 86_400_000) % 5;
  const quiet: [string, Counters][] = [
    ['https://blog.example.com/', ofVisits(60 + noise, '(direct)')],
    [post, ofVisits(10 + noise, 'google.com')],
    ['https://shop.example/', ofVisits(40 + noise, '(direct)')],
  ];
  quiet.push(['https://old.example/', ofVisits(50 + noise, '(direct)')]);
  if (day === '2026-11-16')
    for (const hour of ['hour_08', 'hour_20'])
      quiet.push(['https://old.example/x', { ...ofVisits(200, 'old.news'), hour_09: 0, [hour]: 200 }]);
  return day === '2026-11-20' ? [...quiet, [post, ofVisits(412, 'news.ycombinator.com')]] : quiet;
}

for (let day = first; day < today; day = dayAfter(day, 1))
  for (const site of sites) {
    const { addRow, summary } = summaryBuilder();
    for (const [url, counters] of rowsOf(day))
      if (url.startsWith(`https://${site}`)) addRow(url, new Map(Object.entries(counters)));
    await summaries.replace({ site, date: day, summary: summary(), expires: undefined }, now);
  }
const since = new Map(sites.map((site) => [site, first] as const));
await rollupState(client, 'SiteStatistics').advance(dayAfter(today, -1), since);
for (const [url, counters] of rowsOf(today))
  await statisticsStore(client, 'SiteStatistics').add(today, url, counters, 99_999);

async function answersOf(query: Record<string, string>, epoch = now) {
  const { body } = await stats({ path: '/stats.json', query, epoch });
  return JSON.parse(body ?? '');
}
const whyOf = async (query: Record<string, string>, epoch = now) => (await answersOf(query, epoch)).why;

const lastWeek = { period: 'last-week', site: 'blog.example.com' };

test('names the link, its page, and the usual rest', async () => {
  const why = await whyOf(lastWeek);
  assert.deepEqual(why.causes, [{ page: post, referrer: 'news.ycombinator.com', now: 412, before: 0 }]);
  assert.equal(why.isUsual, false);
  assert.equal(why.rest.isUsual, true);
  assert.deepEqual([why.causes[0].now + why.rest.now, why.causes[0].before + why.rest.before], [why.now, why.before]);
  assert.deepEqual(why.sentences.slice(1, 2), [
    '412 more came from news.ycombinator.com to blog.example.com/post-x (0 before).',
  ]);
});

test('names it while today is not over, and in a range that ends with the day before', async () => {
  assert.deepEqual((await whyOf({ period: '7d', site: 'blog.example.com' })).causes, [
    { page: post, referrer: 'news.ycombinator.com', now: 412, before: 0 },
  ]);
  assert.equal((await whyOf({ from: '2026-11-20', to: '2026-11-20' })).causes[0].page, post);
});

test('counts a cause of the earlier range up to the same time, as the filter does that it links to', async () => {
  const query = { period: '7d', site: 'old.example' };
  const [cause] = (await whyOf(query)).causes;
  assert.deepEqual(cause, { page: 'https://old.example/x', referrer: 'old.news', now: 0, before: 200 });
  const { totals, previous } = await answersOf({ ...query, page: cause.page, referrer: cause.referrer });
  assert.deepEqual([totals.visits, previous.visits], [0, 200]);
});

test('names the referrer alone if the range is too long for names by page', async () => {
  const [cause] = (await whyOf({ from: '2026-10-16', to: '2026-11-22', compare: 'previous' })).causes;
  assert.deepEqual(cause, { referrer: 'news.ycombinator.com', now: 412, before: 0 });
});

test('says that a quiet week is within the usual', async () => {
  const why = await whyOf(lastWeek, now - 7 * 86_400_000);
  assert.deepEqual([why.isUsual, why.causes, why.rest], [true, [], null]);
  assert.match(
    why.sentences.join(' '),
    /^(As many visits as|[+−]\d+ visits? compared with) the week before(, within the usual)?\.$/,
  );
});

test('a report of one site never tells of another', async () => {
  const why = await whyOf({ ...lastWeek, site: 'shop.example' });
  assert.equal(why.isUsual, true);
  assert.ok(!JSON.stringify(why).includes('ycombinator'));
});

test('explains neither a part of the visits nor a range that is not compared', async () => {
  assert.equal(await whyOf({ ...lastWeek, country: 'DE' }), null);
  assert.equal(await whyOf({ ...lastWeek, page: post }), null);
  assert.equal(await whyOf({ ...lastWeek, compare: 'none' }), null);
});

test('marks the day of the link, with its usual views and what brought it', async () => {
  const { unusual } = await answersOf(lastWeek);
  const [{ usual, ...found }] = unusual;
  assert.deepEqual(
    [unusual.length, found.day, found.causes],
    [1, '2026-11-20', [{ referrer: 'news.ycombinator.com', now: 412, before: 0 }]],
  );
  assert.ok(usual >= 70 && usual <= 80 && found.count > 412);
  assert.deepEqual((await answersOf({ ...lastWeek, country: 'DE' })).unusual, []);
  assert.deepEqual((await answersOf({ period: '12mo' })).unusual, []);
  const shown = (await answersOf({ period: '7d', site: 'blog.example.com' })).unusual;
  assert.deepEqual(
    shown.map(({ day }: { day: Day }) => day),
    ['2026-11-20'],
    'today is not over',
  );
});

test('estimates the views of today by its end', async () => {
  const { forecast } = await answersOf({ period: 'today', site: 'blog.example.com' }, now - 3 * 3_600_000 + 1_800_000);
  assert.ok(forecast.low >= 72 && forecast.low < forecast.high && forecast.high < 200, JSON.stringify(forecast));
  assert.equal((await answersOf({ period: 'yesterday' }, now - 9_000_000)).forecast, null);
});

test('the dashboard tells of unusual days and of midnight', async () => {
  const query = { period: '7d', site: 'blog.example.com' };
  const html = textOf(await dashboard({ path: '/dashboard', query, epoch: now - 9_000_000 }));
  assert.match(html, /Today: about \d+ (to \d+ )?views by midnight\./);
  assert.match(html, />Fri 20 Nov<\/a> is unusual: \d+ views, where \d+ are usual on this weekday\./);
  const ofDay = { site: query.site, from: '2026-11-20', to: '2026-11-20', referrer: 'news.ycombinator.com' };
  assert.ok(html.includes(`<a href="?${String(new URLSearchParams(ofDay)).replaceAll('&', '&amp;')}">412 more</a>`));
});

test('the dashboard links the number to its filter, with range and site', async () => {
  const html = textOf(await dashboard({ path: '/dashboard', query: lastWeek, epoch: now }));
  const filter = new URLSearchParams({ ...lastWeek, page: post, referrer: 'news.ycombinator.com' });
  assert.ok(html.includes(`<a href="?${String(filter).replaceAll('&', '&amp;')}">412 more</a>`));
});

test('the feed says it, too', async () => {
  const feed = textOf(await stats({ path: '/feed.xml', query: { site: 'blog.example.com' }, epoch: now }));
  assert.ok(feed.includes('412 more came from news.ycombinator.com to /post-x (0 before).'));
});

test('the lists of the feed have their changes', async () => {
  const feed = textOf(await stats({ path: '/feed.xml', query: { site: 'blog.example.com' }, epoch: now }));
  const items = [...feed.matchAll(/&lt;li>(.*?)&lt;\/li>/g)].map(([, item = '']) => item.replace(/&lt;.*?>/g, ''));
  assert.deepEqual(items.slice(0, 5), [
    '/post-x: 499, up 501%',
    '/: 437, up 1%',
    'Direct or unknown: 437, up 1%',
    'news.ycombinator.com: 412, new',
    'google.com: 87, up 5%',
  ]);
});

test('says the same whatever pages are listed', async () => {
  const why = await whyOf(lastWeek);
  assert.deepEqual(await whyOf({ ...lastWeek, q: 'nowhere' }), why);
  assert.deepEqual(await whyOf({ ...lastWeek, folders: 'on', sort: 'change' }), why);
});

test('has no hours in a range that is read by month', async () => {
  const days = async (query: Record<string, string>) => (await answersOf(query)).hours.length;
  assert.deepEqual([await days({ period: '7d' }), await days({ period: '7d', by: 'month' })], [7, 0]);
  assert.equal(await days({ period: '7d', country: 'DE' }), 0);
});
