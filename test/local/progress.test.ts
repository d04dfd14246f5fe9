import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withProgress } from '../../local/progress.ts';

test('a bar leaves the cursor as it is, because Ctrl-C may end the command at any time', async (t) => {
  const written: string[] = [];
  const { isTTY } = process.stderr;
  t.after(() => Object.assign(process.stderr, { isTTY }));
  Object.assign(process.stderr, { isTTY: true });
  t.mock.method(process.stderr, 'write', (text: string) => written.push(text) > 0);
  await withProgress({ done: 1, all: 2, unit: 'files' }, async () => {});
  const text = written.join('');
  assert.match(text, /50% \| 1\/2 files/);
  assert.doesNotMatch(text, /\[\?25l/);
});
