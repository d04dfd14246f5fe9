import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readRequestTimeout } from '../../config/function-settings.ts';
import type { Day } from '../../core/calendar/day.ts';
import { startDatabase } from '../../local/database.ts';
import { faultProxy } from '../../local/fault-proxy.ts';
import { importsStore } from '../../store/imports.ts';
import { patientClient } from '../../store/patient-client.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { statisticsStore } from '../../store/statistics.ts';
import {
  about,
  days,
  epoch,
  failingImports,
  importAll,
  lookInto,
  name,
  page,
  site,
  summariesOf,
  time,
} from './small-import.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const endpoint = String(database.environment.AWS_ENDPOINT_URL_DYNAMODB);
const table = 'SiteStatistics';
const client = new DynamoDBClient();
const imports = importsStore(client, table);
const state = rollupState(client, table);
const statistics = statisticsStore(client, table);
const { items, empty, viewsSeen } = lookInto(client, table);
const of = { site, name };
beforeEach(empty);

test('readers see an import once it is complete, and its receipt is kept', async () => {
  assert.equal(await imports.write({ ...about, days }, summariesOf(days), time), 'stored');
  assert.deepEqual(await viewsSeen(), [0, 0]);
  assert.deepEqual(await imports.list(epoch), [{ ...about, days, isComplete: false, receipt: undefined }]);
  await imports.complete(name, 'all is well', epoch);
  assert.deepEqual(await viewsSeen(), [9, 3]);
  assert.deepEqual(await imports.list(epoch), [{ ...about, days, isComplete: true, receipt: 'all is well' }]);
});

test('the totals are those of what is stored, by month and by year', async () => {
  await importAll(imports);
  const want = new Map(Object.entries({ views: 9, visits: 6, country_FR: 6, 'channel_(unknown)': 6 }));
  assert.deepEqual(await imports.totals(name, epoch), { month: want, year: want });
  assert.deepEqual(await imports.totals('another', epoch), { month: new Map(), year: new Map() });
});

test('importing twice writes nothing, even later, and keeps the receipt', async () => {
  await importAll(imports);
  const before = await items();
  const { store } = failingImports(table);
  assert.equal(await store.write({ ...about, days }, summariesOf(days), time), 'unchanged');
  await store.complete(name, 'another receipt', epoch + 86_400_000);
  assert.deepEqual(await items(), before);
});

test('other numbers of the same name replace all that was there', async () => {
  const kept: Day[] = ['2026-01-03', '2026-01-04'];
  await importAll(imports, kept, 2);
  const want = await items();
  await imports.remove(name);
  await importAll(imports);
  assert.equal(await importAll(imports, kept, 2), 'stored');
  assert.deepEqual(await items(), want);
});

test('a removed import leaves nothing, and there is nothing to remove again', async () => {
  await state.advance('2026-11-19', new Map([[site, '2026-11-01']]));
  await statistics.add('2026-11-20', page, { views: 1 }, 45);
  const before = await items();
  await importAll(imports);
  assert.equal(await imports.remove(name), true);
  assert.deepEqual(await items(), before);
  assert.equal(await imports.remove(name), false);
});

test('days past their expiry are in months and years only', async () => {
  const old: Day[] = ['2020-02-01', ...days];
  await importAll(imports, old);
  const dates = (await items()).filter(({ day }) => day?.S === `(imported day ${name}) ${site}`);
  assert.deepEqual(
    dates.map(({ url, expires }) => [url?.S, expires?.N]),
    days.map((day) => [day, String(Date.parse(day) / 1000 + 761 * 86_400)]),
  );
  assert.equal((await imports.totals(name, epoch)).month.get('views'), 12);
});

test('a name that another site has is refused, and nothing is written', async () => {
  await importAll(imports);
  const before = await items();
  const other = { ...about, site: 'notes.example.org', days };
  assert.equal(await imports.write(other, summariesOf(days), time), 'taken');
  assert.deepEqual(await items(), before);
});

test('of two imports of a day at once, one is refused and leaves nothing', async () => {
  await importAll(imports);
  const before = await items();
  const late = imports.write({ ...about, name: 'late', days }, summariesOf(days), time);
  await assert.rejects(late, { message: 'Another import took 2025-12-31 meanwhile.' });
  assert.deepEqual(await items(), before);
});

test('an import waits while the table takes no more writes', async () => {
  let refused = 0;
  const isRefused = (operation: string) => operation === 'PutItem' && refused++ < 5;
  const proxy = await faultProxy(endpoint, ({ operation }) => (isRefused(operation) ? 'throttle' : undefined));
  process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
  try {
    assert.equal(await importAll(importsStore(patientClient(readRequestTimeout(process.env)), table)), 'stored');
  } finally {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint;
    await proxy.close();
  }
  assert.deepEqual(await viewsSeen(), [9, 3]);
});

test('the days of other imports of the site are taken', async () => {
  await importAll(imports);
  assert.deepEqual(await imports.daysTaken({ site, name: 'umami' }), new Set(days));
  assert.deepEqual(await imports.daysTaken(of), new Set());
  assert.deepEqual(await imports.daysTaken({ site: 'notes.example.org', name: 'umami' }), new Set());
});

describe('an import leaves out the days from', () => {
  const run = (what: string, want: Day | undefined, before: () => Promise<unknown>) =>
    test(what, async () => {
      await before();
      assert.equal(await imports.firstLiveDay(of, '2026-11-20', epoch), want);
    });
  run('none, of a site without views', undefined, async () => {
    await state.advance('2026-11-16', new Map());
    await statistics.add('2026-11-19', 'https://notes.example.org/', { views: 1 }, 45);
    await statistics.add('2026-11-18', `(not counted) ${site}`, { spam: 1 }, 45);
  });
  run('the first one that is rolled up', '2026-11-01', () =>
    state.advance('2026-11-19', new Map([[site, '2026-11-01']])),
  );
  run('the first one with rows, before the first roll-up', '2026-11-18', async () => {
    await statistics.add('2026-11-19', page, { views: 1 }, 45);
    await statistics.add('2026-11-18', `https://www.${site}/about`, { views: 1 }, 45);
  });
  run('one with late hits', '2026-10-30', async () => {
    await state.advance('2026-11-19', new Map([[site, '2026-11-01']]));
    await statistics.add('2026-10-30', page, { views: 1 }, 45);
    await state.markLate('2026-10-30', epoch / 1000);
  });
  run('the one after its own last, if it is stored already', '2026-01-04', async () => {
    await importAll(imports);
    await state.advance('2026-11-19', new Map([[site, '2026-01-02']]));
  });
});
