import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { concurrently } from '../../local/concurrently.ts';
import { startFunctions } from './footfall.ts';

// A day on Kiritimati is 14 hours ahead of UTC's.
const { track, shown } = await startFunctions({ SITES: 'blog.example.com', TIME_ZONE: 'Pacific/Kiritimati' });
const url = 'https://blog.example.com/';
const json = (fields: unknown) => JSON.stringify(fields);
const day = (date: string) => Date.parse(`${date}T00:00:00+14:00`);

test("counts a view on the site's day, not UTC's", async () => {
  const lastOfThe20th = day('2026-01-21') - 1;
  await track({ body: json({ url, utm_source: 'Twitter' }), epoch: lastOfThe20th });
  await track({ body: json({ url }), epoch: lastOfThe20th + 1 });
  const { days, tiles } = await shown(lastOfThe20th + 1);
  assert.deepEqual(days.slice(-3), [
    ['2026-01-19', '0'],
    ['2026-01-20', '1'],
    ['2026-01-21', '1'],
  ]);
  assert.deepEqual(tiles, { 'Total views': '2', 'from twitter': '1', 'without a source': '1' });
});

test('counts the same whatever the content type says, and in base64', async () => {
  const body = json({ url, utm_source: null });
  for (const type of ['text/plain;charset=UTF-8', 'application/json', 'application/octet-stream', '']) {
    const { statusCode, body: answer } = await track({
      body,
      headers: { 'content-type': type },
      epoch: day('2026-02-01'),
    });
    assert.deepEqual([statusCode, answer], [204, undefined]);
  }
  const { handler } = await import('../../functions/track.ts');
  const { httpEvent } = await import('../../local/event.ts');
  const event = httpEvent({
    method: 'POST',
    headers: { 'user-agent': 'Mozilla/5.0 Firefox/145.0' },
    epoch: day('2026-02-01'),
  });
  const answer = await handler({ ...event, body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
  assert.equal(answer.statusCode, 204);
  assert.deepEqual((await shown(day('2026-02-01'))).tiles, { 'Total views': '5' });
});

test('counts any source under its own name', async () => {
  const epoch = day('2026-03-01');
  const sources = [
    'hacker-news',
    'news.ycombinator.com',
    '日本',
    'views',
    '#x',
    "'; DROP TABLE SiteStatistics; --",
    '__proto__',
  ];
  for (const utm_source of sources) await track({ body: json({ url, utm_source }), epoch });
  const { tiles } = await shown(epoch);
  const labels = sources.map((source) => `from ${source.toLowerCase()}`);
  assert.deepEqual(tiles, { 'Total views': '7', ...Object.fromEntries(labels.map((label) => [label, '1'])) });
});

describe('says why a hit is not counted, and counts that', () => {
  let weeks = 0;
  const run = (reason: string, status: number, fields: unknown, headers: Record<string, string> = {}) => {
    const epoch = day('2025-04-01') + weeks++ * 8 * 86_400_000; // no other's week
    test(reason, async () => {
      const answer = await track({ body: json(fields), headers, epoch });
      assert.deepEqual(answer, { statusCode: status, headers: { 'x-footfall': reason } });
      const { tiles, pages, refusals } = await shown(epoch);
      assert.deepEqual([tiles, pages, refusals], [{}, [], [[reason, '1']]]);
    });
  };
  run('malformed', 400, { url: 7 });
  run('too long', 400, { url: url + 'x'.repeat(1000) });
  run('foreign site', 403, { url: 'https://elsewhere.example/' });
  run('foreign site', 403, { url }, { origin: 'https://elsewhere.example' });
  run('bot', 204, { url }, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
  run('bot', 204, { url, bot: true });
});

test('explains what a hit would add, and adds nothing', async () => {
  const epoch = day('2025-02-01');
  const explain = async (fields: unknown) => {
    const { statusCode, headers, body = '' } = await track({ body: json(fields), query: { explain: '1' }, epoch });
    assert.deepEqual([statusCode, headers], [200, { 'content-type': 'application/json' }]);
    return JSON.parse(body);
  };
  const add = { views: 1, views_twitter: 1 };
  assert.deepEqual(await explain({ url: `${url}#x`, utm_source: 'Twitter' }), { day: '2025-02-01', url, add });
  assert.deepEqual(await explain({ url: 7 }), { day: '2025-02-01', url: '(not counted)', add: { malformed: 1 } });
  const { tiles, refusals } = await shown(epoch);
  assert.deepEqual([tiles, refusals], [{}, []]);
});

test('answers a request without a body or a user agent', async () => {
  const missing = await track({ epoch: day('2026-04-02') });
  assert.deepEqual([missing.statusCode, missing.headers], [400, { 'x-footfall': 'malformed' }]);
  const { handler } = await import('../../functions/track.ts');
  const { httpEvent } = await import('../../local/event.ts');
  const bare = await handler(httpEvent({ method: 'POST', body: json({ url }), epoch: day('2026-04-02') }));
  assert.deepEqual(bare.headers, { 'x-footfall': 'bot' });
});

test('2,000 hits on a few pages, 25 at a time, are exactly 2,000 views', async () => {
  const epoch = day('2026-05-01');
  const numbers = Array.from({ length: 2_000 }, (_, i) => i);
  const answers = await concurrently(25, numbers, (i) =>
    track({ body: json({ url: url + (i % 3), utm_source: i % 4 ? '' : 'twitter' }), epoch }),
  );
  assert.ok(answers.every(({ statusCode }) => statusCode === 204));
  const { tiles, pages } = await shown(epoch);
  assert.deepEqual(tiles, { 'Total views': '2,000', 'from twitter': '500', 'without a source': '1,500' });
  assert.deepEqual(
    pages.map(([, page, views]) => [page, views]),
    [
      ['/0', '667'],
      ['/1', '667'],
      ['/2', '666'],
    ],
  );
});
