import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { dayAt } from '../../../core/calendar/day.ts';
import type { Increment } from '../../../core/counters/increment.ts';
import { launchBrowser } from '../../../local/browser.ts';
import { folderOf } from '../../../local/folder.ts';
import { close, freePorts, isFree, listen } from '../../../local/listen.ts';
import { queueClient } from '../../../local/queue.ts';
import { runningEnvironment } from '../../../local/running.ts';
import type { Numbers } from '../../functions/footfall.ts';
import { zoneAtNoon } from '../../noon.ts';

const root = join(import.meta.dirname, '../../..');
const started = new Set<ChildProcess>();
after(async () => {
  await Promise.all([...started].map(pressCtrlC));
});

/** Runs the README's command, as a terminal does: in a process group of its own. */
function start(port: number | string) {
  const env = { ...process.env, PORT: String(port), TIME_ZONE: zoneAtNoon(), HIT_TIMEOUT: '4500' };
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)));
  return { child, output: () => printed.join('') };
}

async function ready({ child, output }: ReturnType<typeof start>): Promise<void> {
  while (!output().includes('Ctrl-C')) {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (child.exitCode !== null) throw new Error(output());
  }
}

/** Returns the memory of a command and its children once they have come to rest: the least of 3 s, in MB. */
async function idleMemoryOf(child: ChildProcess): Promise<number> {
  const readings: number[] = [];
  for (let i = 0; i < 10; i++) {
    readings.push(await memoryOf(child));
    await sleep(300);
  }
  return Math.min(...readings);
}

/** Returns the memory of a command and its children, in MB. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pgid=,rss=']);
  const processes = stdout.split('\n').map((line) => line.trim().split(/ +/).map(Number));
  return processes.reduce((sum, [group, kilobytes = 0]) => sum + (group === pid ? kilobytes : 0), 0) / 1024;
}

async function pressCtrlC(child: ChildProcess): Promise<void> {
  started.delete(child);
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-Number(child.pid), 'SIGINT');
  await exited;
}

/** Signs in with the password that was printed. Returns what reads the numbers of the last seven days. */
async function reader(port: number, { output }: ReturnType<typeof start>) {
  const address = `http://localhost:${port}/dashboard`;
  const password = /^ {2}Password {6}(\S+)$/m.exec(output())?.[1] ?? '';
  const body = new URLSearchParams({ password });
  const signedIn = await fetch(address, {
    method: 'POST',
    headers: { origin: new URL(address).origin },
    body,
    redirect: 'manual',
  });
  assert.equal(signedIn.status, 303);
  const cookie = signedIn.headers.getSetCookie().join().replace(/;.*/, '');
  return async (): Promise<Numbers> => {
    const answer = await fetch(`http://localhost:${port}/stats.json`, { headers: { cookie } });
    assert.equal(answer.status, 200);
    return (await answer.json()) as Numbers;
  };
}

/** Leaves a message where `track` does that finds the table busy. */
async function putOnQueue(port: number, increment: Increment): Promise<void> {
  const environment = (await runningEnvironment(port)) ?? {};
  const client = queueClient(environment);
  const message = { QueueUrl: environment.OVERFLOW_QUEUE_URL, MessageBody: JSON.stringify(increment) };
  await client.send(new SendMessageCommand(message));
  client.destroy();
}

test('npm start has a history, counts readers, drains its queue, ends by Ctrl-C and keeps its data', async (t) => {
  const port = await freePorts(2);
  t.after(() => rm(join(root, folderOf(port)), { recursive: true, force: true }));
  const first = start(port);
  await ready(first);
  assert.match(first.output(), /^Writing a year of simulated readers …$/m);
  assert.match(first.output(), / 100% \|/, 'shows its progress');
  assert.match(first.output(), /^Wrote 1\d,\d{3} simulated hits\.$/m);
  assert.match(
    first.output(),
    new RegExp(`Demo blog     http://localhost:${port + 1}/\n  Dashboard     http://localhost:${port}/dashboard`),
  );
  const memory = await idleMemoryOf(first.child);
  assert.ok(memory > 100 && memory < 400, `${memory} MB`);
  const numbers = await reader(port, first);
  const views = async () => (await numbers()).totals.views ?? 0;
  const { series } = await numbers();
  assert.equal(series.length, 7);
  for (const { date, count } of series) assert.ok(count > 0, `no views on ${date}`);
  const before = await views();
  assert.ok(before > 300, `${before} views in a week`);

  const browser = await launchBrowser();
  const userAgent =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
  const page = await browser.newPage({ userAgent });
  const counted = page.waitForResponse('**/track');
  await page.goto(`http://localhost:${port + 1}/about?utm_source=twitter`);
  assert.equal((await counted).status(), 204);
  await browser.close();
  assert.equal(await views(), before + 1);
  for (const path of ['/%FF', '//', '/%', '/none']) {
    const missing = await fetch(`http://localhost:${port + 1}${path}`);
    assert.equal(missing.status, 404);
    const html = await missing.text();
    assert.match(html, /<meta name="footfall" content="404">/);
    assert.doesNotMatch(html, /rel="canonical"/);
  }

  const home = await (await fetch(`http://localhost:${port + 1}/`)).text();
  const dates = Array.from(home.matchAll(/<time datetime="(.*?)">/g), ([, date = '']) => date);
  assert.ok(dates.length > 10);
  assert.deepEqual(dates, [...dates].sort().reverse(), 'the newest post first');
  const feed = await (await fetch(`http://localhost:${port + 1}/feed.xml`)).text();
  const feedDates = Array.from(feed.matchAll(/<pubDate>(.*?)<\/pubDate>/g), ([, date = '']) => new Date(date));
  assert.deepEqual(
    feedDates.map((date) => date.toISOString().slice(0, 10)),
    dates,
  );

  await putOnQueue(port, {
    day: dayAt(Date.now(), zoneAtNoon()),
    url: `http://localhost:${port + 1}/`,
    add: { views: 5 },
  });
  while ((await views()) === before + 1) await sleep(100);
  assert.equal(await views(), before + 6);

  await pressCtrlC(first.child);
  assert.ok((await isFree(port)) && (await isFree(port + 1)), 'nothing listens any more');

  const second = start(port);
  await ready(second);
  assert.doesNotMatch(second.output(), /simulated/);
  const again = await reader(port, second);
  assert.equal((await again()).totals.views, before + 6);
  await pressCtrlC(second.child);
});

test('npm start says in a sentence that a port is in use', async () => {
  const port = await freePorts(2);
  for (const taken of [port, port + 1]) {
    const server = createServer();
    await listen(server, taken);
    const { child, output } = start(port);
    const [code] = await once(child, 'exit');
    await close(server);
    assert.equal(code, 1);
    assert.match(
      output(),
      new RegExp(`^Port ${taken} is in use\\. Choose another one, for example: PORT=4000 npm start$`, 'm'),
    );
    assert.doesNotMatch(output(), /Starting|Error| {4}at /);
  }
});

test('npm start says in a sentence that PORT is no number', async () => {
  const { child, output } = start('http');
  await once(child, 'exit');
  assert.match(output(), /^PORT is "http": it takes a number from 1 to 65534\.$/m);
});

test('npm start and npm test say in a sentence that Node.js is too old', async () => {
  for (const [agent, code] of [
    ['npm/9.5.0 node/v18.20.0 linux x64', 1],
    ['npm/10.0.0 node/v20.18.9 linux x64', 1],
    ['npm/11.0.0 node/v24.0.0 linux x64', 0],
    ['npm/10.8.0 node/v20.19.0 linux x64', 0],
  ] as const) {
    const env = { ...process.env, npm_config_user_agent: agent };
    const child = spawn(process.execPath, ['local/check-node.cjs'], {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = (await child.stderr.toArray()).join('');
    assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], code);
    assert.match(
      said,
      code ? /^Footfall needs Node\.js 20\.19 or later, see https:\/\/nodejs\.org; this is [\d.]+\.\n$/ : /^$/,
    );
  }
});

test('npm start says in a sentence that a setting is wrong', async () => {
  const env = { ...process.env, PORT: String(await freePorts(2)), TIME_ZONE: 'Berlin' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/start.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = (await child.stderr.toArray()).join('');
  assert.equal(said, 'TIME_ZONE is "Berlin": it takes an IANA time zone, like UTC or Europe/Berlin.\n');
  await rm(join(root, folderOf(Number(env.PORT))), { recursive: true, force: true });
});
