import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browsers, languageCodes, systems } from '../../../core/collect/audience.ts';
import { browserNamed } from '../../../transfer/foreign-names/browser-named.ts';
import { countryNamed } from '../../../transfer/foreign-names/country-named.ts';
import { deviceNamed } from '../../../transfer/foreign-names/device-named.ts';
import { languageNamed } from '../../../transfer/foreign-names/language-named.ts';
import { linkNamed } from '../../../transfer/foreign-names/link-named.ts';
import { systemNamed } from '../../../transfer/foreign-names/system-named.ts';

const unknown = '(unknown)';

/** Tests that our own names stay, and that foreign ones, separated by commas, mean the name before them. */
function means(title: string, named: (name: string) => string, own: Iterable<string>, table: Record<string, string>) {
  describe(title, () => {
    for (const [want, foreign] of Object.entries(table))
      test(`${foreign}: ${want}`, () => {
        for (const name of foreign.split(', ')) assert.equal(named(name), want, name);
      });
    test('our own names stay', () => {
      for (const name of own) assert.equal(named(name), name);
    });
  });
}

means('browsers', browserNamed, browsers, {
  Chrome: 'Chrome, chrome, Chrome 86, Chrome Mobile, Mobile Chrome, Chrome Mobile iOS, crios, Chrome Webview',
  Firefox: 'Firefox, Firefox 83, Firefox Mobile, Mobile Firefox, fxios, Firefox Mobile iOS',
  Safari: 'Safari 14.0, Mobile Safari, Safari (in-app), ios, ios-webview',
  'Microsoft Edge': 'Edge, edge-chromium, edge-ios, Microsoft Edge, Edge 109',
  Opera: 'Opera, Opera Mini, opera-mini, Opera Mobile, Opera GX, Opera Touch',
  'Samsung Internet for Android': 'samsung, Samsung Browser, Samsung Internet, Samsung Internet 23',
  'Internet Explorer': 'IE, Internet Explorer 11, IEMobile 10',
  'Yandex Browser': 'Yandex, yandexbrowser, Yandex.Browser, Yandex Browser Lite',
  'Android Browser': 'Android Browser, Android Webkit Browser',
  DuckDuckGo: 'DuckDuckGo Privacy Browser',
  Focus: 'Firefox Focus',
  'QQ Browser Lite': 'QQ Browser Lite 2',
  Brave: 'Brave 1.2',
  [unknown]: ', Mobile App, Facebook, (not set), constructor, __proto__, 86',
});

means('systems', systemNamed, systems, {
  macOS: 'Mac, Mac OS, Mac OS X 10.15, macOS 10.15, OS X, Macintosh',
  Linux: 'GNU/Linux, Ubuntu, Debian 12, Fedora, Linux Ubuntu',
  Windows: 'Windows 10, Windows XP, windows, Windows Server 2003',
  iOS: 'iOS, iPadOS 17.1, iOS 15',
  Android: 'Android OS, Android 7.1, Fire OS',
  'Chrome OS': 'Chrome OS, Chromium OS, ChromeOS',
  'Windows Phone': 'Windows Phone 8.1, Windows Mobile',
  [unknown]: ', FreeBSD, (not set), toString',
});

means('devices', deviceNamed, ['desktop', 'mobile', 'tablet'], {
  desktop: 'Desktop, Laptop, desktop, Smart TV, Console',
  mobile: 'Mobile, Smartphone, Phablet, phone',
  tablet: 'Tablet, iPad',
  [unknown]: ', Wearable, 1280x720',
});

means('countries', countryNamed, ['AX', 'US'], {
  DE: 'DE, de, DEU, Germany, Deutschland, Allemagne, de-by, DE-BY',
  US: 'US, USA, US-TX, United States, United States of America, Vereinigte Staaten',
  GB: 'UK, GB, GBR, United Kingdom',
  CI: "CI, Côte d'Ivoire, Côte d’Ivoire, Ivory Coast",
  TR: 'TR, Türkiye, Turkey, Turkiye',
  CZ: 'CZ, Czechia, Czech Republic',
  HK: 'HK, HKG, Hong Kong',
  MM: 'MM, Myanmar (Burma)',
  BA: 'BA, Bosnia & Herzegovina, Bosnia and Herzegovina',
  [unknown]: ', xx, ZZ, A1, (not set), Atlantis, constructor',
});

means('languages', languageNamed, languageCodes, {
  de: 'de, deu, ger, de-CH, de_AT, German',
  zh: 'zh, zho, cmn, zh-Hans-CN, Chinese',
  nb: 'nob, nb-NO',
  tl: 'fil, tgl',
  he: 'iw, he, heb',
  [unknown]: ', aaa, (not set), Klingon',
});

means('links', linkNamed, ['news.example'], {
  'google.com': 'Google, google, google.com, www.google.de, https://www.google.com/',
  'x.com': 'Twitter, x.com, t.co, X',
  'news.ycombinator.com': 'Hacker News, news.ycombinator.com, hacker-news',
  'github.com': 'github.com/4lejandrito/next-plausible, GitHub',
  'mail.google.com': 'com.google.android.gm, android-app://com.google.android.gm',
  'blog.example:8080': 'blog.example:8080/x',
  '': ', Direct / None, (direct), (none), (not set), (other)',
  'my newsletter': 'My Newsletter',
});
