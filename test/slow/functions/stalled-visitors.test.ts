import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { useDatabaseProcess } from '../../../local/database-process.ts';
import { faultProxy } from '../../../local/fault-proxy.ts';
import { localClient } from '../../../local/local-client.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { linesLogged, startFunctions } from '../../functions/footfall.ts';

const database = await useDatabaseProcess();
after(() => database.close());
const proxy = await faultProxy(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ body }) =>
  body.TableName === 'SiteVisitors' ? 'stall before' : undefined,
);
after(() => proxy.close());
const { track } = await startFunctions({
  SITES: 'blog.example.com',
  HIT_TIMEOUT: '3000', // this machine may be slow
  AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
});
const url = 'https://blog.example.com/';
const epoch = Date.parse('2026-11-21T12:00:00Z');

test('a visitors table that does not answer costs no view and no event, whose names may be new', async (t) => {
  const lines = linesLogged(t);
  for (const fields of [
    { url, utm_source: 'newsletter' },
    { url, event: 'signup' },
  ]) {
    const { statusCode } = await track({ body: JSON.stringify(fields), epoch });
    assert.equal(statusCode, 204);
  }
  const rows = await statisticsStore(localClient(), 'SiteStatistics').rows('2026-11-21', epoch);
  const { views, views_newsletter, event_signup } = rows.find((row) => row.url === url)?.counters ?? {};
  assert.deepEqual([views, views_newsletter, event_signup], [1, 1, 1], 'in the table, without a queue');
  assert.deepEqual(
    lines.map(({ failed }) => failed),
    ['visitors table', 'visitors table'],
  );
});
