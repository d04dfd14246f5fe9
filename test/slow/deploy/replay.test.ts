import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Day } from '../../../core/calendar/day.ts';
import { idOf, readNotes } from '../../../deploy/replay-notes.ts';
import { startDatabase } from '../../../local/database.ts';
import { faultProxy } from '../../../local/fault-proxy.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { emptyFolder } from '../../deploy/sls.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const client = new DynamoDBClient();
after(() => client.destroy());

/** Starts npm run replay with lines of a log piped in. */
function start(lines: string[], args: string[] = [], settings: Record<string, string> = {}) {
  const file = join(import.meta.dirname, '../../../deploy/replay.ts');
  const env = { ...process.env, SITES: 'blog.example.com', DETAIL_DAYS: '99999', ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { env, stdio: 'pipe' });
  child.stdin.end(lines.join('\n'));
  return child;
}

async function run(...of: Parameters<typeof start>) {
  const child = start(...of);
  const [printed, said, [code]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, 'exit'),
  ]);
  return { printed: printed.join('').split('\n').filter(Boolean), said: said.join(''), code };
}

/** The views of the pages of a day. */
async function viewsOn(day: Day) {
  const rows = await statisticsStore(client, 'SiteStatistics').rows(day, Date.parse(day));
  return Object.fromEntries(rows.flatMap(({ url, counters: { views } }) => (views ? [[url, views]] : [])));
}

const pageOf = (path: string) => `https://blog.example.com/${path}`;
const lineOf = (day: string, path: string, second = '00') => {
  const lost = { failed: 'counting', error: 'TimeoutError', queue: 'TimeoutError', day, url: pageOf(path) };
  return `${day}T12:00:${second} ${JSON.stringify({ ...lost, add: { views: 1 } })}`;
};
const other = JSON.stringify({ failed: 'statistics table', day: '2026-11-24', url: pageOf(''), add: { views: 1 } });

test('npm run replay prints each sum as it is added, and says how many hits it added', async () => {
  const line = lineOf('2026-11-24', '');
  const sum = { day: '2026-11-24', url: pageOf(''), add: { views: 2 } };
  const lines = [idOf(line), idOf(line)];
  assert.deepEqual(await run([line, 'START RequestId: 1', other, line]), {
    printed: [JSON.stringify({ adding: sum, lines }), JSON.stringify({ added: sum, lines })],
    said: 'Hits added: 2. Replay a line once only: it would count again.\n',
    code: 0,
  });
  assert.deepEqual(await viewsOn('2026-11-24'), { [pageOf('')]: 2 });
  const { late } = await rollupState(client, 'SiteStatistics').read(0);
  assert.deepEqual([...late], ['2026-11-24'], 'the day is marked');
});

test('npm run replay says that a log has nothing to add', async () => {
  assert.deepEqual(await run(['START RequestId: 1', '{"refused":"bot","hits":1}']), {
    printed: [],
    said: 'Nothing to add: no line tells of a hit that was not counted.\n',
    code: 0,
  });
});

test('npm run replay says why it could not add a hit, and adds it later from what it printed', async () => {
  const line = lineOf('2026-11-23', '');
  const failed = await run([line], [], { TABLE_PREFIX: 'None' });
  assert.equal(failed.code, 1);
  assert.match(
    failed.said,
    /^Hits added: 0\.\nHits left: 1\. ResourceNotFoundException: .*\nTo add only the rest later, save what this command printed, and name that file with --done\.\n$/,
  );
  const saved = join(await emptyFolder(), 'printed');
  await writeFile(saved, failed.printed.join('\n'));
  assert.equal((await run([line], ['--done', saved])).said, 'Hits added: 1.\n');
  assert.deepEqual(await viewsOn('2026-11-23'), { [pageOf('')]: 1 });
});

test('npm run replay adds a line once over overlapping logs, and equal lines as often as they are there', async () => {
  const file = join(await emptyFolder(), 'replayed');
  const [first, second, third] = ['01', '02', '03'].map((second) => lineOf('2026-11-22', '', second));
  const logs = [
    [first, second, second],
    [second, second, third],
  ] as string[][];
  assert.equal((await run(logs[0] ?? [], ['--done', file])).said, 'Hits added: 3.\n');
  assert.equal((await run(logs[1] ?? [], ['--done', file])).said, 'Hits added: 1. Skipped, as noted before: 2.\n');
  assert.deepEqual(await viewsOn('2026-11-22'), { [pageOf('')]: 4 });
});

describe('npm run replay, ended among its sums', async () => {
  const stalled = pageOf('b');
  /** A database that answers no write to one page. */
  const proxy = await faultProxy(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', ({ operation, body }) =>
    operation === 'UpdateItem' && body.Key.url.S === stalled ? 'stall before' : undefined,
  );
  after(() => proxy.close());
  const slow = { AWS_ENDPOINT_URL_DYNAMODB: proxy.url, FOOTFALL_REQUEST_TIMEOUT: '1000' };

  /** Ends a run by a signal while it adds the hits of /b, the second of three pages. Returns the log and the file of notes. */
  async function ended(day: string, signal: NodeJS.Signals) {
    const log = ['a', 'b', 'b', 'c'].map((path, i) => lineOf(day, path, `0${i}`));
    const file = join(await emptyFolder(), 'replayed');
    const child = start(log, ['--done', file], slow);
    const said = child.stderr.toArray();
    const exited = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout }))
      if (line.startsWith('{"adding"') && line.includes(stalled)) child.kill(signal);
    await exited;
    return { log, file, said: (await said).join('') };
  }

  test('by SIGKILL: a second run adds the rest, and says which sum may be added or not', async () => {
    const { log, file } = await ended('2026-11-21', 'SIGKILL');
    assert.deepEqual(await viewsOn('2026-11-21'), { [pageOf('a')]: 1 });
    const { said, code } = await run(log, ['--done', file]);
    assert.equal(
      said,
      `Hits added: 1. Skipped, as noted before: 3.\nUnknown: 2. A run ended while it added these hits of 2026-11-21 on ${stalled}. They may be added or not. To add them now, run again with --again.\n`,
    );
    assert.equal(code, 1);
    assert.deepEqual(await viewsOn('2026-11-21'), { [pageOf('a')]: 1, [pageOf('c')]: 1 });

    assert.equal((await run(log, ['--done', file, '--again'])).said, 'Hits added: 2. Skipped, as noted before: 2.\n');
    const last = await run(log, ['--done', file]);
    assert.deepEqual([last.said, last.code], ['Hits added: 0. Skipped, as noted before: 4.\n', 0]);
    assert.deepEqual(await viewsOn('2026-11-21'), { [pageOf('a')]: 1, [stalled]: 2, [pageOf('c')]: 1 });
  });

  test('by SIGKILL, then over a log that has grown: --again adds the unknown sum and what is new, and the rest once', async () => {
    const { log, file } = await ended('2026-11-19', 'SIGKILL');
    const grown = [...log, ...['a', 'b', 'd'].map((path, i) => lineOf('2026-11-19', path, `1${i}`))];
    assert.equal((await run(grown, ['--done', file, '--again'])).said, 'Hits added: 6. Skipped, as noted before: 1.\n');
    const views = { [pageOf('a')]: 2, [stalled]: 3, [pageOf('c')]: 1, [pageOf('d')]: 1 };
    assert.deepEqual(await viewsOn('2026-11-19'), views);
    for (const args of [[], ['--again']]) {
      const last = await run(grown, ['--done', file, ...args]);
      assert.deepEqual([last.said, last.code], ['Hits added: 0. Skipped, as noted before: 7.\n', 0]);
    }
    assert.deepEqual(await viewsOn('2026-11-19'), views);
  });

  test('by SIGKILL, then over a log that has grown: without --again only what is new and the rest are added', async () => {
    const { log, file } = await ended('2026-11-18', 'SIGKILL');
    const grown = [...log, lineOf('2026-11-18', 'b', '10')];
    const { said, code } = await run(grown, ['--done', file]);
    assert.match(said, /^Hits added: 2\. Skipped, as noted before: 3\.\nUnknown: 2\. /);
    assert.equal(code, 1);
    const later = [...grown, lineOf('2026-11-18', 'b', '11')];
    assert.equal((await run(later, ['--done', file, '--again'])).said, 'Hits added: 3. Skipped, as noted before: 3.\n');
    assert.deepEqual(await viewsOn('2026-11-18'), { [pageOf('a')]: 1, [stalled]: 4, [pageOf('c')]: 1 });
  });

  test('by Ctrl-C: it ends after the sum, and nothing is unknown', async () => {
    const { log, file, said } = await ended('2026-11-20', 'SIGINT');
    assert.match(
      said,
      /^Hits added: 1\.\nHits left: 2\. TimeoutError: .*\nStopped before these hits: 1\.\nRun the same command again to add the rest\.\n$/,
    );
    assert.deepEqual(readNotes(await readFile(file, 'utf8')).unknown, []);
    assert.equal((await run(log, ['--done', file])).said, 'Hits added: 3. Skipped, as noted before: 1.\n');
    assert.deepEqual(await viewsOn('2026-11-20'), { [pageOf('a')]: 1, [stalled]: 2, [pageOf('c')]: 1 });
  });
});
