import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSpam, linkingHost, referrerOf } from '../../../core/collect/referrer.ts';
import spamReferrers from '../../../core/collect/spam-referrers.json' with { type: 'json' };

describe('the referrer', () => {
  const run = (want: string, ...addresses: string[]) => {
    for (const address of addresses)
      test(`${JSON.stringify(address)} is ${want || 'nobody'}`, () =>
        assert.equal(referrerOf(linkingHost(address)), want));
  };
  run(
    '',
    '',
    'x',
    '/a',
    'about:blank',
    'file:///a',
    'javascript:1',
    'https://',
    'data:text/html,x',
    'ftp://example.com/',
  );
  run('example.com', 'https://example.com', 'http://www.EXAMPLE.com/a?b#c', 'https://user:x@m.example.com/');
  run('example.com:8080', 'https://www.example.com:8080/');
  run('m.com', 'https://m.com/', 'https://www.m.com/');
  run('xn--bcher-kva.example', 'https://bücher.example/');
  run(
    'google.com',
    'https://www.google.com/',
    'https://google.de',
    'https://www.google.co.uk/',
    'https://google.com.br/',
  );
  run('google.com', 'android-app://com.google.android.googlequicksearchbox/https/www.google.com');
  run('mail.google.com', 'https://mail.google.com/mail/u/0', 'android-app://com.google.android.gm/');
  run('google.example.com', 'https://google.example.com/');
  run('notgoogle.com', 'https://notgoogle.com/');
  run(
    'x.com',
    'https://t.co/abc',
    'https://x.com/a',
    'https://mobile.twitter.com/',
    'android-app://com.twitter.android/',
  );
  run('linkedin.com', 'https://lnkd.in/x', 'https://www.linkedin.com/feed', 'https://de.linkedin.com/');
  run('linkedin.com', 'android-app://com.linkedin.android/');
  run(
    'facebook.com',
    'https://l.facebook.com/l.php',
    'https://lm.facebook.com',
    'https://m.facebook.com/',
    'http://fb.me/x',
  );
  run('instagram.com', 'https://l.instagram.com/?u=x', 'https://www.instagram.com/');
  run(
    'reddit.com',
    'https://old.reddit.com/r/x',
    'https://www.reddit.com/',
    'https://out.reddit.com/',
    'https://redd.it/x',
  );
  run('youtube.com', 'https://youtu.be/x', 'https://m.youtube.com/');
  run('yahoo.com', 'https://search.yahoo.com/', 'https://de.search.yahoo.com/', 'https://r.search.yahoo.com/');
  run('yandex.ru', 'https://yandex.com.tr/', 'https://ya.ru/');
  run('bing.com', 'https://www.bing.com/', 'https://cn.bing.com/');
  run('duckduckgo.com', 'https://duckduckgo.com/', 'https://html.duckduckgo.com/html');
  run('pinterest.com', 'https://www.pinterest.de/', 'https://pin.it/x', 'https://br.pinterest.com/');
  run('threads.com', 'https://l.threads.net/', 'https://www.threads.com/');
  run('telegram.org', 'https://t.me/x', 'android-app://org.telegram.messenger/');
  run('example.com', 'https://example.com./', 'https://www.example.com.:443/');
  run('com.example.reader', 'android-app://com.example.reader/');
  run('news.ycombinator.com', 'https://news.ycombinator.com/item?id=1');
});

describe('spam', () => {
  const run = (address: string, want: boolean) =>
    test(`${address.slice(0, 60)} is ${want ? '' : 'not '}on the list`, () =>
      assert.equal(isSpam(linkingHost(address)), want));
  run('https://semalt.com/', true);
  run('https://semalt.com./', true);
  run('https://semalt.com:8080/', true);
  run(`https://${'a'.repeat(60)}.semalt.com/`, true);
  run('https://notsemalt.com/', false);
  run('https://semalt.com.example/', false);
  run('', false);
});

test('the list of spammers holds hosts as browsers write them, once each and in order', () => {
  assert.ok(spamReferrers.length > 200);
  assert.deepEqual(spamReferrers, [...new Set(spamReferrers)].sort());
  for (const host of spamReferrers) {
    assert.equal(new URL(`http://${host}`).host, host);
    assert.match(host, /^[^.].*\../);
  }
});
