import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNotCounted, notCountedOf, siteOfNotCounted } from '../../../core/counters/names.ts';

test('the refused hits of a site have one item, with and without www.', () => {
  assert.equal(notCountedOf('blog.example.com'), '(not counted) blog.example.com');
  assert.equal(notCountedOf('www.blog.example.com'), '(not counted) blog.example.com');
  assert.equal(notCountedOf('localhost:3001'), '(not counted) localhost:3001');
  assert.equal(notCountedOf(), '(not counted)');
});

test('an item of refused hits tells its site', () => {
  for (const site of [undefined, 'blog.example.com', 'localhost:3001']) {
    assert.ok(isNotCounted(notCountedOf(site)));
    assert.equal(siteOfNotCounted(notCountedOf(site)), site);
  }
  for (const url of ['(other)', '(not counted)x', 'https://blog.example.com/(not counted) x', ''])
    assert.ok(!isNotCounted(url), url);
});
