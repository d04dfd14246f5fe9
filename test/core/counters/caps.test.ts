import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Bowser from 'bowser';
import { getAllCountries } from 'countries-and-timezones';
import { applyCaps, maxBytesOfNames } from '../../../core/counters/caps.ts';
import { isUnbounded } from '../../../core/counters/names.ts';

const caps = { maxPagesPerDay: 5, maxNamesPerPage: 3 };

describe('an item admits', () => {
  const run = (name: string, counters: Record<string, number>, names: string[], want: Record<string, number>) =>
    test(name, () => assert.deepEqual(applyCaps(counters, names, caps).counters, want));

  const closed = { views: 1, hour_07: 1, visits: 1, country_FR: 1, 'os_(unknown)': 1, language_fr: 1, seconds: 9 };
  run('what is in its own words, however full it is', closed, ['views_a', 'term_b', 'event_c', 'term_d'], closed);
  run('new names while there is room', { views_a: 1, referrer_b: 2 }, ['term_x'], { views_a: 1, referrer_b: 2 });
  run('known names when it is full', { views_a: 1 }, ['views_a', 'term_x', 'term_y'], { views_a: 1 });
  run('others as others', { views_a: 1, term_z: 1 }, ['views_b', 'term_x', 'term_y'], {
    'views_(other)': 1,
    'term_(other)': 1,
  });
  run('as many as there is room for', { views_a: 1, term_a: 1 }, ['term_x', 'term_y'], {
    views_a: 1,
    'term_(other)': 1,
  });
  run('together what is of one kind', { 'views_(other)': 2, views_a: 1 }, ['term_x', 'term_y', 'term_z'], {
    'views_(other)': 3,
  });
  run('no name that only ends like one of its own', { 'views_x_(other)': 1 }, ['term_x', 'term_y', 'term_z'], {
    'views_(other)': 1,
  });
  run('a name that is not counted among the open ones', { views_a: 1 }, ['visits', 'hour_07', 'views_(other)'], {
    views_a: 1,
  });

  test('names up to the last byte that there is room for', () => {
    const added = (maxBytes: number) => applyCaps({ term_a: 1, term_b: 1 }, ['term_x'], caps, maxBytes).added;
    assert.deepEqual([added(18), added(17)], [['term_a', 'term_b'], ['term_a']]);
  });

  test('no more bytes of names than 6,000, whatever the cap of names', () => {
    const names = Array.from({ length: 90 }, (_, i) => `term_${'𝒳'.repeat(16)}${String(i).padStart(3, '0')}`);
    const counters = Object.fromEntries(names.map((name) => [name, 1]));
    const { counters: admitted, added } = applyCaps(counters, [], { ...caps, maxNamesPerPage: 99_999 });
    const kept = Object.keys(admitted).filter(isUnbounded);
    assert.deepEqual(added, kept);
    assert.ok(Buffer.byteLength(kept.join('')) <= 6_000 && kept.length > 80);
    assert.equal(admitted['term_(other)'], 90 - kept.length);
  });
});

test('an item with every word there is, and as many names as go into it, is below 16 KB', () => {
  const userAgents = Object.values(Bowser.BROWSER_MAP).map((name) => `browser_${name}`);
  const systems = Object.values(Bowser.OS_MAP).map((name) => `os_${name}`);
  const countries = Object.keys(getAllCountries()).map((code) => `country_${code}`);
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const twoLetters = letters.flatMap((a) => letters.map((b) => a + b));
  const languages = twoLetters.filter((code) =>
    new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(code),
  );
  const hours = Array.from({ length: 24 }, (_, hour) => `hour_${String(hour).padStart(2, '0')}`);
  const devices = ['mobile', 'tablet', 'desktop'].map((device) => `device_${device}`);
  const unknown = ['browser', 'os', 'country', 'language', 'device'].map((question) => `${question}_(unknown)`);
  const others = ['views', 'source', 'medium', 'campaign', 'term', 'content', 'referrer', 'event'].map(
    (kind) => `${kind}_(other)`,
  );
  const own = [
    'views',
    'visitors',
    'site_visitors',
    'visits',
    'unlinked',
    'engaged',
    'seconds',
    'names',
    'bytes',
    'expires',
  ];
  const words = [
    ...userAgents,
    ...systems,
    ...countries,
    ...languages,
    ...hours,
    ...devices,
    ...unknown,
    ...others,
    ...own,
  ];
  // A name, and a number of up to eight digits: 6 bytes. DynamoDB's rules for the size of an item.
  const closed = words.reduce((sum, word) => sum + word.length + 6, 0);
  const numbersOfNames = 100 * 6;
  const key = 'dayurl'.length + '2026-11-21'.length + 1000;
  assert.ok(
    closed + maxBytesOfNames + numbersOfNames + key < 16_384,
    `${closed + maxBytesOfNames + numbersOfNames + key}`,
  );
});
