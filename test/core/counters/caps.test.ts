import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Bowser from 'bowser';
import { getAllCountries } from 'countries-and-timezones';
import { readSetting } from '../../../config/settings.ts';
import { maxNameBytes } from '../../../core/collect/name.ts';
import { applyCaps, quotaSize } from '../../../core/counters/caps.ts';
import { channels } from '../../../core/counters/channels.ts';
import { quotas } from '../../../core/counters/names.ts';
import { followedFields, outcomes } from '../../../core/counters/outcomes.ts';

const caps = { maxPagesPerDay: 5, maxNamesPerDimension: 2 };

describe('an item takes', () => {
  const run = (name: string, counters: Record<string, number>, names: string[], want: Record<string, number>) =>
    test(name, () => assert.deepEqual(applyCaps(counters, names, caps).counters, want));

  const closed = { views: 1, hour_07: 1, visits: 1, country_FR: 1, 'os_(unknown)': 1, language_fr: 1, seconds: 9 };
  const full = ['views_x', 'views_y', 'term_x', 'term_y'];
  run('closed words, however full it is', closed, full, closed);
  run(
    'a direct visit, however many referrers it has',
    { 'referrer_(direct)': 1 },
    ['a', 'b', 'c', 'd'].map((name) => `referrer_${name}`),
    { 'referrer_(direct)': 1 },
  );
  run('new names while their quota has room', { views_a: 1, referrer_b: 2 }, ['views_x', 'term_x', 'term_y'], {
    views_a: 1,
    referrer_b: 2,
  });
  run('known names when their quota is full', { views_x: 1, term_y: 1 }, full, { views_x: 1, term_y: 1 });
  run('new names past their quota as (other) of their kind', { views_a: 1, term_a: 2 }, full, {
    'views_(other)': 1,
    'term_(other)': 2,
  });
  run('as many names as there is room for', { term_a: 1, term_b: 1 }, ['term_x'], { term_a: 1, 'term_(other)': 1 });
  run('twice as many referrers', { referrer_c: 1, referrer_d: 1, referrer_e: 1 }, ['referrer_a', 'referrer_b'], {
    referrer_c: 1,
    referrer_d: 1,
    'referrer_(other)': 1,
  });
  run(
    'three times as many events',
    { event_g: 1 },
    ['a', 'b', 'c', 'd', 'e'].map((name) => `event_${name}`),
    { event_g: 1 },
  );
  const ofAds = { linked_source_a: 1, linked_campaign_b: 1 };
  run('the outcomes of visits in one quota', ofAds, ['events_source_x'], {
    linked_source_a: 1,
    'linked_campaign_(other)': 1,
  });
  run('no place of a quota by other outcomes', { engaged_source_a: 1 }, ['engaged_source_(other)', 'engaged_b'], {
    engaged_source_a: 1,
  });
  run('what is (other) already with it', { 'views_(other)': 2, views_a: 1 }, full, { 'views_(other)': 3 });
  run('a name that only ends like (other) as a name', { 'views_x_(other)': 1 }, full, { 'views_(other)': 1 });
  run(
    'no place of a quota by (other), or by a counter without a name',
    { views_a: 1 },
    ['views', 'views_(other)', 'views_x'],
    { views_a: 1 },
  );

  test('a part of each quota from a sender with a share of it', () => {
    const take = (names: string[], share: number) => applyCaps({ event_a: 1 }, names, caps, share).added;
    assert.deepEqual(
      [take([], 0.5), take(['event_x', 'event_y'], 0.5), take(['event_x', 'event_y', 'event_z'], 0.5)],
      [['event_a'], ['event_a'], []],
    );
    assert.deepEqual(take([], 0), []);
  });
});

/** The size of an item with every word there is, and as many names as its quotas take. */
function largestItem(maxNamesPerDimension: number): number {
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
  const ways = channels.map((channel) => `channel_${channel}`);
  const unknown = ['channel', 'browser', 'os', 'country', 'language', 'device'].map(
    (question) => `${question}_(unknown)`,
  );
  const kinds = [
    ...['views', 'source', 'medium', 'campaign', 'term', 'content', 'referrer', 'event'],
    ...outcomes.flatMap((outcome) => followedFields.map((field) => `${outcome}_${field}`)),
  ];
  const others = kinds.map((kind) => `${kind}_(other)`);
  const own = ['views', 'visitors', 'site_visitors', 'visits', 'unlinked', 'engaged', 'seconds', 'expires'];
  const words = [
    ...userAgents,
    ...systems,
    ...countries,
    ...languages,
    ...hours,
    ...devices,
    ...ways,
    ...unknown,
    ...others,
    ...own,
  ];
  // A name, and a number of up to eight digits: 6 bytes. DynamoDB's rules for the size of an item.
  const closed = words.reduce((sum, word) => sum + word.length + 6, 0);
  const kindOf = (quota: string) => (quota === 'outcomes' ? 'engaged_campaign' : quota);
  const caps = { maxPagesPerDay: 5_000, maxNamesPerDimension };
  const names = quotas.reduce(
    (sum, quota) =>
      sum + quotaSize(quota, caps) * (kindOf(quota).length + 1 + maxNameBytes + 6) + `names_${quota}`.length + 6,
    0,
  );
  const key = 'dayurl'.length + '2026-11-21'.length + 1000;
  return closed + names + key;
}

const usual = readSetting('MAX_NAMES_PER_DIMENSION', {});
const most = 40;

test('an item stays below 32 KB by default', () => {
  assert.ok(largestItem(usual) < 32 * 1024, String(largestItem(usual)));
});

test('an item stays below 52 KB with as many names as the setting takes', () => {
  assert.throws(() => readSetting('MAX_NAMES_PER_DIMENSION', { MAX_NAMES_PER_DIMENSION: String(most + 1) }));
  assert.ok(largestItem(most) < 52 * 1024, String(largestItem(most)));
});
