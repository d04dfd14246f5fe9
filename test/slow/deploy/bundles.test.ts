import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { SQSClient } from '@aws-sdk/client-sqs';
import { unzipSync } from 'fflate';
import type { Response } from '../../../http/response.ts';
import { startDatabase } from '../../../local/database.ts';
import { type EventParts, httpEvent } from '../../../local/event.ts';
import { handOver } from '../../../local/event-source.ts';
import { lengthOf, startQueue } from '../../../local/queue.ts';
import { axisOf } from '../../../views/axis.ts';
import { barChart } from '../../../views/bar-chart.ts';
import { emptyFolder, packaged } from '../../deploy/sls.ts';
import { firefox, type Numbers, quickHash, textOf } from '../../functions/footfall.ts';

const { folder, leftovers } = await packaged({ LIVE: 'websocket', LAKE: 'on' });

/** How many bytes each may have: a tenth more than it has. */
const limits: Record<string, number> = {
  track: 330_000,
  dashboard: 845_000,
  stats: 333_000,
  drain: 206_000,
  liveSocket: 210_000,
  lakeCheck: 211_000,
  purgeSalts: 200_000,
  rollup: 228_000,
};

/** The bundle of a function in its zip: `functions/purge-salts.mjs` of purgeSalts. */
const bundleOf = (name: string) => `functions/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.mjs`;
const filesOf = async (name: string) => Object.entries(unzipSync(await readFile(join(folder, `${name}.zip`))));

const caller = `
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  const { handler } = await import(process.argv[1]);
  console.log(JSON.stringify((await handler(JSON.parse(text))) ?? null));`;

/** Runs a function once, unpacked into an empty folder, under plain Node.js; returns its answer and what it logged. */
async function invoke<T = Response>(name: string, settings: Record<string, string>, event: unknown) {
  const home = await emptyFolder();
  for (const [path, content] of await filesOf(name)) {
    await mkdir(join(home, dirname(path)), { recursive: true });
    await writeFile(join(home, path), content);
  }
  const args = ['--input-type=module', '-e', caller, join(home, bundleOf(name))];
  const child = spawn(process.execPath, args, { cwd: home, env: settings, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify(event));
  const [answers, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  assert.equal(errors.join(''), '');
  const lines = answers.join('').trimEnd().split('\n');
  const answer: T = JSON.parse(lines.pop() ?? '');
  return { answer, logged: lines.map((line) => JSON.parse(line)) };
}

const epoch = Date.parse('2026-11-21T23:30:00Z');
const hit = (url: string) =>
  httpEvent({
    method: 'POST',
    path: '/track',
    headers: { 'user-agent': firefox },
    body: JSON.stringify({ url }),
    epoch,
  });

describe('the zips', () => {
  test('are all that sls package makes: nothing is left in the temporary folder', () => {
    assert.deepEqual(leftovers, []);
  });

  for (const [name, limit] of Object.entries(limits))
    test(`${name} is one file of at most ${limit} bytes`, async () => {
      const files = await filesOf(name);
      assert.deepEqual(
        files.map(([path]) => path),
        [bundleOf(name)],
      );
      const [[, content] = []] = files;
      assert.ok(content && content.length <= limit, `${content?.length} bytes`);
    });

  const bundle = async (name: string) => Buffer.from((await filesOf(name))[0]?.[1] ?? []).toString();

  test('carry no other way to credentials than the environment, and no import of a whole built-in module', async () => {
    for (const name of Object.keys(limits)) {
      const code = await bundle(name);
      assert.match(code, /AWS_ACCESS_KEY_ID/);
      assert.doesNotMatch(code, /GetRoleCredentials|\bfrom ?"(node:)?(http|crypto|fs)"/);
    }
  });

  test('carry nothing of the simulator, and track nothing of the dashboard', async () => {
    const [track, dashboard] = await Promise.all([bundle('track'), bundle('dashboard')]);
    for (const code of [track, dashboard]) assert.doesNotMatch(code, /copied\.example|xoroshiro|dynalite/);
    assert.match(dashboard, /What the reasons mean/);
    assert.doesNotMatch(dashboard, /Vivaldi|semalt|Kiritimati/);
    assert.match(track, /Vivaldi.*semalt|semalt.*Vivaldi/s);
    assert.doesNotMatch(track, /What the reasons mean|vega/);
  });
});

describe('the packaged functions, unpacked into an empty folder, under plain Node.js', async () => {
  const database = await startDatabase();
  const queue = await startQueue();
  const settings = {
    ...database.environment,
    ...queue.environment,
    SITES: 'blog.example.com',
    TIME_ZONE: 'Europe/Berlin',
    PUBLIC_DASHBOARD: 'true',
    HIT_TIMEOUT: '20000', // it is this machine that may be slow
  };
  const show = (name: string, parts: EventParts, more: Record<string, string> = {}) =>
    invoke(name, { ...settings, ...more }, httpEvent({ epoch, ...parts }));
  const numbers = async (): Promise<Numbers> =>
    JSON.parse(textOf((await show('stats', { path: '/stats.json' })).answer));
  const viewsByPage = async () => (await numbers()).pages.map(({ url, views }) => [url, views]);

  test('track counts a view, which the dashboard shows on the day of the site', async () => {
    assert.deepEqual(await invoke('track', settings, hit('https://blog.example.com/')), {
      answer: { statusCode: 204 },
      logged: [],
    });
    const { answer, logged } = await show('dashboard', {});
    assert.deepEqual([answer.statusCode, logged], [200, []]);
    assert.ok(textOf(answer).includes('to=2026-11-22">2026-11-22</a></th><td class="number">1</td>'));
    const bars = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'].map(
      (date) => ({
        date,
        count: date === '2026-11-22' ? 1 : 0,
        previous: 0,
        isPartial: date === '2026-11-22',
        isFuture: false,
      }),
    );
    assert.ok(textOf(answer).includes(await barChart(bars, axisOf('views', 1))));
  });

  test('track refuses a page of elsewhere', async () => {
    const { answer } = await invoke('track', settings, hit('https://secret.example/'));
    assert.deepEqual(answer, { statusCode: 403, headers: { 'x-footfall': 'foreign site' } });
  });

  test('the dashboard asks for the password', async () => {
    const closed = {
      PUBLIC_DASHBOARD: 'false',
      DASHBOARD_PASSWORD_HASH: await quickHash('correct horse battery staple'),
    };
    const { answer } = await show('dashboard', {}, closed);
    assert.equal(answer.statusCode, 401);
    assert.match(textOf(answer), /type="password"/);
    assert.equal((await show('stats', { path: '/stats.json' }, closed)).answer.statusCode, 401);
  });

  test('stats answers JSON, CSV and a feed', async () => {
    const of = async (path: string) => textOf((await show('stats', { path })).answer);
    assert.deepEqual((await numbers()).series.at(-1), { date: '2026-11-22', count: 1, previous: 0 });
    assert.match(await of('/stats.csv'), /^\uFEFF.*\r\n.*2026-11-22,1/s);
    assert.match(await of('/feed.xml'), /^<\?xml .*<feed /s);
  });

  test('drain adds what waits on the queue, and leaves what cannot be read', async () => {
    const bodies = [...Array(3).fill({ day: '2026-11-22', url: 'https://blog.example.com/', add: { views: 1 } }), 'no'];
    const Records = bodies.map((body, i) => ({ messageId: `m${i}`, body: JSON.stringify(body) }));
    assert.deepEqual(await invoke('drain', settings, { Records }), {
      answer: { batchItemFailures: [{ itemIdentifier: 'm3' }] },
      logged: [{ failed: 'reading messages', messages: 1 }],
    });
    assert.deepEqual(await viewsByPage(), [['https://blog.example.com/', 4]]);
  });

  test('a view that the table does not take goes from track over the queue to drain', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new SQSClient({ endpoint: new URL(queue.url).origin, region: 'us-east-1', credentials });
    const dead = { ...settings, VISITORS: 'off', LIVE: 'off', AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:1' };
    const { answer, logged } = await invoke('track', dead, hit('https://blog.example.com/kept'));
    assert.deepEqual(answer, { statusCode: 204 });
    assert.deepEqual(
      logged.map(({ failed }) => failed),
      ['statistics table'],
    );
    assert.equal(await lengthOf(queue.url, client), 1);
    const drain = async (event: unknown) => (await invoke<{ batchItemFailures: [] }>('drain', settings, event)).answer;
    assert.equal(await handOver(queue.url, client, drain), 1);
    assert.equal(await lengthOf(queue.url, client), 0);
    client.destroy();
    assert.deepEqual((await viewsByPage()).at(-1), ['https://blog.example.com/kept', 1]);
  });

  test('purgeSalts runs on its schedule, and ends what was counted with the salt of a past day', async () => {
    const scheduled = { 'detail-type': 'Scheduled Event', time: '2026-11-24T00:00:00Z' };
    assert.deepEqual(await invoke('purgeSalts', settings, scheduled), { answer: null, logged: [] });
    await invoke('track', settings, hit('https://blog.example.com/'));
    const { totals } = await numbers();
    assert.equal(totals.visitors, 2, 'the same visitor of the same day is no longer known');
  });

  test('rollup rolls up what is over, once', async () => {
    const scheduled = { 'detail-type': 'Scheduled Event', time: '2026-12-20T03:30:00Z' };
    const run = async () => (await invoke<{ stored: string[] }>('rollup', settings, scheduled)).answer.stored;
    const [first, second] = [await run(), await run()];
    assert.deepEqual([first.includes('2026-11'), first.includes('2026-12'), second], [true, false, []]);
  });

  test('close what they need', async () => {
    await Promise.all([database.close(), queue.close()]);
  });
});
