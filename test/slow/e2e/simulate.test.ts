import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, dayAt, daysUpTo } from '../../../core/calendar/day.ts';
import { startApp } from '../../../local/app.ts';
import { httpEvent } from '../../../local/event.ts';
import { folderOf } from '../../../local/folder.ts';
import { freePorts } from '../../../local/listen.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { zoneAtNoon } from '../../noon.ts';

const root = join(import.meta.dirname, '../../..');
const port = await freePorts(2);
process.env.TIME_ZONE = zoneAtNoon();
process.env.HIT_TIMEOUT = '20000'; // this machine may be slow
const app = await startApp(port, ['--noTimeout']);
after(async () => {
  await app.close();
  await rm(join(root, folderOf(port)), { recursive: true, force: true });
});

/** Starts `npm run simulate` against the app, without npm. */
function simulate(...args: string[]) {
  const command = ['--import', 'tsx', 'local/simulate.ts', '--target', `http://localhost:${port}`, ...args];
  const child = spawn(process.execPath, command, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)));
  const done = once(child, 'close').then(([code]) => ({ code, output: printed.join('') }));
  return { child, done };
}

test('a simulated month agrees counter by counter', async () => {
  const plan = ['--visitors', '150', '--days', '30', '--seed', '7', '--until', '2026-11-21T18:00Z'];
  const { code, output } = await simulate(...plan, '--verify').done;
  assert.equal(code, 0, output);
  assert.match(output, /^adds {6}simulated hits to the numbers of http:\/\/localhost:\d+, where they stay$/m);
  assert.match(output, /^sent {6}\d+ hits/m);
  assert.match(output, /^verified {2}all \d{4} counters agree$/m);
  assert.doesNotMatch(output, /^\{/m, 'the log of the handlers is not for the person who simulates');
});

test('simulated live traffic over HTTP agrees counter by counter', async () => {
  const { code, output } = await simulate('--rate', '20', '--for', '5s', '--verify').done;
  assert.equal(code, 0, output);
  const sent = Number(/^sent {6}(\d+) hits/m.exec(output)?.[1]);
  assert.ok(sent > 0 && sent <= 100, output);
  assert.match(output, /^verified {2}all \d+ counters agree$/m);
});

test('a history shows on the dashboard, although its days are rolled up', async () => {
  await app.rollUp();
  const { code, output } = await simulate('--visitors', '60', '--days', '60', '--verify').done;
  assert.equal(code, 0, output);
  const oldest = /^dashboard shows these hits from (\S+) on: earlier days have only summaries$/m.exec(output)?.[1];
  Object.assign(process.env, app.environment, { PUBLIC_DASHBOARD: 'true' });
  const client = new DynamoDBClient();
  const { handler: stats } = await import('../../../functions/stats.ts');
  const now = Date.now();
  const today = dayAt(now, zoneAtNoon());
  assert.equal(oldest, dayAfter(today, -43));
  const answer = await stats(httpEvent({ path: '/stats.json', query: { from: dayAfter(today, -40), to: today } }));
  const { series } = JSON.parse(answer.body ?? '') as { series: { date: Day; count: number }[] };
  const { rows } = statisticsStore(client, 'SiteStatistics');
  const viewsOf = async (day: Day) =>
    (await rows(day, now)).reduce((sum, { counters }) => sum + (counters.views ?? 0), 0);
  const days = daysUpTo(today, 41);
  const inRows = await Promise.all(days.map(async (date) => ({ date, count: await viewsOf(date) })));
  client.destroy();
  assert.ok(inRows.filter(({ count }) => count > 0).length > 10);
  const counts = Object.fromEntries(series.map(({ date, count }) => [date, count]));
  assert.deepEqual(counts, Object.fromEntries(inRows.map(({ date, count }) => [date, count])));
});

test('npm run simulate --verify finds a view that nobody sent', async () => {
  Object.assign(process.env, app.environment);
  const client = new DynamoDBClient();
  const run = simulate('--rate', '20', '--for', '4s', '--verify');
  await once(run.child.stderr, 'data'); // the progress
  const today = dayAt(Date.now(), zoneAtNoon());
  await statisticsStore(client, 'SiteStatistics').add(today, `${app.blogOrigin}/lie`, { views: 1 }, 99_999);
  const { code, output } = await run.done;
  client.destroy();
  assert.equal(code, 1, output);
  assert.match(output, /^verified {2}1 of \d+ counters do not agree:$/m);
  assert.match(output, /\/lie views' +│ 0 +│ 0 +│ 1 +│/);
  assert.match(output, /^The app counted more than was sent\./m);
});

test('npm run simulate --verify does not agree with an app that does not answer', async () => {
  const silent = await freePorts(1);
  const target = ['--target', `http://localhost:${silent}`, '--origin', app.blogOrigin, '--time-zone', zoneAtNoon()];
  Object.assign(process.env, app.environment); // to read the statistics of
  const { code, output } = await simulate(...target, '--rate', '5', '--for', '2s', '--verify').done;
  assert.equal(code, 1, output);
  assert.match(output, /^answered {2}no answer: \d+$/m);
  assert.match(output, /^verified {2}nothing: \d+ hits without an answer/m);
});

test('npm run simulate prints its ledger after Ctrl-C, even after two', async () => {
  const { child, done } = simulate('--rate', '30', '--verify');
  const sent = new Promise<void>((resolve) => {
    child.stderr.on('data', (text) => / [1-9]\d*\/\d+ hits/.test(String(text)) && resolve());
  });
  await sent;
  process.kill(-Number(child.pid), 'SIGINT');
  await once(child.stdout, 'data');
  process.kill(-Number(child.pid), 'SIGINT');
  const { output } = await done;
  assert.match(output, /^sent {6}[1-9]\d* hits in /m);
  assert.match(output, /^latency {3}p50 /m);
});

test('npm run simulate says that a history needs a running npm start', async () => {
  const nobody = await freePorts(1);
  const { code, output } = await simulate('--target', `http://localhost:${nobody}`).done;
  assert.equal(code, 1);
  assert.match(output, /^A history needs a running npm start, and none runs at /);
});

describe('the control over HTTP', () => {
  const url = new URL(app.trafficUrl);
  const token = url.searchParams.get('token') ?? '';
  const ask = async (path: string) => {
    const answer = await fetch(`${url.origin}/simulator/${path}`);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('tells what it takes, to anybody', async () => {
    const { status, body } = await ask('info');
    assert.equal(status, 200);
    assert.deepEqual(
      Object.keys(body).map((path) => path.split('?')[0]),
      ['/simulator/info', '/simulator/status', '/simulator/start', '/simulator/stop'],
    );
  });

  test('asks for the token', async () => {
    for (const path of ['status', 'start', 'stop', 'start?token=', `start?token=${token}0`, 'status?token=%00']) {
      assert.equal((await ask(path)).status, 403, path);
    }
  });

  test('starts once, however often it is told, and stops once', async () => {
    assert.deepEqual((await ask(`status?token=${token}`)).body, {
      state: 'stopped',
      rate: 0,
      sent: 0,
      answered: {},
      refused: {},
    });
    assert.equal((await ask(`start?token=${token}&rate=0`)).status, 400);
    const first = await ask(`start?token=${token}&rate=50`);
    assert.deepEqual([first.status, first.body.state, first.body.rate], [200, 'running', 50]);
    const second = await ask(`start?token=${token}&rate=1`);
    assert.deepEqual([second.status, second.body.state, second.body.rate], [200, 'running', 50]);
    let status = first;
    while (Number(status.body.sent) < 20) status = await ask(`status?token=${token}`);
    const stopped = (await ask(`stop?token=${token}`)).body;
    assert.deepEqual([stopped.state, stopped.rate], ['stopped', 0]);
    assert.ok(Number((stopped.answered as Record<string, number>)['204']) > 0);
    assert.deepEqual((await ask(`stop?token=${token}`)).body, stopped);
  });

  test('is a page with a button in a browser', async () => {
    const open = async (address: string | URL) => {
      const answer = await fetch(address, { headers: { accept: 'text/html,*/*' } });
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
      const html = await answer.text();
      const form = /<form action="(.*?)">/.exec(html)?.[1];
      const fields = Array.from(html.matchAll(/<input .*?name="(\w+)".*? value="(\w+)"/g), ([, name, value]) => [
        name,
        value,
      ]);
      return { status: answer.status, html, next: `${form}?${new URLSearchParams(fields as [string, string][])}` };
    };
    const running = await open(app.trafficUrl);
    assert.match(running.html, /send 2 hits a second/);
    assert.equal(running.next, `/simulator/stop?token=${token}`);
    const stopped = await open(new URL(running.next, url));
    assert.match(stopped.html, /No simulated readers are here\./);
    assert.equal(stopped.next, `/simulator/start?token=${token}&rate=2`);
    assert.equal((await ask(`status?token=${token}`)).body.state, 'stopped');
    const stranger = await open(new URL('/simulator/start?token=x', url));
    assert.equal(stranger.status, 403);
    assert.match(stranger.html, /Add the token that npm start prints/);
    assert.ok(!stranger.html.includes(token));
  });
});
