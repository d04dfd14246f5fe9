import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dayAfter, dayAt } from '../../../core/calendar/day.ts';
import { history } from '../../../simulator/clickstream.ts';
import { demoSite } from '../../../simulator/read-site.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { linesLogged, startFunctions } from '../../functions/footfall.ts';

const origin = 'http://localhost:3001';
const now = Date.parse('2026-11-21T18:00:00Z');
const { numbers } = await startFunctions({
  SITES: 'localhost:3001',
  TIME_ZONE: 'Europe/Berlin',
  DETAIL_DAYS: '45',
  RETENTION_DAYS: '760',
});
const { writeDemoYear } = await import('../../../local/demo-year.ts');

test('the year of the demo shows each of its views in every range, and the cause of each spike', async (t) => {
  linesLogged(t);
  const steps: number[] = [];
  const onProgress = (done: number, all: number) => steps.push(done / all);
  const written = await writeDemoYear({ origin, now, visitors: 6_000, onProgress });

  const plan = { site: demoSite, origin, seed: 7, visitors: true, run: now.toString(36) };
  const hits = [...history(plan, { visitors: 6_000, days: 364, until: now })].flat();
  assert.equal(written, hits.length);
  assert.deepEqual([steps.at(-1), Math.max(...steps)], [1, 1]);
  const firstView = Math.min(...hits.filter(({ hit }) => 'origin' in hit.truth).map(({ at }) => at));
  const firstDay = dayAt(firstView, 'Europe/Berlin');
  const viewsSince = (from: string) =>
    hits.filter(({ at, hit }) => 'origin' in hit.truth && dayAt(at, 'Europe/Berlin') >= from).length;
  for (const [period, from, bars] of [
    ['7d', '2026-11-15', 7],
    ['30d', '2026-10-23', 30],
    ['12mo', '2025-12-01', 12],
    ['all', firstDay, 13],
  ] as const) {
    const { totals, series, range } = await numbers(now, { period });
    assert.deepEqual([range.from, series.length, totals.views], [from, bars, viewsSince(from)], period);
    assert.equal(
      series.reduce((sum, { count }) => sum + count, 0),
      totals.views,
    );
  }
  const { totals } = await numbers(now, { period: '30d', campaign: 'launch' });
  const { visits = 0, linked = 0, engaged = 0, events = 0 } = totals;
  assert.ok(visits > linked && linked > engaged && engaged > events && events > 0, JSON.stringify(totals));

  const client = new DynamoDBClient();
  const { through, since } = await rollupState(client, 'SiteStatistics').read(now);
  client.destroy();
  assert.deepEqual([through, [...since]], ['2026-11-20', [['localhost:3001', firstDay]]]);

  for (const { path, daysBefore, referrer, campaign } of demoSite.spikes) {
    const from = dayAfter('2026-11-21', -daysBefore - 3);
    const { why } = await numbers(now, { from, to: dayAfter(from, 6), compare: 'previous' });
    const cause = referrer
      ? ` more came from ${new URL(referrer.url).host.replace('www.', '')} to localhost:3001${path} `
      : ` more came with the campaign ${campaign?.fields.utm_campaign} to localhost:3001${path} `;
    assert.ok(why?.sentences[1]?.includes(cause), `${cause} is not in ${JSON.stringify(why?.sentences)}`);
  }
});
