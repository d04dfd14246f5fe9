import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { LiveHit } from '../../../core/live/live-hit.ts';
import { liveMinutes, liveReportOf } from '../../../core/live/live-report.ts';

const now = Date.parse('2026-11-26T12:00:30Z');
const minute = Date.parse('2026-11-26T12:00:00Z');
const site = 'blog.example.com';
const url = 'https://blog.example.com/';

/** A view of `ago` minutes before, with what the visitor's record said of it. */
const view = (ago: number, more: Partial<LiveHit> = {}): LiveHit => ({
  time: minute - 60_000 * ago,
  site,
  url,
  ...more,
});

describe('counts readers', () => {
  const run = (name: string, hits: LiveHit[], want: [now: number, half: number]) =>
    test(name, () => {
      const { readersNow, readers } = liveReportOf({ hits, more: {} }, now);
      assert.deepEqual([readersNow, readers], want);
    });
  run('none without views', [], [0, 0]);
  run('once if they read on', [view(3, { begins: true }), view(2, { gap: 1 }), view(0, { gap: 2 })], [1, 1]);
  run('who began before the last 5 minutes', [view(9, { begins: true }), view(4, { gap: 5 })], [1, 1]);
  run('who began before the last 30 minutes', [view(29, { gap: 3 }), view(10, { gap: 19 })], [0, 1]);
  run('who read on while nobody watched yet', [view(2, { gap: 1 }), view(1, { gap: 1 }), view(1, { gap: 9 })], [2, 2]);
  run('who come twice, once for each visit', [view(29, { begins: true }), view(0, { begins: true })], [1, 2]);
  run('but no views that cannot be linked', [view(1), view(0)], [0, 0]);
  run('but no events', [view(0, { event: 'signup' })], [0, 0]);
  run('but none of a minute that is over', [view(30, { begins: true })], [0, 0]);
});

test('counts each visitor of made-up visits once, in any order of the hits', () => {
  const visits = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(visits, fc.integer(), (all, seed) => {
      // A pause of half an hour ends a visit. So the views of a visitor here are less than that apart.
      const chains = all
        .map((minutes) => minutes.toSorted((a, b) => b - a))
        .filter((minutes) => minutes.every((ago, i) => i === 0 || (minutes[i - 1] ?? 0) - ago < 30));
      const hits = chains.flatMap((minutes) =>
        minutes.map((ago, i) => view(ago, i === 0 ? { begins: true } : { gap: (minutes[i - 1] ?? 0) - ago })),
      );
      const shuffled = hits.toSorted((a, b) => ((a.time * seed) % 7) - ((b.time * seed) % 7));
      const { readersNow, readers } = liveReportOf({ hits: shuffled, more: {} }, now);
      const within = (span: number) => chains.filter((minutes) => minutes.some((ago) => ago < span)).length;
      assert.deepEqual([readersNow, readers], [within(5), within(liveMinutes)]);
    }),
  );
});

test('counts visitors of made-up visits from the minute on in which somebody began to watch', () => {
  const visits = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 28 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(visits, fc.integer({ min: 0, max: 28 }), (all, began) => {
      const chains = all.map((minutes) => minutes.toSorted((a, b) => b - a));
      const hits = chains
        .flatMap((minutes) =>
          minutes.map((ago, i) => view(ago, i === 0 ? { begins: true } : { gap: (minutes[i - 1] ?? 0) - ago })),
        )
        .filter(({ time }) => time >= minute - 60_000 * began);
      const { readers } = liveReportOf({ hits, more: {} }, now);
      assert.equal(readers, chains.filter((minutes) => minutes.some((ago) => ago <= began)).length);
    }),
  );
});

test('counts views by minute, the last one that of the time', () => {
  const { minutes, views } = liveReportOf(
    { hits: [view(0), view(0), view(29), view(30), view(0, { event: 'x' })], more: {} },
    now,
  );
  assert.equal(views, 3);
  assert.equal(minutes.length, liveMinutes);
  assert.deepEqual(
    [minutes[0], minutes.at(-1)],
    [
      { time: minute - 29 * 60_000, views: 1 },
      { time: minute, views: 2 },
    ],
  );
});

test('lists pages by views, and sources and countries by visits', () => {
  const other = `${url}b`;
  const begins = { begins: true, from: 'x.com', country: 'FR', device: 'mobile' } as const;
  const report = liveReportOf(
    { hits: [view(1, begins), view(0, { gap: 1, url: other }), view(0, { url: other })], more: { [site]: 2, b: 1 } },
    now,
  );
  assert.deepEqual(report.pages, [
    { name: other, count: 2 },
    { name: url, count: 1 },
  ]);
  assert.deepEqual(report.origins, [{ name: 'x.com', count: 1 }]);
  assert.deepEqual(report.countries, [{ name: 'FR', count: 1 }]);
  assert.deepEqual([report.unlinked, report.more], [1, 3]);
});

test('lists the latest hits, newest first, and those that came last first within a minute', () => {
  const hits = [view(0, { gap: 1 }), view(2, { begins: true }), view(0, { event: 'signup' })];
  assert.deepEqual(liveReportOf({ hits, more: {} }, now).latest, [hits[2], hits[0], hits[1]]);
});
