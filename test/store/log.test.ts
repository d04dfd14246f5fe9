import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logFailure, logRefusal } from '../../store/log.ts';
import { linesLogged } from '../functions/footfall.ts';

test('the log tells all refusals by reason, at most once a minute', (t) => {
  const lines = linesLogged(t);
  const noon = Date.parse('2026-11-21T12:00:00Z');
  for (const [reason, second] of [
    ['bot', 0],
    ['bot', 1],
    ['spam', 2],
    ['bot', 59],
    ['bot', 60],
    ['bot', 61],
    ['bot', 500],
  ] as const)
    logRefusal(reason, noon + second * 1000);
  assert.deepEqual(lines, [
    { refused: 'bot', hits: 1 },
    { refused: 'spam', hits: 1 },
    { refused: 'bot', hits: 3 },
    { refused: 'bot', hits: 2 },
  ]);
});

test("the log tells a failure by the error's name alone, and nothing about throttling", (t) => {
  const lines = linesLogged(t);
  logFailure('draining', new TypeError('secret'));
  logFailure('draining', 'secret');
  logFailure('draining', Object.assign(new Error('secret'), { name: 'ThrottlingException' }));
  logFailure('draining', Object.assign(new Error('secret'), { name: 'ProvisionedThroughputExceededException' }));
  assert.deepEqual(lines, [
    { failed: 'draining', error: 'TypeError' },
    { failed: 'draining', error: 'unknown' },
  ]);
});
