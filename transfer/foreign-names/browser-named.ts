import { browsers } from '../../core/collect/audience.ts';
import { unknown } from '../../core/counters/names.ts';
import { nameTable } from './name-table.ts';

const table = nameTable(browsers, {
  'Amazon Silk': 'silk, mobile silk',
  'Android Browser': 'android, android webkit browser, stock browser',
  BlackBerry: 'blackberry, bb10',
  Chrome: 'mobile chrome, google chrome, crios, chromium webview, android webview, headless chrome, miui',
  DuckDuckGo: 'duckduckgo, ddg',
  Epiphany: 'gnome web',
  Firefox: 'mobile firefox, fxios, mozilla firefox',
  Focus: 'firefox focus, firefox klar',
  'Google Search': 'google search app, google app, gsa',
  'HeyTap Browser': 'heytap, oppo browser, realme browser',
  'Internet Explorer': 'ie, iemobile, msie, microsoft internet explorer',
  'Microsoft Edge': 'edge, edg, edga, edgios, mobile edge',
  'MZ Browser': 'mz, meizu browser',
  'NAVER Whale Browser': 'whale, naver',
  Opera: 'opios, mobile opera, oupeng',
  'Pale Moon': 'palemoon',
  'QQ Browser': 'qq, qqbrowser, mqqbrowser',
  Safari: 'mobile safari, ios, ios webview',
  'Samsung Internet for Android': 'samsung, samsungbrowser',
  'Sogou Browser': 'sogou',
  'UC Browser': 'uc, ucbrowser',
  'Vivo Browser': 'vivo',
  'WebOS Browser': 'webos, lg browser',
  WeChat: 'micromessenger',
  'Yandex Browser': 'yandex, yandexbrowser',
});

/** Returns the browser that another tool names, as a live hit would name it. */
export const browserNamed = (name: string): string => table(name) ?? unknown;
