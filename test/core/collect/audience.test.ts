import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { audienceOf, type Client } from '../../../core/collect/audience.ts';

const nothing: Client = { userAgent: 'x', timeZone: '', width: 0, languages: '' };
const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';
const iphone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/26.0 Mobile/15E148 Safari/604.1`;
const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/26.0 Safari/605.1.15`;

describe('device, browser and system', () => {
  const run = (userAgent: string, width: number, want: string) =>
    test(`${userAgent}, ${width} px: ${want}`, () => {
      const { device, browser, os } = audienceOf({ ...nothing, userAgent, width });
      assert.equal([device, browser, os].join(', '), want);
    });
  run('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 1280, 'desktop, Firefox, Linux');
  run(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36`, 400, 'desktop, Chrome, Windows');
  run(
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36 Edg/142.0.0.0`,
    1366,
    'desktop, Microsoft Edge, Windows',
  );
  run(`Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36`, 412, 'mobile, Chrome, Android');
  run(`Mozilla/5.0 (Linux; Android 10; K) ${blink} Safari/537.36`, 1280, 'tablet, Chrome, Android');
  run(`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${blink} Safari/537.36`, 1366, 'desktop, Chrome, Chrome OS');
  run(iphone, 390, 'mobile, Safari, iOS');
  run(mac, 1440, 'desktop, Safari, macOS');
  run(mac, 820, 'tablet, Safari, macOS');
  run(mac, 0, 'desktop, Safari, macOS');
  run(`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${blink} Safari/537.36`, 820, 'desktop, Chrome, macOS');
  run('Something/1.0 else', 390, 'mobile, (unknown), (unknown)');
  run('Something/1.0 else', 800, 'tablet, (unknown), (unknown)');
  run('Something/1.0 else', 1600, 'desktop, (unknown), (unknown)');
  for (const width of [0, -5, Number.NaN]) run('toString/1.0 x', width, '(unknown), (unknown), (unknown)');
});

describe('country', () => {
  const run = (timeZone: string, want: string) =>
    test(`${timeZone}: ${want}`, () => assert.equal(audienceOf({ ...nothing, timeZone }).country, want));
  run('Europe/Berlin', 'DE');
  run('Europe/Zurich', 'CH');
  run('Europe/Oslo', 'NO');
  run('Asia/Kolkata', 'IN');
  run('Asia/Calcutta', 'IN');
  run('Europe/Kyiv', 'UA');
  run('America/Argentina/Buenos_Aires', 'AR');
  run('US/Eastern', 'US');
  for (const zone of ['', 'UTC', 'Etc/GMT+3', 'Mars/Olympus', '__proto__', 'constructor', 'europe/berlin'])
    run(zone, '(unknown)');
});

describe('language', () => {
  const run = (languages: string, want: string) =>
    test(`${JSON.stringify(languages)}: ${want}`, () =>
      assert.equal(audienceOf({ ...nothing, languages }).language, want));
  run('fr-FR,fr;q=0.9,en;q=0.5', 'fr');
  run('DE', 'de');
  run(' ja;q=0.8', 'ja');
  run('zh-Hant-TW', 'zh');
  run('iw-IL', 'he');
  run('in', 'id');
  run('fil-PH,en', 'tl');
  for (const languages of ['', '*', 'xx', 'haw-US', 'e', 'en_x', '<b>', 'de\u0000'.repeat(0)])
    run(languages, '(unknown)');

  // Bihari is withdrawn, and Tagalog is Filipino to Unicode.
  test('knows the two-letter languages that Unicode knows, and no other', () => {
    const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const differ = letters
      .flatMap((a) => letters.map((b) => a + b))
      .filter((code) => {
        const known = names.of(code) !== undefined && code !== 'bh';
        const current = known && (Intl.getCanonicalLocales(code)[0] === code || code === 'tl');
        return current !== (audienceOf({ ...nothing, languages: code }).language === code);
      });
    assert.deepEqual(differ, []);
  });
});
