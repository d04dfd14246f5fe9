import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hitsByBotFamily, hitsByReason } from '../../../core/report/refusals.ts';

const counters = new Map([
  ['bot', 5],
  ['bot_search', 3],
  ['spam', 2],
  ['bot_ai', 1],
]);

test('bots are one reason, with those of before there were families', () => {
  assert.deepEqual(Object.fromEntries(hitsByReason(counters)), { bot: 9, spam: 2 });
});

test('the families of bots sum to the bots', () => {
  assert.deepEqual(Object.fromEntries(hitsByBotFamily(counters)), { '(unknown)': 5, search: 3, ai: 1 });
  assert.deepEqual(Object.fromEntries(hitsByBotFamily(new Map([['spam', 2]]))), {});
});
