import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { momentAt } from '../../../core/calendar/day.ts';
import type { PageView } from '../../../core/collect/hit.ts';
import { unlinkedVisit, visitOf } from '../../../core/collect/visit.ts';
import { eventCounters, viewCounters } from '../../../core/counters/hit-counters.ts';
import { batchOfSite, liveHitOf, maxBatch, packLiveBatch, parseLiveBatch } from '../../../core/live/live-hit.ts';

const time = Date.parse('2026-11-26T12:00:00Z');
const late = 20_000;
const now = time / 1000;
const day = '2026-11-26';
const site = 'blog.example.com';
const url = 'https://blog.example.com/a';
const hit = { time, site, url };
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const client = { userAgent, timeZone: 'Europe/Paris', width: 1280, languages: 'fr' };
const view: PageView = { site, url, campaign: {}, referrer: 'x.com', cameFromSite: false, client };

describe('shows of a hit what its counters say', () => {
  const run = (
    name: string,
    visit: Record<string, number>,
    want: object,
    parts: Partial<PageView> = {},
    isLinked = true,
  ) =>
    test(name, () => {
      const add = viewCounters({ ...view, ...parts }, momentAt(time, 'UTC'), visit);
      assert.deepEqual(liveHitOf(time + late, site, { day, url, add }, isLinked), { ...hit, ...want });
    });
  const record = (seen: number) => ({ seen, seenBefore: 0, sawPage: false });
  const origin = { from: 'x.com', country: 'FR', device: 'desktop' };
  run('a first view', visitOf(undefined, now), { ...origin, begins: true });
  run(
    'a view from a campaign',
    visitOf(undefined, now),
    { ...origin, from: 'news', begins: true },
    { campaign: { source: 'news' } },
  );
  run('a view from nowhere', visitOf(undefined, now), { ...origin, from: '(direct)', begins: true }, { referrer: '' });
  run('a view after 20 s, in the same minute of the clock', visitOf(record(now - 20), now), { gap: 0 });
  run('a view after 21 s, in the next minute of the clock', visitOf(record(now - 21), now), { gap: 1 });
  run('a view after 81 s', visitOf(record(now - 81), now), { gap: 2 });
  run('a view in the same second', visitOf(record(now), now), { gap: 0 });
  run('a view after 31 minutes', visitOf(record(now - 1860), now), { ...origin, begins: true });
  run('the first view of a visit that cannot be linked', unlinkedVisit(false), {}, {}, false);
  run('a later view that cannot be linked', unlinkedVisit(true), {}, {}, false);
  test('an event', () => {
    const add = eventCounters({ event: 'signup' });
    assert.deepEqual(liveHitOf(time, site, { day, url, add }, true), { ...hit, event: 'signup' });
  });
});

const batch = {
  hits: [
    { ...hit, gap: 3 },
    { ...hit, site: 'b.example:8080' },
  ],
  more: { 'b.example:8080': 2 },
};

test('reads what it packs', () => {
  assert.deepEqual(parseLiveBatch(packLiveBatch(batch)), batch);
});

test('cuts a batch to one site', () => {
  assert.deepEqual(batchOfSite(batch, site), { hits: [batch.hits[0]], more: {} });
  assert.deepEqual(batchOfSite(batch, 'b.example:8080'), { hits: [batch.hits[1]], more: batch.more });
  assert.deepEqual(batchOfSite(batch, ''), batch);
});

describe('refuses a batch', () => {
  const run = (name: string, text: string) => test(name, () => assert.equal(parseLiveBatch(text), undefined));
  const withHit = (more: object) => JSON.stringify({ hits: [{ ...hit, ...more }], more: {} });
  run('that is no JSON', '{');
  run('that is null', 'null');
  run('without hits', '{"more":{}}');
  run('without a count of the rest', '{"hits":[]}');
  run('with another field', '{"hits":[],"more":{},"ip":"192.0.2.1"}');
  run('with a hit that is null', '{"hits":[null],"more":{}}');
  run('with a hit without a page', JSON.stringify({ hits: [{ time, site }], more: {} }));
  run('with a field that no hit has', withHit({ ip: '192.0.2.1' }));
  run('with a page that is no web address', withHit({ url: 'javascript:alert(1)' }));
  run('with a site that is no host', withHit({ site: '<b>' }));
  run('with a country that is no code', withHit({ country: 'France' }));
  run('with a kind of device that is none', withHit({ device: 'fridge' }));
  run('with a gap that is no count', withHit({ gap: -1 }));
  run('with a name that is too long', withHit({ from: 'x'.repeat(65) }));
  run('with a count that is none', '{"hits":[],"more":{"a.example":"1"}}');
  run('of too many hits', JSON.stringify({ hits: Array(maxBatch + 1).fill(hit), more: {} }));
});
