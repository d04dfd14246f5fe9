import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localClient } from '../../../local/local-client.ts';
import { concurrently } from '../../../store/concurrently.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { startFunctions } from '../../functions/footfall.ts';

// The whole flood, of 100,000 hits, is bench/flood.ts.
const caps = { MAX_PAGES_PER_DAY: '30', MAX_NAMES_PER_DIMENSION: '5' };
const { track, dashboard } = await startFunctions({ SITES: 'blog.example.com', VISITORS: 'off', ...caps });
const epoch = Date.parse('2026-11-21T12:00:00Z');
const site = 'https://blog.example.com/';
const send = (fields: object, query = {}) => track({ body: JSON.stringify(fields), query, epoch });
const rows = () => statisticsStore(localClient(), 'SiteStatistics').rows('2026-11-21', epoch);

test('a flood of made-up pages and names grows neither the day nor an item past its cap, and loses no view', async () => {
  const reader = { url: site, utm_source: 'newsletter' };
  await send(reader);
  const numbers = Array.from({ length: 600 }, (_, i) => i);
  await concurrently(20, numbers, (i) =>
    send(
      i % 10
        ? {
            url: i % 3 ? site + i : site,
            utm_source: `x${i}${i % 2 ? '_(other)' : ''}`,
            referrer: `https://${i}.example`,
          }
        : reader,
    ),
  );
  const items = await rows();
  assert.equal(items.length, 31);
  assert.equal(
    items.reduce((sum, { counters }) => sum + (counters.views ?? 0), 0),
    601,
  );
  for (const { counters } of items) {
    assert.ok((counters.names_source ?? 0) <= 5 && (counters.names_referrer ?? 0) <= 10);
    assert.ok(Object.keys(counters).length < 40, Object.keys(counters).join());
  }
  const home = items.find(({ url }) => url === site)?.counters ?? {};
  assert.deepEqual([home.views_newsletter, home.views], [61, 241]);
  assert.equal((await dashboard({ epoch })).statusCode, 200);
});

test('explain tells where a hit counts after a flood', async () => {
  const before = await rows();
  const { body = '' } = await send({ url: `${site}another`, utm_source: 'another' }, { explain: '1' });
  assert.deepEqual(JSON.parse(body), {
    day: '2026-11-21',
    url: '(other)',
    add: {
      views: 1,
      'views_(other)': 1,
      hour_12: 1,
      visits: 1,
      unlinked: 1,
      channel_campaign: 1,
      'referrer_(direct)': 1,
      'source_(other)': 1,
      'country_(unknown)': 1,
      device_desktop: 1,
      browser_Firefox: 1,
      os_Linux: 1,
      'language_(unknown)': 1,
    },
    visitorRecord: false,
  });
  assert.deepEqual(await rows(), before);
});
