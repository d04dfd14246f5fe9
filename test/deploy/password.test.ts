import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAuthSettings } from '../../config/function-settings.ts';
import { isPassword, parsePasswordHash } from '../../http/password-hash.ts';

/** Runs npm run password with a line piped in. */
async function run(line: string) {
  const file = join(import.meta.dirname, '../../deploy/ask-password.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file], { stdio: 'pipe' });
  child.stdin.end(line);
  const [printed, said, [code]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, 'exit'),
  ]);
  return { printed: printed.join(''), said: said.join(''), code };
}

test('npm run password prints the setting, and nothing else on that stream', async () => {
  const { printed, code } = await run('correct horse battery\nmore\n');
  const [, hash = ''] = /^DASHBOARD_PASSWORD_HASH=(\S+)\n$/.exec(printed) ?? [];
  assert.equal(code, 0);
  assert.equal(readAuthSettings({ DASHBOARD_PASSWORD_HASH: hash }).passwordHash, hash);
  const parsed = parsePasswordHash(hash);
  assert.ok(parsed && (await isPassword('correct horse battery', parsed)));
});

test('npm run password refuses a short one', async () => {
  for (const line of ['', 'ninechars\n'])
    assert.deepEqual(await run(line), {
      printed: '',
      said: 'A password takes at least 10 characters: some words in a row are good.\n',
      code: 1,
    });
});
