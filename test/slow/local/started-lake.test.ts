import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayAt } from '../../../core/calendar/day.ts';
import { startApp } from '../../../local/app.ts';
import { folderOf, lakeFolder, root } from '../../../local/folder.ts';
import { freePorts } from '../../../local/listen.ts';
import { firefox } from '../../functions/footfall.ts';
import { lakeRecords } from '../../functions/lake-records.ts';
import { zoneAtNoon } from '../../noon.ts';

test('npm start with LAKE=on writes the files that a deployed stream does, and its dashboard asks them', async (t) => {
  const port = await freePorts(2);
  Object.assign(process.env, { LAKE: 'on', TIME_ZONE: zoneAtNoon(), HIT_TIMEOUT: '20000' });
  const app = await startApp(port, ['--noTimeout']);
  t.after(async () => {
    await app.close();
    await rm(join(root, folderOf(port)), { recursive: true, force: true });
  });
  const url = `${app.blogOrigin}/about`;
  const view = JSON.stringify({ url, tz: 'Europe/Berlin', width: 1280 });
  const api = new URL(app.dashboardUrl).origin;
  const headers = { 'user-agent': firefox, 'accept-language': 'de', origin: app.blogOrigin };
  const hit = (query = '') => fetch(`${api}/track${query}`, { method: 'POST', headers, body: view });
  const { lake } = (await (await hit('?explain=1')).json()) as { lake: object };
  assert.equal((await hit()).status, 204);
  while ((await lakeRecords(lakeFolder(port))).length === 0) await sleep(100);
  assert.deepEqual(await lakeRecords(lakeFolder(port)), [lake]);
  assert.equal((lake as { date: string }).date, dayAt(Date.now(), zoneAtNoon()));

  const signedIn = await fetch(`${api}/dashboard`, {
    method: 'POST',
    headers: { origin: api },
    body: new URLSearchParams({ password: app.password ?? '' }),
    redirect: 'manual',
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.replace(/;.*/, ''))
    .join('; ');
  const answer = await fetch(`${api}/stats.json?country=DE&device=desktop`, { headers: { cookie } });
  assert.equal(answer.status, 200);
  const { totals } = (await answer.json()) as { totals: { views: number } };
  assert.equal(totals.views, 1);
});
