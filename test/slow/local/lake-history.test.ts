import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type HitSums, hitSums } from '../../../core/lake/checked-days.ts';
import type { LakeRecord } from '../../../core/lake/lake-record.ts';
import { startFirehose } from '../../../local/firehose.ts';
import { lakeRecordsOf, putRecords } from '../../../local/lake-history.ts';
import { localClient } from '../../../local/local-client.ts';
import { history } from '../../../simulator/clickstream.ts';
import { demoSite } from '../../../simulator/read-site.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { linesLogged, startFunctions } from '../../functions/footfall.ts';
import { lakeRecords } from '../../functions/lake-records.ts';

const folder = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
const firehose = await startFirehose(folder);
after(async () => {
  await firehose.close();
  await rm(folder, { recursive: true });
});
const settings = {
  SITES: 'blog.example.com',
  TIME_ZONE: 'Europe/Berlin',
  LAKE: 'on',
  ATHENA_URL: 'http://localhost:1',
};
const { track } = await startFunctions({ ...firehose.environment, ...settings, LIVE: 'off' });

const texts = (records: LakeRecord[]) =>
  records.map((record) => JSON.stringify(Object.entries(record).sort(([a], [b]) => a.localeCompare(b)))).sort();

test('the lake of simulated readers is what /track keeps of them, and has the views and events that it counts', async (t) => {
  linesLogged(t);
  const plan = { site: demoSite, origin: 'https://blog.example.com', seed: 3, visitors: true, run: 'x' };
  const until = Date.parse('2026-11-21T22:00:00Z');
  const hits = [...history(plan, { visitors: 150, days: 2, until })].flat().sort((a, b) => a.at - b.at);
  for (const { hit, at } of hits) await track({ ip: hit.ip, headers: hit.headers, body: hit.body, epoch: at });
  await firehose.flush();
  const kept = await lakeRecords(folder);
  const made = lakeRecordsOf(hits, process.env);
  assert.deepEqual(texts(made), texts(kept));
  for (const nth of [1, 2, 3, undefined]) assert.ok(made.some((record) => record.nth === nth && !record.event));

  const client = localClient();
  const days = new Map<string, HitSums>();
  for (const { date, event } of kept) {
    const { views, events } = days.get(date) ?? { views: 0, events: 0 };
    days.set(date, event ? { views, events: events + 1 } : { views: views + 1, events });
  }
  assert.ok(days.size >= 2);
  for (const [day, sums] of days) {
    const counted = { views: 0, events: 0 };
    await statisticsStore(client, 'SiteStatistics').eachRow(day as LakeRecord['date'], until, (_url, counters) => {
      const { views, events } = hitSums(counters);
      counted.views += views;
      counted.events += events;
    });
    assert.deepEqual(sums, counted, day);
  }
  client.destroy();

  await rm(join(folder, 'events'), { recursive: true });
  await putRecords(made);
  await firehose.flush();
  assert.deepEqual(texts(await lakeRecords(folder)), texts(made));
});
