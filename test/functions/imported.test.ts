import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Day } from '../../core/calendar/day.ts';
import { monthOf } from '../../core/calendar/month.ts';
import { yearOf } from '../../core/calendar/year.ts';
import { importedPage } from '../../core/counters/imported-page.ts';
import type { Counters } from '../../core/counters/names.ts';
import { type Builders, builderOf } from '../../core/counters/summary-builder.ts';
import { startDatabase } from '../../local/database.ts';
import { startMeter } from '../../local/meter.ts';
import { importsStore } from '../../store/imports.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { startFunctions, textOf } from './footfall.ts';

const database = await startDatabase();
const meter = await startMeter(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '');
after(() => meter.close().then(() => database.close()));
const { track, dashboard, stats } = await startFunctions({
  SITES: 'blog.example.com,notes.example.org',
  AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint,
});
const [site, epoch] = ['blog.example.com', Date.parse('2026-11-18T12:00:00Z')];
const page = `https://${site}/`;
const days: Day[] = ['2016-11-16', '2026-11-14', '2026-11-15', '2026-11-16'];
const client = new DynamoDBClient();

const ofDay: Record<string, Counters> = {
  [page]: { views: 4, visitors: 3, site_visitors: 3, visits: 2 },
  [importedPage]: { views: 1, country_FR: 2 },
};

async function importDays(): Promise<void> {
  const builders: Builders = new Map();
  for (const day of days)
    for (const date of [day, monthOf(day), yearOf(day)])
      for (const [url, counters] of Object.entries(ofDay))
        builderOf(builders, date).addRow(url, new Map(Object.entries(counters)));
  const imports = importsStore(client, 'SiteStatistics');
  const imported = { name: 'plausible-2026', site, tool: 'Plausible', hasHours: false, days };
  const summaries = [...builders].map(([date, { summary }]) => ({ date: date as Day, summary: summary() }));
  await imports.write(imported, summaries, { epoch, retentionDays: 760 });
  await imports.complete(imported.name, '', epoch);
}

await track({ body: JSON.stringify({ url: page }), epoch });
await importDays();

const get = async (query: Record<string, string>) => textOf(await dashboard({ path: '/dashboard', query, epoch }));
const numbers = async (query: Record<string, string>) =>
  JSON.parse(textOf(await stats({ path: '/stats.json', query, epoch })));

test('before the first roll-up, all time begins with the first imported day, and reads the last 31 days of rows', async () => {
  meter.charged();
  const { range, totals } = await numbers({ period: 'all' });
  const { reads } = meter.charged();
  assert.deepEqual([range.from, range.unit, totals.views], ['2016-11-16', 'year', 21]);
  assert.ok(reads < 45, `${reads} reads`);
});

test('a report tells which of its days were imported', async () => {
  const of = { name: 'plausible-2026', tool: 'Plausible', site, from: '2016-11-16', to: '2026-11-16', hours: false };
  assert.deepEqual((await numbers({})).imports, [of]);
  assert.deepEqual((await numbers({ site: 'notes.example.org' })).imports, []);
  assert.deepEqual((await numbers({ period: 'today' })).imports, []);
  assert.match(
    await get({ site }),
    /Days until 16 Nov 2026 were imported from Plausible \(plausible-2026\)\. They have no hours\./,
  );
  assert.match(await get({}), /Days until 16 Nov 2026 of blog\.example\.com were imported/);
});

test('the chart marks imported days by more than colour', async () => {
  const html = await get({ site });
  assert.match(html, /<span class="key is-imported">imported<\/span>/);
  assert.equal(html.match(/<rect class="imported"/g)?.length, 5);
  assert.match(html, /<b>5 views, imported<\/b>/);
  assert.doesNotMatch(await get({ period: 'today' }), /class="[^"]*imported|, imported|were imported/);
});

test('what has no page is named in plain words, and is no link', async () => {
  const html = await get({ site, from: '2026-11-14', to: '2026-11-16' });
  assert.match(html, /<th scope="row" class="page-cell[^>]*>Without a page<\/th>/);
  assert.doesNotMatch(html, /\(imported\)|%28imported%29/);
  const { pages } = await numbers({ from: '2026-11-14', to: '2026-11-16' });
  assert.deepEqual(
    pages.map(({ url, views }: { url: string; views: number }) => [url, views]),
    [
      [page, 12],
      [importedPage, 3],
    ],
  );
});

test('a filter by page or folder leaves out what has no page, and says so', async () => {
  for (const filter of [page, `${page}*`]) {
    const query = { from: '2026-11-14', to: '2026-11-16', page: filter };
    const { totals, withoutPage } = await numbers(query);
    assert.deepEqual([totals.views, withoutPage], [12, 3]);
    assert.match(await get(query), /3 views more were imported without a page\. The filter leaves them out\./);
    assert.equal((await numbers({ ...query, country: 'FR' })).withoutPage, 6);
  }
  assert.equal((await numbers({ country: 'FR' })).withoutPage, 0);
});

test('a day without hours has no bars by hour, and says so', async () => {
  const html = await get({ from: '2026-11-15', to: '2026-11-15', site });
  assert.match(html, /This day was imported from Plausible \(plausible-2026\)\. It has no hours\./);
  assert.match(html, /There are no views by hour\./);
  assert.doesNotMatch(html, /Views per hour/);
});

for (const last of ['2016-11-02', '2016-11-30'])
  test(`days until ${last} have expired, and show by month`, async () => {
    const query = { from: '2016-11-01', to: last };
    assert.equal((await numbers(query)).totals.views, 0);
    const [, link = ''] = /<a href="([^"]*)">Show by month<\/a>/.exec(await get(query)) ?? [];
    const byMonth = Object.fromEntries(new URLSearchParams(link.replaceAll('&amp;', '&')));
    assert.equal((await numbers(byMonth)).totals.views, 5);
  });

test('a summary of live days shows beside an imported one of the same month', async () => {
  await rollupState(client, 'SiteStatistics').advance('2026-11-17', new Map([[site, '2026-11-17']]));
  const { totals, series } = await numbers({ from: '2016-11-01', to: '2026-11-18', by: 'year' });
  assert.equal(totals.views, 21);
  assert.deepEqual([series[0].count, series.at(-1).count], [5, 16]);
});

test('a range that no import overlaps takes no further read', async () => {
  const readsOf = async (query: Record<string, string>) => {
    meter.charged();
    await numbers({ compare: 'none', ...query });
    return meter.charged().reads;
  };
  const ranges = [
    { from: '2016-11-14', to: '2016-11-15' },
    { from: '2016-11-14', to: '2016-11-18' },
  ];
  const [apart, overlapped] = [await readsOf(ranges[0] ?? {}), await readsOf(ranges[1] ?? {})];
  await importsStore(client, 'SiteStatistics').remove('plausible-2026');
  assert.equal(await readsOf(ranges[0] ?? {}), apart);
  assert.ok((await readsOf(ranges[1] ?? {})) < overlapped);
});
