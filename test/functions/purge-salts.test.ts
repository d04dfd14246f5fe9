import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { localClient } from '../../local/local-client.ts';
import { startFunctions } from './footfall.ts';

const { track } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'Europe/Berlin' });
const { handler: purgeSalts } = await import('../../functions/purge-salts.ts');

async function allSalts() {
  const { Items = [] } = await localClient().send(new ScanCommand({ TableName: 'SiteVisitors' }));
  return Items.flatMap(({ visitor }) => (visitor?.S?.startsWith('salt/') ? [visitor.S] : [])).sort();
}

/** The salt of the day on which this test runs: track made it while it loaded. */
const atStart = await allSalts();
const salts = async () => (await allSalts()).filter((salt) => !atStart.includes(salt));

test("a salt is deleted when the site's day is over, not before", async () => {
  const body = JSON.stringify({ url: 'https://blog.example.com/' });
  for (const time of ['2026-03-20T12:00:00Z', '2026-03-21T12:00:00Z']) await track({ body, epoch: Date.parse(time) });
  assert.deepEqual(await salts(), ['salt/2026-03-20', 'salt/2026-03-21']);
  await purgeSalts({ time: '2026-03-21T22:59:59Z' }); // a minute before midnight in Berlin
  assert.deepEqual(await salts(), ['salt/2026-03-21']);
  await purgeSalts({ time: '2026-03-21T23:00:00Z' });
  assert.deepEqual(await salts(), []);
});
