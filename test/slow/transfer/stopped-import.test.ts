import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../../local/database.ts';
import { exportOf } from '../../transfer/exports.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);

const line = (second: number) =>
  `203.0.113.${second % 250} - - [10/Oct/2025:13:${10 + (second % 50)}:36 +0000] "GET /${second % 99} HTTP/1.1" 200 2 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"`;

test('an import that is stopped while it reads leaves no temporary file, and writes nothing', async (t) => {
  const log = Array.from({ length: 200_000 }, (_, i) => line(i)).join('\n');
  const paths = await exportOf(t, { 'access.log': log });
  const temporary = await mkdtemp(join(tmpdir(), 'footfall-stopped-'));
  t.after(() => rm(temporary, { recursive: true }));
  const file = join(import.meta.dirname, '../../../transfer/import.ts');
  const env = { ...process.env, SITES: 'blog.example', TMPDIR: temporary };
  const watcher = watch(temporary);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...paths], { env, stdio: 'pipe' });
  const said = child.stderr.toArray();
  child.stdout.resume();
  for await (const [, name] of on(watcher, 'change')) if (String(name).startsWith('footfall-import-')) break;
  watcher.close();
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  assert.equal(code, 130);
  assert.match((await said).join(''), /Stopped\. The dashboard shows nothing of this import/);
  const left = (await readdir(temporary)).filter((name) => name.startsWith('footfall-'));
  assert.deepEqual(left, []);
  const client = new DynamoDBClient();
  const { Items } = await client.send(new ScanCommand({ TableName: 'SiteStatistics' }));
  client.destroy();
  assert.deepEqual(Items, []);
});
