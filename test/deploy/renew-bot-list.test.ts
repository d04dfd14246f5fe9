import assert from 'node:assert/strict';
import { test } from 'node:test';
import { botNamesOf } from '../../deploy/renew-bot-list.ts';

const listOf = (crawlers: object[]) => {
  const many = Array.from({ length: 200 }, (_, i) => ({ pattern: `Watcher${i}`, tags: ['monitoring'] }));
  return botNamesOf(JSON.stringify([...crawlers, ...many]));
};

test('names are plain, in lower case, once each, and in order', () => {
  const { ai } = listOf([
    { pattern: 'Zebra\\/', tags: ['ai-crawler'] },
    { pattern: 'GPTBot', tags: ['ai-crawler'] },
    { pattern: 'gptbot', tags: ['ai-crawler'] },
  ]);
  assert.deepEqual(ai, ['gptbot', 'zebra/']);
});

test('a bot with two tags is in both families', () => {
  const { ai, search } = listOf([{ pattern: 'OAI-SearchBot', tags: ['ai-crawler', 'search-engine'] }]);
  assert.deepEqual([ai, search], [['oai-searchbot'], ['oai-searchbot']]);
});

test('a simple pattern is its texts, and any other is left out', () => {
  const namesOf = (...patterns: string[]) =>
    listOf(patterns.map((pattern) => ({ pattern, tags: ['search-engine'] }))).search;
  assert.deepEqual(namesOf('^Seekbot', '(^| )sentry\\/', '[cC]laude[bB]ot'), ['claudebot', 'seekbot', 'sentry/']);
  assert.deepEqual(namesOf('Netumo|Chirp bot'), ['chirp bot', 'netumo']);
  assert.deepEqual(namesOf('Spider[\\s\\S]*spider', '(a+)+', 'x.y', '', 'ab'), []);
  assert.deepEqual(listOf([{ pattern: 7 }, { pattern: 'Untagged' }, {}]).search, []);
});

test('what is no list of bots is refused', () => {
  for (const text of ['', '<!doctype html>', '{}', '[]', '[{"pattern":"GPTBot","tags":["ai-crawler"]}]'])
    assert.throws(() => botNamesOf(text), /^Error: This is no list of bots, because it has [01] names\. Keep/);
});
