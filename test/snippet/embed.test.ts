import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { snippetFor } from '../../snippet/embed.ts';

test('the snippet is at most 600 bytes gzipped', () => {
  const endpoint = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/track';
  const { length } = gzipSync(snippetFor(endpoint), { level: 9 });
  assert.ok(length <= 600, `${length} bytes`);
});

test('the snippet is one script element with the endpoint in it, once', () => {
  const html = snippetFor('https://stats.example.com/track');
  assert.match(html, /^<script>[^<]*<\/script>$/);
  assert.equal(html.split('fetch("https://stats.example.com/track"').length, 2);
  assert.doesNotMatch(html, /ENDPOINT/);
});

test('no endpoint leaves its string', () => {
  const html = snippetFor('https://x.example/"+alert(1)//</script><script>$&$1');
  assert.match(html, /^<script>[^<]*<\/script>$/);
  assert.ok(html.includes(String.raw`"https://x.example/\"+alert(1)//\u003c/script>\u003cscript>$&$1"`));
});
