import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Day } from '../../core/calendar/day.ts';
import type { Increment } from '../../core/counters/increment.ts';
import { startDatabase } from '../../local/database.ts';
import { cappedCounters } from '../../store/capped-counters.ts';
import { concurrently } from '../../store/concurrently.ts';
import { statisticsStore } from '../../store/statistics.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const statistics = statisticsStore(new DynamoDBClient(), 'SiteStatistics');
const limits = { detailDays: 99_999, maxPagesPerDay: 20, maxNamesPerDimension: 5 };
const { count: countBy, preview } = cappedCounters(statistics, limits);
const known = { shareOf: () => 1 };
const count = (increment: Increment) => countBy(increment, known);
const url = 'https://blog.example.com/';
const numbers = Array.from({ length: 120 }, (_, i) => i);

async function items(day: Day) {
  return new Map((await statistics.rows(day, 0)).map((row) => [row.url, row.counters]));
}
const sum = (counts: (number | undefined)[]) => counts.reduce<number>((total, each) => total + (each ?? 0), 0);

test('counts a page and its names from the first time on', async () => {
  for (let i = 0; i < 3; i++) await count({ day: '2026-01-01', url, add: { views: 1, views_slack: 1, hour_07: 1 } });
  await count({ day: '2026-01-01', url, add: { views: 1 } });
  assert.deepEqual(
    await items('2026-01-01'),
    new Map([
      ['(other)', { pages: 1 }],
      [url, { views: 4, views_slack: 3, hour_07: 3, names_views: 1 }],
    ]),
  );
});

test('a page that comes many times at once takes one place, and no view is lost', async () => {
  await concurrently(15, numbers, (i) => count({ day: '2026-01-02', url, add: { views: 1, [`views_${i % 3}`]: 1 } }));
  const day = await items('2026-01-02');
  assert.deepEqual(day.get('(other)'), { pages: 1 });
  assert.equal(day.get(url)?.views, 120);
  assert.deepEqual(
    [0, 1, 2].map((name) => day.get(url)?.[`views_${name}`]),
    [40, 40, 40],
  );
});

test('past the cap of pages, views go to (other), and known pages are counted on', async () => {
  const day = '2026-01-03';
  await count({ day, url, add: { views: 1 } });
  await concurrently(25, numbers, (i) => count({ day, url: url + i, add: { views: 1, [`referrer_${i}`]: 1 } }));
  await count({ day, url, add: { views: 1, referrer_friend: 1 } });
  const rows = await items(day);
  assert.equal(rows.size, limits.maxPagesPerDay + 1);
  assert.deepEqual(rows.get(url), { views: 2, referrer_friend: 1, names_referrer: 1 });
  assert.equal(sum([...rows.values()].map(({ views }) => views)), 122);
  assert.equal(rows.get('(other)')?.pages, limits.maxPagesPerDay);
  for (const refused of ['(not counted)', '(not counted) blog.example.com']) {
    await count({ day, url: refused, add: { bot: 1 } });
    assert.deepEqual((await items(day)).get(refused), { bot: 1 }, 'refused hits need no place');
  }
  const names = Object.keys(rows.get('(other)') ?? {}).filter((name) => /^referrer_\d/.test(name));
  assert.equal(names.length, 2 * limits.maxNamesPerDimension);
  const referrers = [...rows.values()].flatMap((row) =>
    Object.keys(row).map((name) => (name.startsWith('referrer_') ? row[name] : 0)),
  );
  assert.equal(sum(referrers), 121);
});

test('past the cap of names, they go to (other) of their kind, and known names are counted on', async () => {
  const day = '2026-01-04';
  await count({ day, url, add: { views: 1, views_slack: 1 } });
  await concurrently(25, numbers, (i) => count({ day, url, add: { views: 1, [`views_${i}`]: 1, [`event_${i}`]: 1 } }));
  await count({ day, url, add: { views: 1, views_slack: 1 } });
  const page = (await items(day)).get(url) ?? {};
  const namesOf = (quota: string) => Object.keys(page).filter((name) => new RegExp(`^${quota}_\\w`).test(name)).length;
  assert.deepEqual([namesOf('views'), namesOf('event')], [5, 15]);
  assert.deepEqual([page.names_views, page.names_event], [5, 15]);
  const of = (kind: string) => sum(Object.keys(page).map((name) => (name.startsWith(kind) ? page[name] : 0)));
  assert.deepEqual([page.views, of('views_'), of('event_'), page.views_slack], [122, 122, 120, 2]);
});

test('a day that only seemed full, for many came at once with one new page, is not for long', async () => {
  const day = '2026-01-07';
  const narrow = cappedCounters(statistics, { ...limits, maxPagesPerDay: 2 });
  await concurrently(25, numbers.slice(0, 100), () => narrow.count({ day, url, add: { views: 1 } }));
  await concurrently(1, numbers.slice(0, 110), (i) => narrow.count({ day, url: `${url}late/${i}`, add: { views: 1 } }));
  const rows = await items(day);
  assert.deepEqual([rows.size, rows.get('(other)')?.pages], [3, 2]);
  assert.equal(sum([...rows.values()].map(({ views }) => views)), 210);
});

test('a preview tells what counting then does', async () => {
  const day = '2026-01-05';
  const hits = numbers.slice(0, 60).map((i) => [url + (i % 30), { views: 1, [`term_${i}`]: 1 }] as const);
  for (const [page, counters] of hits) {
    const told = await preview({ day, url: page, add: counters }, 1);
    const before = (await items(day)).get(told.url) ?? {};
    await count({ day, url: page, add: counters });
    const after = (await items(day)).get(told.url) ?? {};
    const grown = Object.keys(after).filter((name) => name !== 'names_term' && after[name] !== before[name]);
    assert.deepEqual(grown.sort(), Object.keys(told.add).sort());
  }
});

test('new names of senders that nobody can tell apart fill half of a quota', async () => {
  const day = '2026-01-06';
  await concurrently(9, numbers.slice(0, 20), (i) => countBy({ day, url, add: { views: 1, [`event_x${i}`]: 1 } }));
  await count({ day, url, add: { event_signup: 1 } });
  const page = (await items(day)).get(url) ?? {};
  assert.deepEqual([page.names_event, page['event_(other)'], page.event_signup], [8, 13, 1]);
});

test('made-up pages cannot push the pages of the day before into (other)', async () => {
  const [before, day] = ['2026-02-01', '2026-02-02'] as const;
  for (const i of numbers.slice(0, 10)) await count({ day: before, url: `${url}old/${i}`, add: { views: 1 } });
  await concurrently(9, numbers.slice(0, 40), (i) => count({ day, url: `${url}new/${i}`, add: { views: 1 } }));
  for (const i of numbers.slice(0, 10)) {
    const increment = { day, url: `${url}old/${i}`, add: { views: 1 } };
    assert.deepEqual(await preview(increment, 1), increment);
    await count(increment);
    await count(increment);
  }
  const rows = await items(day);
  assert.deepEqual(rows.get(`${url}old/7`), { views: 2 });
  assert.deepEqual(rows.get('(other)'), { pages: 20, kept_pages: 10, views: 20 });
});

test('a day keeps at most as many pages of the day before as it has places', async () => {
  const [before, day] = ['2026-03-01', '2026-03-02'] as const;
  const few = cappedCounters(statistics, { ...limits, maxPagesPerDay: 3 });
  for (const i of numbers.slice(0, 12)) await count({ day: before, url: url + i, add: { views: 1 } });
  for (const i of numbers.slice(0, 12)) await few.count({ day, url: url + i, add: { views: 1 } });
  const rows = await items(day);
  assert.equal(rows.size, 7);
  assert.deepEqual(rows.get('(other)'), { pages: 3, kept_pages: 3, views: 6 });
});

test('where others change an item each time, a hit counts all the same, its names as (other)', async () => {
  const day = '2026-01-08';
  await statistics.add(day, url, { views: 1 }, limits.detailDays);
  let tries = 0;
  const add: typeof statistics.add = async (...args) => {
    if (!args[4]?.condition) return statistics.add(...args);
    tries++;
    return false;
  };
  await cappedCounters({ ...statistics, add }, limits).count({ day, url, add: { views: 1, term_new: 1 } });
  assert.deepEqual((await items(day)).get(url), { views: 2, 'term_(other)': 1 });
  assert.equal(tries, 16);
});
