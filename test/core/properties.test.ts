import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseHit, refusals } from '../../core/hit.ts';
import { nameOf } from '../../core/name.ts';
import { parsePage } from '../../core/page.ts';

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
      const page = parsePage(address, 'https://blog.example.com');
      if (!page) return;
      assert.match(page.url, /^https?:\/\/[!-~]+$/);
      assert.deepEqual(parsePage(page.url), page);
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
      const url = (path: string) => parsePage(`https://blog.example.com/x${path}`)?.url;
      assert.equal(url(shouted), url(plain));
    }),
  );
});

test('a name keeps its name, short and visible', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'grapheme', maxLength: 100 })), (value) => {
      const name = nameOf(value);
      assert.equal(nameOf(name), name);
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
      bot: fc.jsonValue(),
      width: fc.jsonValue(),
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
      if (typeof view === 'string') assert.ok(refusals.includes(view));
      else assert.match(view.url, /^https?:\/\/(www\.)?blog\.example\.com\/[!-~]*$/);
    }),
    { numRuns: 3_000 },
  );
});
