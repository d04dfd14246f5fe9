import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batching } from '../../../core/live/batching.ts';
import { maxBatch } from '../../../core/live/live-hit.ts';

const site = 'blog.example.com';
const hit = { time: 0, site, url: 'https://blog.example.com/' };
const sizes = (perSecond: number, times: number[]) => {
  const batches = batching(perSecond);
  return times.map((time) => batches.add(hit, time)?.hits.length ?? 0);
};

test('gives each hit a batch of its own if they come slowly', () => {
  assert.deepEqual(sizes(1, [0, 1000, 2500]), [1, 1, 1]);
});

test('gives at most so many batches in any second, with all hits that wait', () => {
  assert.deepEqual(sizes(1, [900, 1001, 1899, 1900, 1901]), [1, 0, 0, 3, 0]);
  assert.deepEqual(sizes(3, [0, 1, 2, 3, 999, 1000, 1001]), [1, 1, 1, 0, 0, 3, 1]);
});

test('gives a batch when the clock goes back', () => {
  assert.deepEqual(sizes(1, [5000, 1000]), [1, 1]);
});

test('counts the hits of a flood that no batch holds, by site', () => {
  const { add } = batching(1);
  add(hit, 0);
  for (let i = 0; i < maxBatch + 7; i++) assert.equal(add(hit, i), undefined);
  add({ ...hit, site: 'b.example' }, 1);
  const batch = add(hit, 1000);
  assert.equal(batch?.hits.length, maxBatch);
  assert.deepEqual(batch.more, { [site]: 8, 'b.example': 1 });
  assert.deepEqual(add(hit, 2000), { hits: [hit], more: {} });
});
