import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseQueryAnswer } from '../../store/query-answer.ts';

const key = (url: string) => ({ day: { S: '2026-11-21' }, url: { S: url } });

test('reads items with any names and pages, as JSON.parse does', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('"},{"', '":{"N":"', '"Items":[', ']', '\\', '"', '}', '__proto__'),
  );
  const counters = fc.dictionary(text, fc.integer({ min: -9, max: 1e9 }), { maxKeys: 5 });
  const item = fc.tuple(text, counters, fc.boolean());
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5 }), fc.option(text), fc.boolean(), (given, next, isFirst) => {
      const items = given.map(([url, counts, isLast]) => {
        const numbers = Object.entries(counts).map(([name, count]) => [`views_${name}`, { N: String(count) }]);
        const others = { ...key(url), expires: { N: '1900000000' }, last: { S: 'q1Zb0c9T' } };
        return isLast ? { ...Object.fromEntries(numbers), ...others } : { ...others, ...Object.fromEntries(numbers) };
      });
      const rest = { Count: items.length, ...(next !== null && { LastEvaluatedKey: key(next) }) };
      const json = JSON.stringify(isFirst ? { Items: items, ...rest } : { ...rest, Items: items });
      const answer = parseQueryAnswer(json);
      assert.deepEqual(
        answer.items.map(({ url, counters }) => [url, Object.fromEntries(counters)]),
        given.map(([url, counts]) => [
          url,
          Object.fromEntries(Object.entries(counts).map(([name, count]) => [`views_${name}`, count])),
        ]),
      );
      assert.deepEqual(answer.next, next === null ? undefined : key(next));
    }),
    { numRuns: 2_000 },
  );
});

test('reads what DynamoDB may write in another way, too', () => {
  const run = (json: string) => parseQueryAnswer(json).items.map(({ url, counters }) => [url, ...counters]);
  const want = [['https://a.example/', ['views', 2]]];
  const item = { ...key('https://a.example/'), views: { N: '2' } };
  assert.deepEqual(run(JSON.stringify({ Items: [item] }, null, 2)), want);
  assert.deepEqual(run(JSON.stringify({ Items: [{ ...item, salt: { B: 'AAAA' }, pages: { NS: ['1'] } }] })), want);
  assert.deepEqual(run('{"Count":0}'), []);
  assert.deepEqual(run('{"Items":[],"Count":0}'), []);
  assert.throws(() => run('{"Items":[{"day":{"S":"2026-11-21"},"vie'), SyntaxError);
});
