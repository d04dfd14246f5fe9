import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { liveScript } from '../../build/live-script.ts';
import { htmlResponse } from '../../http/html-response.ts';
import { httpEvent } from '../../local/event.ts';

const event = httpEvent({ path: '/live' });
const policyOf = (options: Parameters<typeof htmlResponse>[2]) =>
  htmlResponse('', event, options).headers?.['content-security-policy'];

test('a page runs no script and connects to nothing', () => {
  assert.match(String(policyOf({})), /^default-src 'none'; script-src 'none'; style-src/);
  assert.doesNotMatch(String(policyOf({})), /connect-src/);
});

test('a page with a socket runs the live script alone, and connects to that socket and its own server', () => {
  const hash = createHash('sha256').update(liveScript).digest('base64');
  const want = `script-src 'sha256-${hash}'; connect-src 'self' wss://socket.example.com; style-src`;
  assert.ok(String(policyOf({ socket: 'wss://socket.example.com' })).includes(want));
});
