import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';
import { statisticsStore } from '../../store/statistics.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const settings = { SITES: 'blog.example.com' };
const lost = { failed: 'counting', day: '2026-11-21', url: 'https://blog.example.com/', add: { views: 1, hour_07: 1 } };
const log = [
  'START RequestId: 1',
  `2026-11-21T07:00:00 ${JSON.stringify({ ...lost, error: 'TimeoutError', queue: 'TimeoutError' })}`,
  JSON.stringify({ ...lost, failed: 'statistics table' }),
  JSON.stringify(lost),
].join('\n');

/** Runs what `npm run replay` runs. */
async function replay(environment: Record<string, string>, input: string) {
  const script = join(import.meta.dirname, '../../deploy/replay.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], { env: { ...process.env, ...environment } });
  child.stdin.end(input);
  const [printed, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { printed, said, code };
}

test('adds what the log says was not counted', async () => {
  const { printed, said, code } = await replay(settings, log);
  assert.deepEqual([printed, code], ['', 0]);
  assert.match(said, /^Added 2 hits\./);
  const client = new DynamoDBClient();
  const rows = await statisticsStore(client, 'SiteStatistics').rows(lost.day, Date.parse(lost.day));
  client.destroy();
  assert.deepEqual(rows.find(({ url }) => url === lost.url)?.counters, { views: 2, hour_07: 2 });
});

test('prints what it could not add, as it can be replayed again, and says why', async () => {
  const { printed, said, code } = await replay({ ...settings, AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:1' }, log);
  assert.equal(printed, `${JSON.stringify(lost)}\n`.repeat(2));
  assert.match(said, /^Added 0 hits\..*\n2 hits are left, and printed: .*ECONNREFUSED/);
  assert.equal(code, 1);
});

test('says which setting is missing', async () => {
  const { said, code } = await replay({ ...settings, SITES: '' }, '');
  assert.deepEqual([said.slice(0, 17), code], ['SITES is not set:', 1]);
});
