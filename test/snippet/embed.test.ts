import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { eventsSnippetFor, snippetFor } from '../../snippet/embed.ts';

test('the snippet is at most 600 bytes gzipped, whatever the name of the API', () => {
  const sizes = Array.from({ length: 200 }, (_, i) => {
    const api = createHash('sha256')
      .update(String(i))
      .digest('base64url')
      .toLowerCase()
      .replace(/\W|_/g, '')
      .slice(0, 10);
    return gzipSync(snippetFor(`https://${api}.execute-api.ap-southeast-2.amazonaws.com/track`), { level: 9 }).length;
  });
  assert.ok(Math.max(...sizes) <= 600, `${Math.max(...sizes)} bytes`);
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
