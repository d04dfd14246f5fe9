import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusals } from '../../core/hit.ts';
import { dynamoClient } from '../../store/client.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { startFunctions } from './footfall.ts';
import { hostileHits } from './hostile.ts';

const { track, dashboard } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'UTC' });
const epoch = Date.parse('2026-11-21T12:00:00Z');

test('there are at least 200 hostile hits, each of its own', () => {
  assert.ok(hostileHits.length >= 200, `${hostileHits.length}`);
  assert.equal(
    new Set(hostileHits.map(({ body, headers }) => JSON.stringify([body, headers]))).size,
    hostileHits.length,
  );
});

for (const { name, body, headers = {} } of hostileHits) {
  test(`never breaks: ${name}`, async () => {
    const { statusCode, headers: answered, body: text } = await track({ body, headers, epoch });
    const reason = answered?.['x-footfall'];
    assert.ok(statusCode === 204 || ((statusCode === 400 || statusCode === 403) && reason), `${statusCode} ${reason}`);
    assert.ok(reason === undefined || refusals.some((refusal) => refusal === reason), `${reason}`);
    assert.equal(text, undefined);
  });
}

test('leaves nothing in the table but its own words, and a dashboard that can be read', async () => {
  const rows = await statisticsStore(dynamoClient(), 'SiteStatistics').rows('2026-11-21', epoch);
  assert.ok(rows.length > 10);
  let hits = 0;
  for (const { url, counters } of rows) {
    if (url === '(not counted)') {
      for (const reason of Object.keys(counters))
        assert.ok(
          refusals.some((refusal) => refusal === reason),
          reason,
        );
      hits += Object.values(counters).reduce((sum, count) => sum + count, 0);
      continue;
    }
    assert.match(url, /^https:\/\/blog\.example\.com\/[!-~]*$/);
    for (const counter of Object.keys(counters)) assert.match(counter, /^views(_\P{Cc}{1,128})?$/u);
    hits += counters.views ?? 0;
  }
  assert.equal(hits, hostileHits.length, 'every hit is accounted for');
  assert.equal((await dashboard({ epoch })).statusCode, 200);
});
