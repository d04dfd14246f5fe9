import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Moment } from '../../../core/calendar/day.ts';
import { type PageEvent, type PageView, parseHit } from '../../../core/collect/hit.ts';
import { maxUrlBytes } from '../../../core/collect/page-url.ts';
import { type VisitorRecord, visitOf } from '../../../core/collect/visit.ts';
import { lakeColumns, lakeRecordOf } from '../../../core/lake/lake-record.ts';

const moment: Moment = { day: '2026-11-25', hour: '07', minute: '41' };
const client = {
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1',
  timeZone: 'Europe/Paris',
  width: 390,
  languages: 'fr-FR,fr;q=0.9',
};
const view: PageView = {
  ...{ site: 'blog.example.com', url: 'https://www.blog.example.com/a?p=1', campaign: {}, referrer: '' },
  ...{ cameFromSite: false, client },
};
const phone = { country: 'FR', language: 'fr', device: 'mobile', browser: 'Safari', os: 'iOS' };
const seen = { date: '2026-11-25', hour: 7, site: 'blog.example.com', page: '/a?p=1' };

test('the lake keeps what is known of a view', () => {
  const campaign = { source: 'news', medium: 'mail', campaign: 'spring', term: 'a b', content: 'top' };
  const full = { ...view, campaign, referrer: 'x.com' };
  assert.deepEqual(lakeRecordOf(full, moment), { ...seen, referrer: 'x.com', ...campaign, ...phone });
});

test('the lake keeps the page of the site that led to a view', () =>
  assert.deepEqual(lakeRecordOf({ ...view, cameFromSite: true, before: '/b' }, moment), {
    ...seen,
    before: '/b',
    ...phone,
  }));

test('the lake leaves out what a browser does not tell', () => {
  const silent = { userAgent: 'x', timeZone: '', width: 0, languages: '' };
  assert.deepEqual(lakeRecordOf({ ...view, client: silent }, moment), seen);
});

test('the lake keeps an event with what its headers tell', () => {
  const event: PageEvent = { site: view.site, url: 'http://blog.example.com/', event: 'signup', client };
  assert.deepEqual(lakeRecordOf(event, moment), { ...seen, page: '/', event: 'signup', ...phone });
});

test('a record has no column but those of the lake', () => {
  const campaign = { source: 'a', medium: 'b', campaign: 'c', term: 'd', content: 'e' };
  const fullView = lakeRecordOf({ ...view, campaign, referrer: 'x.com', before: '/b' }, moment, visitOf(undefined, 0));
  const event = lakeRecordOf({ ...view, event: 'x' }, moment);
  const names = Object.keys({ ...fullView, ...event });
  assert.deepEqual(names.sort(), [...lakeColumns].sort());
});

test('the longest record is one billing step of Firehose, 5 KB', () => {
  const utm = ['source', 'medium', 'campaign', 'term', 'content'].map((field) => [`utm_${field}`, '"'.repeat(99)]);
  const url = `https://${view.site}/${'a'.repeat(maxUrlBytes - view.site.length - 9)}`;
  const body = JSON.stringify({ url, referrer: `https://${'"a'.repeat(99)}.com`, ...Object.fromEntries(utm) });
  const hit = parseHit({ body, userAgent: client.userAgent }, [view.site]);
  assert.ok('client' in hit);
  const bytes = Buffer.byteLength(JSON.stringify({ ...lakeRecordOf(hit, moment), before: `/${'a'.repeat(99)}` }));
  assert.ok(bytes > 1_500 && bytes < 5_000, `${bytes}`);
});

describe('the number of a view in its visit is that of', () => {
  const now = 1_795_000_000;
  const run = (name: string, record: VisitorRecord | undefined, want: number) =>
    test(name, () => assert.equal(lakeRecordOf(view, moment, visitOf(record, now)).nth, want));

  run('the first view of the day', undefined, 1);
  run('the first after a pause', { seen: now - 1801, seenBefore: 0, sawPage: true }, 1);
  run('the second', { seen: now - 40, seenBefore: 0, sawPage: false }, 2);
  run('the second of a later visit', { seen: now - 5, seenBefore: now - 1806, sawPage: true }, 2);
  run('the third', { seen: now - 5, seenBefore: now - 45, sawPage: true }, 3);
  run('the third within a second', { seen: now, seenBefore: now, sawPage: true }, 3);
});

test('a view that is not linked to a visitor has no number', () => {
  assert.equal('nth' in lakeRecordOf(view, moment), false);
});
