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

/** Returns what tests that each foreign name, separated by commas, means one of our own. */
const runWith = (named: (name: string) => string) => (foreign: string, want: string) =>
  test(`${foreign}: ${want}`, () => {
    for (const name of foreign.split(', ')) assert.equal(named(name), want, name);
  });

describe('browsers', () => {
  const run = runWith(browserNamed);
  run('Chrome, chrome, Chrome 86, Chrome Mobile, Mobile Chrome, Chrome Mobile iOS, crios, Chrome Webview', 'Chrome');
  run('Firefox, Firefox 83, Firefox Mobile, Mobile Firefox, fxios, Firefox Mobile iOS', 'Firefox');
  run('Safari 14.0, Mobile Safari, Safari (in-app), ios, ios-webview', 'Safari');
  run('Edge, edge-chromium, edge-ios, Microsoft Edge, Edge 109', 'Microsoft Edge');
  run('Opera, Opera Mini, opera-mini, Opera Mobile, Opera GX, Opera Touch', 'Opera');
  run('samsung, Samsung Browser, Samsung Internet, Samsung Internet 23', 'Samsung Internet for Android');
  run('IE, Internet Explorer 11, IEMobile 10', 'Internet Explorer');
  run('Yandex, yandexbrowser, Yandex.Browser, Yandex Browser Lite', 'Yandex Browser');
  run('Android Browser, Android Webkit Browser', 'Android Browser');
  run('DuckDuckGo Privacy Browser', 'DuckDuckGo');
  run('Firefox Focus', 'Focus');
  run('QQ Browser Lite 2', 'QQ Browser Lite');
  run('Brave 1.2', 'Brave');
  run(', Mobile App, Facebook, (not set), constructor, __proto__, 86', unknown);
  test('keep the names of live hits', () => {
    for (const name of browsers) assert.equal(browserNamed(name), name);
  });
});

describe('systems', () => {
  const run = runWith(systemNamed);
  run('Mac, Mac OS, Mac OS X 10.15, macOS 10.15, OS X, Macintosh', 'macOS');
  run('GNU/Linux, Ubuntu, Debian 12, Fedora, Linux Ubuntu', 'Linux');
  run('Windows 10, Windows XP, windows, Windows Server 2003', 'Windows');
  run('iOS, iPadOS 17.1, iOS 15', 'iOS');
  run('Android OS, Android 7.1, Fire OS', 'Android');
  run('Chrome OS, Chromium OS, ChromeOS', 'Chrome OS');
  run('Windows Phone 8.1, Windows Mobile', 'Windows Phone');
  run(', FreeBSD, (not set), toString', unknown);
  test('keep the names of live hits', () => {
    for (const name of systems) assert.equal(systemNamed(name), name);
  });
});

describe('devices', () => {
  const run = runWith(deviceNamed);
  run('Desktop, Laptop, desktop, Smart TV, Console', 'desktop');
  run('Mobile, Smartphone, Phablet, phone', 'mobile');
  run('Tablet, iPad', 'tablet');
  run(', Wearable, 1280x720', unknown);
});

describe('countries', () => {
  const run = runWith(countryNamed);
  run('DE, de, DEU, Germany, Deutschland, Allemagne, de-by, DE-BY', 'DE');
  run('US, USA, US-TX, United States, United States of America, Vereinigte Staaten', 'US');
  run('UK, GB, GBR, United Kingdom', 'GB');
  run("CI, Côte d'Ivoire, Côte d’Ivoire, Ivory Coast", 'CI');
  run('TR, Türkiye, Turkey, Turkiye', 'TR');
  run('CZ, Czechia, Czech Republic', 'CZ');
  run('HK, HKG, Hong Kong', 'HK');
  run('MM, Myanmar (Burma)', 'MM');
  run('BA, Bosnia & Herzegovina, Bosnia and Herzegovina', 'BA');
  run(', xx, ZZ, A1, (not set), Atlantis, constructor', unknown);
});

describe('languages', () => {
  const run = runWith(languageNamed);
  run('de, deu, ger, de-CH, de_AT, German', 'de');
  run('zh, zho, cmn, zh-Hans-CN, Chinese', 'zh');
  run('nob, nb-NO', 'nb');
  run('fil, tgl', 'tl');
  run('iw, he, heb', 'he');
  run(', aaa, (not set), Klingon', unknown);
  test('keep the codes of live hits', () => {
    for (const code of languageCodes) assert.equal(languageNamed(code), code);
  });
});

describe('links', () => {
  const run = runWith(linkNamed);
  run('Google, google, google.com, www.google.de, https://www.google.com/', 'google.com');
  run('Twitter, x.com, t.co, X', 'x.com');
  run('Hacker News, news.ycombinator.com, hacker-news', 'news.ycombinator.com');
  run('github.com/4lejandrito/next-plausible, GitHub', 'github.com');
  run('com.google.android.gm, android-app://com.google.android.gm', 'mail.google.com');
  run('blog.example:8080/x', 'blog.example:8080');
  run(', Direct / None, (direct), (none), (not set), (other)', '');
  run('My Newsletter', 'my newsletter');
});
