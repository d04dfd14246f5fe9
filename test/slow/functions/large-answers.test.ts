import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitDimensions } from '../../../core/counters/dimensions.ts';

import { localClient } from '../../../local/local-client.ts';
import { concurrently } from '../../../store/concurrently.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { startFunctions, textOf } from '../../functions/footfall.ts';

const { stats } = await startFunctions({ SITES: 'blog.example.com' });
const epoch = Date.parse('2026-11-21T12:00:00Z');

// Pages with URLs of nearly 1,000 bytes, and names of quotes alone: those take the most room in an answer.
const statistics = statisticsStore(localClient(), 'SiteStatistics');
const quotes = (i: number) => `${i}${'"'.repeat(60)}`;
await concurrently(
  20,
  Array.from({ length: 3_500 }, (_, i) => i),
  (i) => {
    const url = `https://blog.example.com/${i}/${'x'.repeat(950)}`;
    const names = visitDimensions.map((dimension) => [`${dimension}_${quotes(i)}`, 1]);
    const counters = { views: 1, [`views_${quotes(i)}`]: 1, [`event_${quotes(i)}`]: 1, ...Object.fromEntries(names) };
    return statistics.add('2026-11-21', url, counters, 760);
  },
);

/** Bytes that Lambda returns of an answer, as JSON. */
const maxLambdaAnswer = 6_291_556;
const bytesOf = (answer: object) => Buffer.byteLength(JSON.stringify(answer));

test('a JSON that would be too large for Lambda ends its lists early, and says so', async () => {
  const answer = await stats({ path: '/stats.json', epoch });
  assert.equal(answer.isBase64Encoded, undefined);
  assert.ok(bytesOf(answer) < maxLambdaAnswer, String(bytesOf(answer)));
  const { totals, pages, truncated, visitsBy } = JSON.parse(textOf(answer));
  assert.deepEqual([totals.views, truncated], [3_500, true]);
  assert.ok(pages.length > 2_000 && pages.length < 3_500);
  assert.ok(visitsBy.term.length > 500 && visitsBy.term.length < 3_500);
});

test('a CSV that would be too large for Lambda ends early, and its last row says so', async () => {
  const answer = await stats({ path: '/stats.csv', query: { panel: 'pages' }, epoch });
  assert.ok(bytesOf(answer) < maxLambdaAnswer, String(bytesOf(answer)));
  const lines = textOf(answer).trimEnd().split('\r\n');
  assert.ok(lines.length > 2_000 && lines.length < 3_500);
  assert.match(lines.at(-1) ?? '', /^\(truncated\)/);
});
