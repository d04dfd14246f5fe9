import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../local/folder.ts';

test('a command has the settings of .env, below those of the shell, and says nothing if there is no .env', (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'footfall-env-'));
  t.after(() => rmSync(cwd, { recursive: true }));
  const loading = ['--import', pathToFileURL(join(root, 'local', 'load-env.mjs')).href];
  const print = ['--eval', 'console.log(process.env.SITES, process.env.LAKE)'];
  const run = () => {
    const env = { PATH: process.env.PATH, LAKE: 'on' };
    const { stdout, stderr } = spawnSync(process.execPath, [...loading, ...print], { cwd, env, encoding: 'utf8' });
    return [stdout, stderr];
  };
  assert.deepEqual(run(), ['undefined on\n', '']);
  writeFileSync(join(cwd, '.env'), 'SITES=blog.example.com\nLAKE=off\n');
  assert.deepEqual(run(), ['blog.example.com on\n', '']);
});
