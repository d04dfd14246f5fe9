import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { eventsSnippetFor, snippetFor } from '../../snippet/embed.ts';

const sizeOf = (host: string) => gzipSync(snippetFor(`https://${host}/track`), { level: 9 }).length;

test('the snippet is at most 640 bytes gzipped, whatever the name of the API', () => {
  const sizes = Array.from({ length: 500 }, (_, i) => {
    const api = createHash('sha256')
      .update(String(i))
      .digest('base64url')
      .toLowerCase()
      .replace(/\W|_/g, '')
      .slice(0, 10);
    return sizeOf(`${api}.execute-api.ap-southeast-2.amazonaws.com`);
  });
  assert.ok(Math.max(...sizes) <= 640, `${Math.max(...sizes)} bytes`);
});

for (const host of [
  'stats.example.com',
  'visitor-statistics.marketing.some-quite-long-company-name.co.uk',
  'numbers.blog.xn--80ahcnqmgbe4a.xn--p1ai',
])
  test(`the snippet is at most 640 bytes gzipped on ${host}`, () =>
    assert.ok(sizeOf(host) <= 640, `${sizeOf(host)} bytes`));

describe('the hosts on which the blocks send', () => {
  const sites = ['blog.example.com', 'localhost:3001', '127.0.0.1:8080', 'intranet'];
  const run = (host: string, isListed: boolean, sends: boolean) =>
    test(`${host}, ${isListed ? 'with' : 'without'} local sites`, () => {
      for (const blockFor of [snippetFor, eventsSnippetFor]) {
        const [, pattern = ''] = /match\(\/(.*?)\/\)/.exec(blockFor('/track', isListed ? sites : ['a.example'])) ?? [];
        assert.equal(new RegExp(pattern).test(host), sends);
      }
    });
  for (const host of ['blog.example.com', 'example.com:8443', '1.2.3.4.example', 'xn--a.xn--p1ai', '3m.com'])
    for (const isListed of [true, false]) run(host, isListed, true);
  for (const host of sites.slice(1)) {
    run(host, true, true);
    run(host, false, false);
  }
  for (const host of ['localhost', 'localhost:30011', '127.0.0.1', '127a0b0c1:8080', '[::1]:3001', ''])
    for (const isListed of [true, false]) run(host, isListed, false);
});

for (const [name, blockFor] of Object.entries({ snippet: snippetFor, 'events block': eventsSnippetFor }))
  test(`the ${name} is one script element with the endpoint in it, once`, () => {
    const html = blockFor('https://stats.example.com/track');
    assert.match(html, /^<script>[^<]*<\/script>$/);
    assert.equal(html.split('fetch("https://stats.example.com/track"').length, 2);
    assert.match(html, /keepalive:1/, 'a request outlives its page');
    assert.doesNotMatch(html, /ENDPOINT/);
  });

test('no endpoint leaves its string', () => {
  const html = snippetFor('https://x.example/"+alert(1)//</script><script>$&$1');
  assert.match(html, /^<script>[^<]*<\/script>$/);
  assert.ok(html.includes(String.raw`"https://x.example/\"+alert(1)//\u003c/script>\u003cscript>$&$1"`));
});
