import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { endless, history } from '../../simulator/clickstream.ts';
import { demoSite } from '../../simulator/read-site.ts';
import { visitDays } from '../../simulator/visit-days.ts';

const plan = { site: demoSite, origin: 'http://localhost:3001', seed: 7, visitors: true, run: 'test' };
const until = Date.parse('2026-11-21T18:00:00Z');
const month = { visitors: 2_000, days: 30, until };
const hits = [...history(plan, month)].flat();
const views = hits.flatMap(({ at, hit }) => ('origin' in hit.truth ? [{ at, hit, ...hit.truth }] : []));

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const dayBefore = (count: number) => dayOf(until - count * 86_400_000);

/** How often each key occurs, most often first. */
function tally(keys: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

describe('the same seed', () => {
  const fingerprint = (what: unknown) => createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);

  test('gives the same history on any machine', () => {
    assert.equal(fingerprint([...history(plan, { visitors: 100, days: 30, until })]), '07b6f9da06f367a4');
  });

  test('gives the same live traffic on any machine', () => {
    const live = endless(plan);
    assert.equal(fingerprint(Array.from({ length: 200 }, () => live.next().value)), 'fb8c5e6774ce3495');
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
    const told = hits.filter(({ hit }) => 'event' in hit.truth).map(({ hit }) => Object.keys(JSON.parse(hit.body)));
    assert.deepEqual([...new Set(told.flat())].sort(), ['bot', 'event', 'url'], 'the second block sends no more');
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

describe('a year has something to show', () => {
  const year = [...history(plan, { visitors: 6_000, days: 364, until })].flat().flatMap(({ at, hit }) => {
    const { url = '', ...fields } = JSON.parse(hit.body.startsWith('{"') && hit.body.endsWith('}') ? hit.body : '{}');
    return 'origin' in hit.truth ? [{ at, day: dayOf(at), path: decodeURI(new URL(url).pathname), ...fields }] : [];
  });
  const between = (first: number, last: number) =>
    year.filter(({ day }) => day >= dayBefore(first) && day <= dayBefore(last)).length;

  test('the blog grows, and summer is quieter than the trend', () => {
    assert.ok(between(30, 11) > 2 * between(350, 331));
    const flat = [
      ...history({ ...plan, site: { ...demoSite, growth: 1, spikes: [] } }, { visitors: 6_000, days: 364, until }),
    ];
    const inMonth = (month: string) => flat.flat().filter(({ at }) => dayOf(at).slice(5, 7) === month).length;
    assert.ok(inMonth('01') > 1.2 * inMonth('07'), `${inMonth('01')} against ${inMonth('07')}`);
  });

  test('nobody reads a post before it was published, and most in its first days', () => {
    const dated = demoSite.topics
      .flatMap(({ posts }) => posts)
      .filter(({ publishedDaysBefore = 365 }) => publishedDaysBefore < 365);
    assert.ok(dated.length >= 10);
    for (const { path, publishedDaysBefore = 0 } of dated) {
      const readers = year.filter((view) => view.path.startsWith(path));
      assert.ok(
        readers.every(({ day }) => day >= dayBefore(publishedDaysBefore)),
        path,
      );
      const early = readers.filter(({ day }) => day < dayBefore(publishedDaysBefore - 5)).length;
      const later = readers.filter(
        ({ day }) => day >= dayBefore(publishedDaysBefore - 40) && day < dayBefore(publishedDaysBefore - 45),
      );
      if (publishedDaysBefore > 45) assert.ok(early > 2 * later.length, `${path}: ${early} against ${later.length}`);
    }
  });

  test('three days spike on one page, each for a cause', () => {
    assert.equal(demoSite.spikes.length, 3);
    for (const { path, daysBefore, referrer, campaign } of demoSite.spikes) {
      const entrancesOf = (age: number) =>
        year.filter((view) => view.day === dayBefore(age) && !view.referrer?.startsWith(plan.origin));
      const caused = entrancesOf(daysBefore).filter(
        (view) =>
          view.path.startsWith(path) &&
          (referrer ? view.referrer === referrer.url : view.utm_campaign === campaign?.fields.utm_campaign),
      );
      const [then, weekBefore] = [entrancesOf(daysBefore).length, entrancesOf(daysBefore + 7).length];
      assert.ok(caused.length > then / 2, `${caused.length} of ${then} to ${path}`);
      assert.ok(then > 2 * weekBefore, `${then} against ${weekBefore}`);
    }
  });

  test('a campaign runs for two weeks', () => {
    const days = new Set(year.flatMap(({ day, utm_campaign }) => (utm_campaign === 'launch' ? [day] : [])));
    assert.deepEqual(
      [...days].sort(),
      Array.from({ length: 14 }, (_, i) => dayBefore(24 - i)),
    );
  });

  test('equal days differ by chance', () => {
    const usual = { ...demoSite, growth: 1, spikes: [] };
    const ofMondays = visitDays(usual, 7, 60, until).filter(({ midnight }) => new Date(midnight).getUTCDay() === 1);
    const weights = ofMondays.map(({ weight }) => weight);
    assert.ok(Math.max(...weights) > 1.1 * Math.min(...weights));
    assert.equal(new Set(weights).size, weights.length);
  });
});
