import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startDatabase } from '../../local/database.ts';

const database = await startDatabase();
after(() => database.close());

/** Runs npm run replay with lines of a log piped in. */
async function run(lines: string[], settings: Record<string, string> = {}) {
  const file = join(import.meta.dirname, '../../deploy/replay.ts');
  const env = { ...process.env, ...database.environment, SITES: 'blog.example.com', ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', file], { env, stdio: 'pipe' });
  child.stdin.end(lines.join('\n'));
  const [printed, said, [code]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, 'exit'),
  ]);
  return { printed: printed.join(''), said: said.join(''), code };
}

const lost = { failed: 'counting', day: '2026-11-24', url: 'https://blog.example.com/', add: { views: 1 } };
const line = `2026-11-24T12:00:00 ${JSON.stringify({ ...lost, error: 'TimeoutError', queue: 'TimeoutError' })}`;

const other = JSON.stringify({ ...lost, failed: 'statistics table' });

test('npm run replay says how many hits it added', async () => {
  assert.deepEqual(await run([line, 'START RequestId: 1', other, line]), {
    printed: '',
    said: 'Hits added: 2. Replay a line once only: it would count again.\n',
    code: 0,
  });
});

test('npm run replay says that a log has nothing to add', async () => {
  assert.deepEqual(await run(['START RequestId: 1', '{"refused":"bot","hits":1}']), {
    printed: '',
    said: 'Nothing to add: no line tells of a hit that was not counted.\n',
    code: 0,
  });
});

test('npm run replay prints what it could not add, to be replayed again, and why', async () => {
  const { printed, said, code } = await run([line], { TABLE_PREFIX: 'None' });
  assert.deepEqual([JSON.parse(printed), code], [lost, 1]);
  assert.match(said, /^Hits added: 0\. .*\nHits left, and printed: 1\. ResourceNotFoundException: /);
});
