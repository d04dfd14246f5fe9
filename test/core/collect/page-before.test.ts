import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pageBefore } from '../../../core/collect/page-before.ts';

describe('the page before has the path that it is counted with', () => {
  const run = (referrer: string, want: string | undefined) =>
    test(referrer.slice(0, 60), () => assert.equal(pageBefore(referrer), want));
  const origin = 'https://blog.example.com';

  run(`${origin}/a`, '/a');
  run(`${origin}/a/index.html`, '/a');
  run(origin, '/');
  run(`${origin}/caf%c3%a9/`, '/caf%C3%A9');
  run(`${origin}/search?q=a+name&page=2`, '/search');
  run(`${origin}/?next=https://example.org/b#c`, '/');
  run(`${origin}/a#?b`, '/a');
  run('http://localhost:3001/a//b', '/a//b');
  run('android-app://com.example/', undefined);
  run('/a', undefined);
  run('', undefined);
  run(`${origin}/`.padEnd(98, 'x'), '/'.padEnd(98 - origin.length, 'x'));
  run(`${origin}/`.padEnd(99, 'x'), undefined);
  run(`${origin}/a?q=`.padEnd(99, 'x'), '/a');
  run(`${origin}/`.padEnd(98, 'x').concat('?'), '/'.padEnd(98 - origin.length, 'x'));
});

test('pages with exact URLs are kept apart', () =>
  assert.equal(pageBefore('https://blog.example.com/a/', 'exact'), '/a/'));
