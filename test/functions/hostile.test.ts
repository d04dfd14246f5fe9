import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUpTo } from '../../core/calendar/day.ts';
import { botFamilies } from '../../core/collect/bot.ts';
import { refusals } from '../../core/collect/hit.ts';
import { botPrefix, isNotCounted } from '../../core/counters/names.ts';
import { hostileHits } from '../../local/hostile-hits.ts';
import { localClient } from '../../local/local-client.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { startFunctions } from './footfall.ts';

const { track, dashboard } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'UTC' });
// Each hit comes from somebody else, and on one of a few days, so that the caps keep none from the table.
const days = daysUpTo('2026-11-24', 15);
const noon = (day = '') => Date.parse(`${day}T12:00:00Z`);

test('there are at least 200 hostile hits, each of its own', () => {
  assert.ok(hostileHits.length >= 200, `${hostileHits.length}`);
  assert.equal(
    new Set(hostileHits.map(({ body, headers }) => JSON.stringify([body, headers]))).size,
    hostileHits.length,
  );
});

for (const [i, { name, body, headers = {} }] of hostileHits.entries()) {
  const epoch = noon(days[i % days.length]);
  const ip = `10.0.${i >> 8}.${i & 255}`;
  test(`track answers a hostile hit with 204 or a reason: ${name}`, async () => {
    const { statusCode, headers: answered, body: text } = await track({ body, headers, ip, epoch });
    const reason = answered?.['x-footfall'];
    assert.ok(statusCode === 204 || ((statusCode === 400 || statusCode === 403) && reason), `${statusCode} ${reason}`);
    assert.ok(reason === undefined || refusals.some((refusal) => refusal === reason), `${reason}`);
    assert.equal(text, undefined);
  });
}

const vocabulary = new RegExp(
  [
    '^(views|visitors|site_visitors|visits|unlinked|engaged|seconds|names_[a-z]+|hour_[0-2]\\d)$',
    '^(views|source|medium|campaign|term|content|referrer|event)_\\P{Cc}{1,128}$',
    '^(linked|engaged|events)_(source|campaign)_\\P{Cc}{1,128}$',
    '^country_([A-Z]{2}|\\(unknown\\))$',
    '^channel_(direct|search|social|website|campaign|community|mail|ai)$',
    '^device_(mobile|tablet|desktop|\\(unknown\\))$',
    '^(browser|os)_[A-Z(][A-Za-z0-9 .()]{1,40}$',
    '^language_([a-z]{2}|\\(unknown\\))$',
  ].join('|'),
  'u',
);

test('hostile hits leave only known counters in the table, and a dashboard that answers', async () => {
  const statistics = statisticsStore(localClient(), 'SiteStatistics');
  const rows = (await Promise.all(days.map((day) => statistics.rows(day, 0)))).flat();
  assert.ok(rows.length > 10);
  let hits = 0;
  for (const { url, counters } of rows) {
    if (url === '(other)') continue;
    if (isNotCounted(url)) {
      assert.match(url, /^\(not counted\)( blog\.example\.com)?$/);
      for (const reason of Object.keys(counters))
        assert.ok(
          [...refusals, ...botFamilies.map((family) => botPrefix + family)].some((known) => known === reason),
          reason,
        );
      hits += Object.values(counters).reduce((sum, count) => sum + count, 0);
      continue;
    }
    assert.match(url, /^https:\/\/blog\.example\.com\/[!-~]*$/);
    for (const counter of Object.keys(counters)) assert.match(counter, vocabulary);
    hits +=
      (counters.views ?? 0) +
      Object.keys(counters)
        .filter((name) => name.startsWith('event_'))
        .reduce((sum, name) => sum + (counters[name] ?? 0), 0);
  }
  assert.equal(hits, hostileHits.length, 'every hit is accounted for');
  for (const day of days) assert.equal((await dashboard({ epoch: noon(day) })).statusCode, 200);
});
