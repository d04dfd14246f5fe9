import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { audienceOf } from '../../core/collect/audience.ts';
import { parseHit, refusals } from '../../core/collect/hit.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { parsePageUrl } from '../../core/collect/page-url.ts';
import { isSpam, linkingHost, referrerOf } from '../../core/collect/referrer.ts';
import { visitOf } from '../../core/collect/visit.ts';
import { applyCaps, namesByQuota, quotaSize } from '../../core/counters/caps.ts';
import { viewCounters } from '../../core/counters/hit-counters.ts';
import { isUnbounded, notCountedOf } from '../../core/counters/names.ts';

const text = fc.string({ unit: 'binary', maxLength: 200 });
const addresses = fc.oneof(
  text,
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .tuple(fc.constantFrom('https://blog.example.com/', 'http://blog.example.com/?', '/'), text)
    .map((parts) => parts.join('')),
);

test('a page keeps its name when it is named again, in plain ASCII', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const page = parsePageUrl(address, 'https://blog.example.com');
      if (!page) return;
      assert.match(page.url, /^https?:\/\/[!-~]+$/);
      assert.deepEqual(parsePageUrl(page.url), page);
    }),
    { numRuns: 3_000 },
  );
});

test('a page is the same whatever of it was percent-encoded', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 3 }), (segments) => {
      const plain = segments.map(encodeURIComponent).join('/');
      const shouted = plain.replace(/%..|[a-z]/gi, (piece) =>
        piece.startsWith('%') ? piece.toLowerCase() : `%${piece.charCodeAt(0).toString(16)}`,
      );
      const url = (path: string) => parsePageUrl(`https://blog.example.com/x${path}`)?.url;
      assert.equal(url(shouted), url(plain));
    }),
  );
});

test('a name keeps its name, short and visible', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'grapheme', maxLength: 100 })), (value) => {
      const name = normalizeName(value);
      assert.equal(normalizeName(name), name);
      assert.ok([...name].length <= 64);
      assert.ok(name.isWellFormed());
      assert.doesNotMatch(name, /\p{Cc}/u);
      assert.equal(name, name.trim());
    }),
    { numRuns: 3_000 },
  );
});

test('any body at all is a view of a listed site or a refusal', () => {
  const fields = fc.record(
    {
      url: fc.oneof(addresses, fc.jsonValue()),
      utm_source: fc.oneof(text, fc.jsonValue()),
      utm_campaign: fc.oneof(text, fc.jsonValue()),
      referrer: fc.oneof(addresses, fc.jsonValue()),
      tz: fc.oneof(text, fc.constantFrom('Europe/Berlin', '__proto__'), fc.jsonValue()),
      event: fc.oneof(text, fc.jsonValue()),
      bot: fc.jsonValue(),
      width: fc.oneof(fc.double(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const bodies = fc.oneof(
    text,
    fc.json(),
    fields.map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(bodies, fc.option(addresses, { nil: undefined }), (body, origin) => {
      const view = parseHit({ body, origin, userAgent: 'Mozilla/5.0 Firefox/145.0' }, ['blog.example.com']);
      if ('refusal' in view) {
        assert.ok(refusals.includes(view.refusal));
        return assert.match(notCountedOf(view.site), /^\(not counted\)( blog\.example\.com)?$/);
      }
      assert.match(view.url, /^https?:\/\/(www\.)?blog\.example\.com\/[!-~]*$/);
      if ('event' in view) return assert.equal(normalizeName(view.event), view.event);
      const counters = viewCounters(view, { day: '2026-11-21', hour: '12', minute: '00' }, visitOf(undefined, 0));
      for (const [name, count] of Object.entries(counters)) {
        assert.match(name, /^[a-z]+(_\P{Cc}{1,64})?$/u);
        assert.equal(count, 1);
      }
    }),
    { numRuns: 3_000 },
  );
});

test('a referrer is a short name, and keeps it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        addresses,
        text.map((part) => `https://${part}/`),
        text.map((part) => `android-app://${part}/`),
      ),
      (address) => {
        const host = linkingHost(address);
        const name = referrerOf(host);
        assert.equal(referrerOf(name), name);
        assert.equal(normalizeName(name), name);
        assert.equal(typeof isSpam(host), 'boolean');
      },
    ),
    { numRuns: 3_000 },
  );
});

test('whatever a browser tells of itself, it is told in the few words that there are', () => {
  const told = fc.record({
    userAgent: fc.string({ unit: 'binary', minLength: 1 }),
    timeZone: text,
    width: fc.double(),
    languages: text,
  });
  fc.assert(
    fc.property(told, (client) => {
      const { country, device, browser, os, language } = audienceOf(client);
      assert.match(country, /^([A-Z]{2}|\(unknown\))$/);
      assert.match(device, /^(mobile|tablet|desktop|\(unknown\))$/);
      for (const word of [browser, os]) assert.match(word, /^[A-Z][\w .()]{1,40}$|^\(unknown\)$/);
      assert.match(language, /^([a-z]{2}|\(unknown\))$/);
    }),
    { numRuns: 3_000 },
  );
});

test('an item takes every count, within its caps, however the names look', () => {
  const kind = fc.constantFrom('views', 'source', 'referrer', 'campaign', 'event', 'country', 'hour');
  const value = fc.oneof(text, fc.constantFrom('(other)', 'x_(other)', '_(other)', '', 'views_', '日'.repeat(64)));
  const name = fc.oneof(
    fc.tuple(kind, value).map((parts) => parts.join('_')),
    fc.constantFrom('views', 'visits', '(other)'),
  );
  const counters = fc.dictionary(name, fc.integer({ min: 1, max: 9 }), { maxKeys: 30 });
  fc.assert(
    fc.property(counters, fc.array(name), fc.integer({ min: 1, max: 10 }), (given, before, maxNamesPerDimension) => {
      const caps = { maxPagesPerDay: 1, maxNamesPerDimension };
      const { counters: taken, added } = applyCaps(given, before, caps);
      const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
      assert.equal(sum(taken), sum(given));
      const known = new Set(before.filter(isUnbounded));
      const open = new Set([...known, ...Object.keys(taken).filter(isUnbounded)]);
      const usedBefore = namesByQuota([...known]);
      for (const [quota, used] of namesByQuota([...open]))
        assert.ok(used <= Math.max(quotaSize(quota, caps), usedBefore.get(quota) ?? 0), quota);
      assert.deepEqual(
        [...open].filter((each) => !known.has(each)),
        added,
      );
    }),
    { numRuns: 2_000 },
  );
});

test('a view adds to what is known of a visit, and never takes away', () => {
  const second = fc.integer({ min: 0, max: 2 ** 31 });
  fc.assert(
    fc.property(second, second, second, fc.boolean(), (now, seen, seenBefore, sawPage) => {
      for (const count of Object.values(visitOf({ seen, seenBefore, sawPage }, now))) assert.ok(count > 0);
    }),
  );
});
