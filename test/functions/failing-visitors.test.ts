import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteTableCommand, waitUntilTableNotExists } from '@aws-sdk/client-dynamodb';
import { localClient } from '../../local/local-client.ts';
import { statisticsStore } from '../../store/statistics.ts';
import { linesLogged, startFunctions } from './footfall.ts';

const { track } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'UTC' });
const client = localClient();
await client.send(new DeleteTableCommand({ TableName: 'SiteVisitors' }));
await waitUntilTableNotExists({ client, minDelay: 1, maxWaitTime: 10 }, { TableName: 'SiteVisitors' });

test('a failing visitors table costs the facts about the visitor, not the view', async (t) => {
  const lines = linesLogged(t);
  const epoch = Date.parse('2026-11-21T12:00:00Z');
  const url = 'https://blog.example.com/';
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0 Marked/7391' };
  for (const referrer of ['', url]) {
    const { statusCode } = await track({
      body: JSON.stringify({ url, referrer }),
      headers,
      ip: '198.51.100.177',
      epoch,
    });
    assert.equal(statusCode, 204);
  }
  const rows = await statisticsStore(client, 'SiteStatistics').rows('2026-11-21', epoch);
  const { views, visits, unlinked, visitors, 'referrer_(direct)': direct } = rows.at(-1)?.counters ?? {};
  assert.deepEqual([views, visits, unlinked, visitors, direct], [2, 1, 1, undefined, 1]);
  const line = { failed: 'visitors table', error: 'ResourceNotFoundException' };
  assert.deepEqual(lines, [line, line]);
});

test('new names of any sender fill half of a quota while the visitors table fails', async (t) => {
  linesLogged(t);
  const epoch = Date.parse('2026-11-22T12:00:00Z');
  for (let i = 0; i < 13; i++)
    await track({
      body: JSON.stringify({ url: 'https://blog.example.com/', utm_source: `name-${i}` }),
      ip: `198.51.100.${i}`,
      epoch,
    });
  const rows = await statisticsStore(client, 'SiteStatistics').rows('2026-11-22', epoch);
  const counters = rows.find(({ url }) => url === 'https://blog.example.com/')?.counters ?? {};
  assert.deepEqual(
    [counters['source_name-11'], counters['source_name-12'], counters['source_(other)']],
    [1, undefined, 1],
  );
});
