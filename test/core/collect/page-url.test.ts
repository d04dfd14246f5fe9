import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parsePageUrl } from '../../../core/collect/page-url.ts';

describe('a page has one name', () => {
  const run = (address: string, want: string | undefined) =>
    test(address, () => {
      assert.equal(parsePageUrl(address)?.url, want);
      if (want) assert.equal(parsePageUrl(want)?.url, want, 'normalising twice changes nothing');
    });

  run('https://blog.example.com', 'https://blog.example.com/');
  run('HTTPS://Blog.Example.COM/Post', 'https://blog.example.com/Post');
  run('https://blog.example.com:443/a', 'https://blog.example.com/a');
  run('http://blog.example.com:8080/a', 'http://blog.example.com:8080/a');
  run('https://me:secret@blog.example.com/a', 'https://blog.example.com/a');
  run('https://blog.example.com/a#b?c', 'https://blog.example.com/a');
  run('https://blog.example.com/a/../b/./c', 'https://blog.example.com/b/c');
  run(' https://blog.example.com/a\n', 'https://blog.example.com/a');
  run('https://bücher.example/', 'https://xn--bcher-kva.example/');

  run('https://blog.example.com/caf%c3%a9', 'https://blog.example.com/caf%C3%A9');
  run('https://blog.example.com/café', 'https://blog.example.com/caf%C3%A9');
  run('https://blog.example.com/%7euser/%41', 'https://blog.example.com/~user/A');
  run('https://blog.example.com/100%', 'https://blog.example.com/100%25');
  run('https://blog.example.com/%%341', 'https://blog.example.com/%2541');
  run('https://blog.example.com/a%2Fb', 'https://blog.example.com/a%2Fb');
  run('https://blog.example.com/a(b)', 'https://blog.example.com/a(b)');
  run('https://blog.example.com/a%28b%29', 'https://blog.example.com/a(b)');
  run('https://blog.example.com/it%27s/@me%21', "https://blog.example.com/it's/@me!");
  run('https://blog.example.com/a|b[c]', 'https://blog.example.com/a%7Cb%5Bc%5D');
  run('https://blog.example.com/a%3fb%23c', 'https://blog.example.com/a%3Fb%23c');
  run("https://blog.example.com/?q=it's+a%20b&r=%2B%26%3d", "https://blog.example.com/?q=it's%20a%20b&r=%2B%26%3D");
  run('https://blog.example.com/\ud800', 'https://blog.example.com/%EF%BF%BD');

  run('https://blog.example.com/?utm_source=x', 'https://blog.example.com/');
  run('https://blog.example.com/?id=7&utm_source=x&fbclid=y&b', 'https://blog.example.com/?id=7&b');
  run('https://blog.example.com/?UTM_Campaign=x&gclid&msclkid=1&mc_eid=2', 'https://blog.example.com/');
  run('https://blog.example.com/?utm%5Fsource=x&q=a%20b', 'https://blog.example.com/?q=a%20b');
  run('https://blog.example.com/?', 'https://blog.example.com/');
  run('https://blog.example.com/?&&a=1&', 'https://blog.example.com/?a=1');

  run('', undefined);
  run('/a', undefined);
  run('//blog.example.com/a', undefined);
  run('blog.example.com', undefined);
  run('javascript:alert(1)', undefined);
  run('ftp://blog.example.com/', undefined);
  run('file:///etc/passwd', undefined);
  run('https://', undefined);
  run('null/a', undefined);
});

describe('a page has one URL without a slash or index.html at its end', () => {
  const run = (path: string, want: string) =>
    test(path, () => {
      const [address, merged] = [path, want].map((each) => `https://blog.example.com${each}`);
      assert.equal(parsePageUrl(address ?? '')?.url, merged);
      assert.equal(parsePageUrl(merged ?? '')?.url, merged, 'normalising twice changes nothing');
      assert.equal(parsePageUrl(address ?? '', undefined, 'exact')?.url, address);
    });

  run('/', '/');
  run('/index.html', '/');
  run('//', '/');
  run('/about', '/about');
  run('/about/', '/about');
  run('/about//', '/about');
  run('/about/index.html', '/about');
  run('/about/index.html/', '/about');
  run('/about/?p=1', '/about?p=1');
  run('/index.html?p=1', '/?p=1');
  run('/about.html', '/about.html');
  run('/index.htm', '/index.htm');
  run('/my-index.html', '/my-index.html');
  run('/Index.html', '/Index.html');
  run('/about%2F', '/about%2F');
});

test('a percent-encoded index.html is merged, too', () => {
  assert.equal(parsePageUrl('https://blog.example.com/a/index%2ehtml')?.url, 'https://blog.example.com/a');
});

test('a path of 16,000 slashes is one page', () => {
  const slashes = '/'.repeat(16_000);
  assert.equal(parsePageUrl(`https://blog.example.com${slashes}`)?.url, 'https://blog.example.com/');
  assert.equal(parsePageUrl(`https://blog.example.com${slashes}x`)?.url, `https://blog.example.com${slashes}x`);
});

describe('an address without a host is one of the origin that sent it', () => {
  const run = (address: string, origin: string | undefined, want: string | undefined) =>
    test(`${address} from ${origin}`, () => assert.equal(parsePageUrl(address, origin)?.url, want));

  run('/a?b=1', 'https://blog.example.com', 'https://blog.example.com/a?b=1');
  run('//elsewhere.example/a', 'https://blog.example.com', 'https://elsewhere.example/a');
  run('/a', undefined, undefined);
  run('/a', 'null', undefined);
  run('a', 'https://blog.example.com', undefined);
  run('https://blog.example.com/a', 'null', 'https://blog.example.com/a');
});
