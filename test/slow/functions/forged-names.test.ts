import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localClient } from '../../../local/local-client.ts';
import { concurrently } from '../../../store/concurrently.ts';
import { statisticsStore } from '../../../store/statistics.ts';
import { startFunctions } from '../../functions/footfall.ts';

const { track, numbers } = await startFunctions({ SITES: 'blog.example.com' });
const url = 'https://blog.example.com/';
const epoch = Date.parse('2026-11-21T12:00:00Z');

/** Sends hits with every kind of made-up name, each from another browser. */
const forge = (count: number, ip: (i: number) => string, headers: Record<string, string> = {}) =>
  concurrently(
    9,
    Array.from({ length: count }, (_, i) => i),
    async (i) => {
      const utm = ['source', 'medium', 'campaign', 'term', 'content'].map((field) => [`utm_${field}`, `forged-${i}`]);
      const view = { url, referrer: `https://forged-${i}.example/`, ...Object.fromEntries(utm) };
      for (const fields of [view, { url, event: `forged-${i}` }])
        await track({
          body: JSON.stringify(fields),
          headers: {
            'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/${i}.0`,
            ...headers,
          },
          ip: ip(i),
          epoch,
        });
    },
  );

/** Sends a reader of the newsletter, a direct visit, and a conversion. Each comes from a network of its own. */
async function readAndSignUp(network: number) {
  const newsletter = { url, utm_source: 'newsletter', utm_campaign: 'november', referrer: 'https://mail.example/' };
  for (const [i, fields] of [newsletter, { url }, { url, event: 'signup' }].entries())
    await track({ body: JSON.stringify(fields), ip: `203.0.${network}.${i}`, epoch });
}

async function countsOf(name: string, dimension: 'source' | 'campaign' | 'referrer') {
  const { visitsBy } = await numbers(epoch);
  return visitsBy[dimension].find((each) => each.name === name)?.count;
}

test('made-up names of one network, and of browsers that ask for privacy, push nothing real into (other)', async () => {
  await forge(40, () => '198.51.100.1', { 'sec-gpc': '1' });
  await forge(40, () => '198.51.100.1');
  await readAndSignUp(113);
  assert.deepEqual(
    [
      await countsOf('newsletter', 'source'),
      await countsOf('november', 'campaign'),
      await countsOf('mail.example', 'referrer'),
      await countsOf('(direct)', 'referrer'),
    ],
    [1, 1, 1, 1],
  );
  const { events, viewsBySource, totals } = await numbers(epoch);
  assert.equal(events.find(({ name }) => name === 'signup')?.count, 1);
  assert.equal(viewsBySource.find(({ name }) => name === 'newsletter')?.count, 1);
  assert.equal(totals.views, 82);
});

test('direct visits are direct when every quota is full', async () => {
  await forge(200, (i) => `198.51.${i}.1`);
  await readAndSignUp(114);
  assert.deepEqual([await countsOf('(direct)', 'referrer'), await countsOf('newsletter', 'source')], [2, 2]);
});

test('made-up links of one network push no outcome of a real one into (other)', async () => {
  const post = `${url}post`;
  const send = (ip: string, userAgent: string, fields: object) =>
    track({ body: JSON.stringify({ url: post, ...fields }), ip, headers: { 'user-agent': userAgent }, epoch });
  for (let i = 0; i < 40; i++)
    for (const fields of [{ utm_source: `x${i}`, utm_campaign: `y${i}` }, {}, { event: 'signup' }])
      await send('198.51.100.2', `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/${i}.0`, fields);
  for (const fields of [{ utm_source: 'newsletter', utm_campaign: 'spring' }, {}, { event: 'signup' }])
    await send('203.0.113.77', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0', fields);
  const { totals } = await numbers(epoch, { campaign: 'spring' });
  assert.deepEqual(totals, { visits: 1, linked: 1, engaged: 1, events: 1 });
  const rows = await statisticsStore(localClient(), 'SiteStatistics').rows('2026-11-21', epoch);
  const { counters = {} } = rows.find((row) => row.url === post) ?? {};
  const sumOf = (prefix: string) =>
    Object.entries(counters).reduce((sum, [name, count]) => (name.startsWith(prefix) ? sum + count : sum), 0);
  for (const outcome of ['linked', 'engaged', 'events'])
    assert.deepEqual([sumOf(`${outcome}_source_`), sumOf(`${outcome}_campaign_`)], [41, 41], outcome);
  assert.equal(counters.names_outcomes, 18 + 6);
});
