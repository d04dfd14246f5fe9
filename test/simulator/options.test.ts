import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parseOptions } from '../../simulator/options.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'footfall-options-'));
after(() => rmSync(folder, { recursive: true }));

test('the command line of the README', () => {
  const line = '--target http://localhost:3000 --visitors 500 --days 30 --seed 7';
  const { site, ...options } = parseOptions(line.split(' '), now);
  assert.equal(site.name, 'Small Hours');
  assert.deepEqual(options, {
    target: 'http://localhost:3000',
    origin: undefined,
    seed: 7,
    mode: { visitors: 500, days: 30, until: now },
    timeZone: undefined,
    table: 'SiteStatistics',
    visitorsOff: false,
    exactUrls: false,
    concurrency: 20,
    verify: false,
    write: [],
  });
});

test('the files to write a history to', () => {
  const { write } = parseOptions(['--write', 'umami=a=b.csv', '--write', 'access-log=x.log'], now);
  assert.deepEqual(write, [
    { format: 'umami', file: 'a=b.csv' },
    { format: 'access-log', file: 'x.log' },
  ]);
});

describe('how long live traffic lasts', () => {
  const run = (args: string, want: object) =>
    test(args, () => assert.deepEqual(parseOptions(args.split(' '), now).mode, want));

  run('--rate 20', { rate: 20, seconds: 86_400 });
  run('--rate 0.5 --for 90s', { rate: 0.5, seconds: 90 });
  run('--rate 20 --for 5m', { rate: 20, seconds: 300 });
  run('--rate 20 --for 2h', { rate: 20, seconds: 7200 });
});

describe('another machine is a target only for its owner', () => {
  const origin = '--origin=https://blog.example.com';
  for (const target of [
    'https://stats.example.com',
    'http://192.168.0.2:3000',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
  ])
    test(target, () => {
      assert.throws(
        () => parseOptions(['--target', target, origin], now),
        /is not on this machine\. Add --yes-this-is-my-site/,
      );
      assert.equal(parseOptions(['--target', target, origin, '--yes-this-is-my-site'], now).target, target);
    });
  for (const target of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://127.1.2.3:3000', 'http://[::1]:3000'])
    test(target, () => assert.equal(parseOptions(['--target', target], now).target, target));
});

describe('a wrong option is told in a sentence', () => {
  const run = (args: string, want: RegExp) =>
    test(args, () => assert.throws(() => parseOptions(args.split(' '), now), { message: want }));

  run('--visitors many', /^--visitors takes a whole number from 1 to 100000, not "many"\.$/);
  run('--days 0', /^--days takes a whole number/);
  run('--concurrency 201', /^--concurrency takes a whole number from 1 to 200/);
  run('--rate -1', /^Option '--rate' argument is ambiguous/);
  run('--rate 1e9', /^--rate takes a number over 0 and up to 1000/);
  run('--rate 1 --for 25h', /^--for takes a time like 90s, 5m or 2h, at most 24h, not "25h"\.$/);
  run('--rate 1 --for ever', /^--for takes a time/);
  run('--until yesterday', /^--until takes a date/);
  run('--target localhost', /^--target takes a URL like/);
  run('--target ftp://localhost', /^--target takes a URL like/);
  run('--speed 3', /^Unknown option '--speed'/);
  run('--until 2026-11-21T18:00', /^--until takes a date like 2026-11-21, or an instant like/);
  run('--for 5m', /^--for is for live traffic\. Add --rate\.$/);
  run('--rate 5 --visitors 3', /^--visitors is for a history\. Remove it or --rate\.$/);
  run('--seed=', /^--seed takes a whole number/);
  run('--origin blog', /^--origin takes a URL like/);
});

describe('a site that is described wrongly is told in a sentence', () => {
  const run = (site: object, want: RegExp) =>
    test(JSON.stringify(site), () => {
      const file = join(folder, 'site.json');
      writeFileSync(file, JSON.stringify(site));
      assert.throws(() => parseOptions(['--site', file], now), { message: want });
    });

  const topics = [{ path: '/t', title: 'T', posts: [{ path: '/p', title: 'P' }] }];
  run({}, /"topics" must list at least one topic/);
  run({ topics: [{ path: '/t', title: 'T' }] }, /each topic needs "posts"/);
  run({ topics, home: 'index.html' }, /the path "index.html" is not a "\/" with letters/);
  const spike = { path: '/p', daysBefore: 1, times: 2, referrer: { url: 'https://a.example/' } };
  run({ topics, spikes: [{ ...spike, path: '/x' }] }, /the spike \/x is not one of its pages/);
  for (const path of ['//other/x', '/a|b', '/%c3', '/#/route', '/p?q=1'])
    run({ topics, others: [{ path }] }, /the path .* is not a/);
  run({ topics, spikes: [{ path: '/p' }] }, /a spike needs "daysBefore" and "times", and its "fade" is below 1/);
  run({ topics, spikes: [{ ...spike, fade: 1 }] }, /and its "fade" is below 1/);
  run({ topics, spikes: [{ ...spike, referrer: undefined }] }, /a spike needs a "referrer" or a "campaign"/);
  run({ topics, spikes: [{ ...spike, referrer: { url: 'a' } }] }, /the referrer "a" is not a URL/);
  run({ topics, growth: 0 }, /"growth" takes a number over 0/);
  const young = [{ path: '/p', title: 'P', publishedDaysBefore: 9 }];
  run({ topics: [{ ...topics[0], posts: young }] }, /one post must be 366 days old, or without "publishedDaysBefore"/);
  run(
    { topics, campaigns: [{ weight: 1, fields: { utm_source: 5 } }] },
    /the value 5 is not a text of 1 to 64 characters/,
  );
  run({ topics, campaigns: [{ weight: 1, fields: { utm_source: ' x' } }] }, /the value " x" is not a text/);
  run({ topics, campaigns: [{ fields: {} }] }, /each referrer and campaign needs a "weight" over 0/);
});
