import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { endless, history } from '../../simulator/clickstream.ts';
import { demoSite } from '../../simulator/site.ts';

const plan = { site: demoSite, origin: 'http://localhost:3001', seed: 7, visitors: true, run: 'test' };
const until = Date.parse('2026-11-21T18:00:00Z');
const month = { visitors: 2_000, days: 30, until };
const hits = [...history(plan, month)].flat();
const views = hits.flatMap(({ at, hit }) => ('origin' in hit.truth ? [{ at, hit, ...hit.truth }] : []));

/** How often each key occurs, most often first. */
function tally(keys: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

describe('the same seed', () => {
  const fingerprint = (what: unknown) => createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);

  test('gives the same history on any machine', () => {
    assert.equal(fingerprint([...history(plan, { visitors: 100, days: 30, until })]), '41d69d107b07b08a');
  });

  test('gives the same live traffic on any machine', () => {
    const live = endless(plan);
    assert.equal(fingerprint(Array.from({ length: 200 }, () => live.next().value)), 'bfd781d127ef2552');
  });

  test('another seed gives another history', () => {
    assert.notDeepEqual([...history({ ...plan, seed: 8 }, month)].flat().slice(0, 5), hits.slice(0, 5));
  });
});

test('some addresses end with a slash or index.html, and are pages of their own only where the app says so', () => {
  const ends = (exactUrls: boolean) => {
    const hits = [...history({ ...plan, exactUrls }, { visitors: 300, days: 30, until })].flat();
    const pages = hits.flatMap(({ hit: { truth } }) => ('url' in truth ? [new URL(truth.url).pathname] : []));
    return tally(pages.map((path) => /.(\/index\.html|\/)$/.exec(path)?.[1] ?? '')).map(([end]) => end);
  };
  assert.deepEqual(ends(false), ['']);
  assert.deepEqual(ends(true), ['', '/', '/index.html']);
});

describe('the traffic looks like people', () => {
  test('a few pages get most of it, and the best posts more than the others', () => {
    const ranked = tally(views.map(({ url }) => url));
    const best = ranked.slice(0, 5).reduce((sum, [, count]) => sum + count, 0);
    assert.ok(best > views.length / 2, `${best} of ${views.length}`);
    assert.ok(ranked.length > 12);
  });

  test('one post spikes on one day', () => {
    const { path = '', daysBeforeEnd = 0 } = demoSite.spike ?? {};
    const spikeDay = new Date(until - daysBeforeEnd * 86_400_000).toISOString().slice(0, 10);
    const [[day, most] = [], [, second] = []] = tally(
      views.filter(({ url }) => url.endsWith(path)).map(({ at }) => new Date(at).toISOString().slice(0, 10)),
    );
    assert.equal(day, spikeDay);
    assert.ok(Number(most) > 3 * Number(second), `${most} against ${second}`);
  });

  test('weekends are quieter, and so are the nights', () => {
    const count = (wanted: (date: Date) => boolean) => views.filter(({ at }) => wanted(new Date(at))).length;
    const weekend = count((date) => [0, 6].includes(date.getUTCDay())) / 2;
    const monday = count((date) => date.getUTCDay() === 1);
    assert.ok(weekend < 0.8 * monday, `${weekend} against ${monday}`);
    const germans = views.filter(({ hit }) => hit.body.includes('Europe/Berlin'));
    const between = (from: number, to: number) =>
      germans.filter(
        ({ at }) => (new Date(at).getUTCHours() + 1) % 24 >= from && (new Date(at).getUTCHours() + 1) % 24 < to,
      ).length;
    assert.ok(between(1, 5) < between(9, 13) / 3);
  });

  test('visits come from campaigns with all five fields, from referrers, and from nowhere', () => {
    const bodies = views.map(({ hit }) => JSON.parse(hit.body));
    assert.ok(
      bodies.some((body) => ['source', 'medium', 'campaign', 'term', 'content'].every((field) => body[`utm_${field}`])),
    );
    for (const { url } of demoSite.referrers)
      assert.ok(
        bodies.some(({ referrer }) => referrer === url),
        url,
      );
    assert.ok(bodies.filter(({ referrer }) => referrer === '').length > bodies.length / 10);
    assert.ok(bodies.some(({ referrer }) => referrer.startsWith(plan.origin)));
  });

  test('a visitor keeps browser, address and place, and reads before going on', () => {
    for (const mine of history(plan, { visitors: 200, days: 30, until })) {
      const good = mine.filter(({ hit }) => 'origin' in hit.truth);
      assert.ok(new Set(good.map(({ hit }) => hit.ip + hit.headers['user-agent'] + JSON.parse(hit.body).tz)).size <= 1);
      assert.deepEqual(
        mine,
        mine.toSorted((a, b) => a.at - b.at),
      );
    }
  });

  test('every visitor comes, each from another address', () => {
    for (const days of [1, 30]) {
      const each = [...history(plan, { visitors: 500, days, until })];
      assert.ok(each.every((mine) => mine.some(({ hit }) => 'origin' in hit.truth)));
      assert.equal(new Set(each.flat().map(({ hit }) => hit.ip)).size, 500);
    }
  });

  test('some hits must not be counted, and say why', () => {
    const bad = tally(hits.flatMap(({ hit }) => ('refusal' in hit.truth ? [hit.truth.refusal] : [])));
    assert.deepEqual(bad.map(([reason]) => reason).sort(), ['bot', 'foreign site', 'malformed', 'spam', 'too long']);
    const share = bad.reduce((sum, [, count]) => sum + count, 0) / hits.length;
    assert.ok(share > 0.01 && share < 0.06, `${share}`);
  });

  test('some visitors ask not to be recognised, and some do something', () => {
    const wish = tally(views.map(({ hit }) => hit.headers['sec-gpc'] ?? hit.headers.dnt ?? 'none'));
    const recorded = views.filter((view) => view.recorded).length / views.length;
    assert.equal(wish.length, 2);
    assert.ok(recorded > 0.85 && recorded < 0.95, `${recorded}`);
    assert.ok(views.every(({ hit, recorded }) => recorded !== ('sec-gpc' in hit.headers || 'dnt' in hit.headers)));
    const events = tally(hits.flatMap(({ hit }) => ('event' in hit.truth ? [hit.truth.event] : [])));
    assert.deepEqual(
      events.map(([event]) => event),
      ['newsletter', 'download: guide.pdf', '404'],
    );
  });

  test('nobody is the same in another run, and nobody is recorded where visitors are off', () => {
    const people = (changed: object) => [...history({ ...plan, ...changed }, { visitors: 50, days: 3, until })].flat();
    const names = (changed: object) => new Set(people(changed).map(({ hit }) => hit.headers['user-agent']));
    const both = [...names({})].filter((name) => names({ run: 'other' }).has(name));
    assert.ok(
      both.every((name) => !name?.includes('Reader/')),
      both.join(),
    );
    assert.ok(people({ visitors: false }).every(({ hit }) => !('recorded' in hit.truth && hit.truth.recorded)));
  });

  test('nothing lies outside of the period', () => {
    for (const { at } of hits) assert.ok(at <= until && at >= until - 30 * 86_400_000);
  });
});
