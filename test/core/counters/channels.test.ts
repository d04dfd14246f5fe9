import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Campaign } from '../../../core/collect/hit.ts';
import {
  labelsOfChannels,
  mediumsOfChannels,
  namesOfChannels,
  plainMediums,
} from '../../../core/counters/channel-names.ts';
import { addChannels, type Channel, channelOf, channels } from '../../../core/counters/channels.ts';

describe('the referrer tells the channel', () => {
  const run = (referrer: string, want: Channel) =>
    test(`${referrer || 'none'}: ${want}`, () => assert.equal(channelOf({ referrer, campaign: {} }), want));
  run('', 'direct');
  run('(direct)', 'direct');
  run('google.com', 'search');
  run('search.brave.com', 'search');
  run('docs.google.com', 'website');
  run('x.com', 'social');
  run('pl.pinterest.com', 'social');
  run('piaille.social', 'social');
  run('mastodon.example', 'social');
  run('news.ycombinator.com', 'community');
  run('unix.stackexchange.com', 'community');
  run('forum.example.org', 'community');
  run('chatgpt.com', 'ai');
  run('gemini.google.com', 'ai');
  run('mail.google.com', 'mail');
  run('webmail.example.net', 'mail');
  run('blogroll.example', 'website');
  run('notgoogle.com', 'website');
  run('google.com.evil.example', 'website');
  run('localhost:3001', 'website');
  run('__proto__', 'website');
});

describe('the medium or the source of a link tells the channel, whatever the referrer', () => {
  const run = (campaign: Campaign, want: Channel, referrer = 'google.com') =>
    test(`${JSON.stringify(campaign)}: ${want}`, () => assert.equal(channelOf({ referrer, campaign }), want));
  run({ medium: 'email' }, 'mail');
  run({ medium: 'social', source: 'newsletter' }, 'social');
  run({ medium: 'cpc', source: 'google' }, 'campaign');
  run({ medium: 'constructor' }, 'campaign');
  run({ medium: 'organic', source: 'facebook' }, 'social');
  run({ medium: 'referral', source: 'partner.example' }, 'campaign');
  run({ medium: '(none)' }, 'campaign');
  run({ source: 'chatgpt.com' }, 'ai');
  run({ source: 'm.facebook.com' }, 'social');
  run({ source: 'hacker-news' }, 'community');
  run({ source: 'newsletter' }, 'mail');
  run({ source: 'summer' }, 'campaign');
  run({ campaign: 'summer' }, 'campaign', '');
  run({ term: 'cookieless' }, 'campaign');
});

test('no name tells two channels, and each is as names are stored', () => {
  const wordsOf = (list: string) => list.split(/\s+/).filter((word) => word !== '');
  for (const lists of [namesOfChannels, labelsOfChannels, { ...mediumsOfChannels, plain: plainMediums }]) {
    const words = Object.values(lists).flatMap(wordsOf);
    assert.deepEqual(
      words.filter((word, i) => words.indexOf(word) !== i),
      [],
    );
    for (const word of words) assert.match(word, /^(\*\.)?[a-z0-9()._-]+$/);
  }
});

describe('visits from before there were channels', () => {
  const run = (name: string, counters: Record<string, number>, want: Record<string, number>) =>
    test(name, () => {
      const got = new Map(Object.entries(counters));
      for (const times of ['once', 'twice']) {
        addChannels(got);
        assert.deepEqual(Object.fromEntries(got), { ...counters, ...want }, times);
      }
    });
  run(
    'have that of their referrer',
    { visits: 6, 'referrer_(direct)': 1, 'referrer_google.com': 2, 'referrer_bing.com': 1, 'referrer_a.example': 2 },
    { channel_direct: 1, channel_search: 3, channel_website: 2 },
  );
  run(
    'have none that is known past the cap of referrers',
    { visits: 2, 'referrer_(other)': 2 },
    { 'channel_(unknown)': 2 },
  );
  run(
    'have none that is known beside visits with one',
    { visits: 5, channel_mail: 2, 'referrer_(direct)': 5 },
    { 'channel_(unknown)': 3 },
  );
  run('stay as they are if all have one', { visits: 2, channel_mail: 2, 'referrer_(direct)': 2 }, {});
  run('are none where no visit began', { views: 2, referrer_x: 1 }, {});
});

test('the channels of an item sum to its visits', () => {
  const names = fc.constantFrom('referrer_(direct)', 'referrer_google.com', 'referrer_(other)', 'referrer_a.example');
  fc.assert(
    fc.property(
      fc.dictionary(names, fc.integer({ min: 1, max: 9 })),
      fc.nat(9),
      fc.nat(9),
      (referrers, lost, known) => {
        const visits = Object.values(referrers).reduce((sum, count) => sum + count, lost + known);
        const counters = new Map(Object.entries({ ...referrers, visits, ...(known && { channel_ai: known }) }));
        addChannels(counters);
        const words = [...channels, '(unknown)'].map((channel) => counters.get(`channel_${channel}`) ?? 0);
        assert.equal(
          words.reduce((sum, count) => sum + count, 0),
          visits,
        );
      },
    ),
  );
});
