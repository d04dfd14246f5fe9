import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { DeleteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Day, daysUpTo } from '../../core/calendar/day.ts';
import { monthOf } from '../../core/calendar/month.ts';
import { yearOf } from '../../core/calendar/year.ts';
import { summaryBuilder } from '../../core/counters/summary-builder.ts';
import { startDatabase } from '../../local/database.ts';
import { type ImportedSummary, importsStore } from '../../store/imports.ts';
import type { Item } from '../../store/item.ts';
import { reportsFrom } from '../../store/reports.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { statisticsStore } from '../../store/statistics.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const table = 'SiteStatistics';
const client = new DynamoDBClient();
const imports = importsStore(client, table);
const state = rollupState(client, table);
const statistics = statisticsStore(client, table);

const [site, name] = ['blog.example.com', 'plausible-2024'] as const;
const page = `https://${site}/`;
const epoch = Date.parse('2026-11-20T12:00:00Z');
const time = { epoch, retentionDays: 760 };
const of = { site, name };
const about = { name, site, tool: 'Plausible', hasHours: false };
const days: Day[] = ['2025-12-31', '2026-01-01', '2026-01-03'];

async function items(): Promise<Item[]> {
  const all: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) all.push(...Items);
  const keyOf = ({ day, url }: Item) => `${day?.S} ${url?.S}`;
  return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

beforeEach(async () => {
  for (const { day, url } of await items())
    await client.send(new DeleteItemCommand({ TableName: table, Key: { day, url } as Item }));
});

/** The summaries of some days with the same counts, and of their months and years. */
function summariesOf(days: Day[], views = 3): ImportedSummary[] {
  const builders = new Map<ImportedSummary['date'], ReturnType<typeof summaryBuilder>>();
  for (const day of days)
    for (const date of [day, monthOf(day), yearOf(day)]) {
      const builder = builders.get(date) ?? summaryBuilder();
      builders.set(date, builder);
      builder.addRow(page, new Map(Object.entries({ views, visits: 2, country_FR: 2 })));
    }
  return [...builders].map(([date, { summary }]) => ({ date, summary: summary() }));
}

async function importAll(store = imports, kept = days, views = 3): Promise<string> {
  const outcome = await store.write({ ...about, days: kept }, summariesOf(kept, views), time);
  await store.complete(name, 'all is well', epoch);
  return outcome;
}

/** The views of the whole history, by month, and those of its first day. */
async function viewsSeen(): Promise<(number | undefined)[]> {
  const reports = reportsFrom(client, table);
  const rolledUp = await reports.rolledUp(epoch);
  const whole = { period: undefined, days: daysUpTo('2026-01-31', 62), unit: 'month' as const };
  const first = { period: undefined, days: [days[0] as Day], unit: 'day' as const };
  const read = await Promise.all(
    [whole, first].map((range) => reports.read({ range, filter: {}, site }, rolledUp, epoch)),
  );
  return read.map(({ report }) => report.totals.views);
}

/** A client that fails from the write after some on. */
let writesAllowed = 0;
const failing = new DynamoDBClient({ maxAttempts: 1 });
failing.middlewareStack.add(
  (next, { commandName }) =>
    async (request) => {
      if (/^(Put|Update|Delete)/.test(commandName ?? '') && writesAllowed-- <= 0) throw new Error('cut');
      return next(request);
    },
  { step: 'initialize' },
);
const failingImports = importsStore(failing, table);

/** Does some work with a number of writes. Returns whether it was cut. */
function isCut(allowed: number, work: (store: typeof imports) => Promise<unknown>): Promise<boolean> {
  writesAllowed = allowed;
  return work(failingImports).then(
    () => false,
    () => true,
  );
}

test('readers see an import once it is complete, and its receipt is kept', async () => {
  assert.equal(await imports.write({ ...about, days }, summariesOf(days), time), 'stored');
  assert.deepEqual(await viewsSeen(), [0, 0]);
  assert.deepEqual(await imports.list(epoch), [{ ...about, days, isComplete: false, receipt: undefined }]);
  await imports.complete(name, 'all is well', epoch);
  assert.deepEqual(await viewsSeen(), [9, 3]);
  assert.deepEqual(await imports.list(epoch), [{ ...about, days, isComplete: true, receipt: 'all is well' }]);
});

test('the totals are those of what is stored, by month and by year', async () => {
  await importAll();
  const want = new Map(Object.entries({ views: 9, visits: 6, country_FR: 6, 'channel_(unknown)': 6 }));
  assert.deepEqual(await imports.totals(name, epoch), { month: want, year: want });
  assert.deepEqual(await imports.totals('another', epoch), { month: new Map(), year: new Map() });
});

test('importing twice writes nothing, even later, and keeps the receipt', async () => {
  await importAll();
  const before = await items();
  writesAllowed = 0;
  assert.equal(await failingImports.write({ ...about, days }, summariesOf(days), time), 'unchanged');
  await failingImports.complete(name, 'another receipt', epoch + 86_400_000);
  assert.deepEqual(await items(), before);
});

test('other numbers of the same name replace all that was there', async () => {
  const kept: Day[] = ['2026-01-03', '2026-01-04'];
  await importAll(imports, kept, 5);
  const want = await items();
  await imports.remove(name);
  await importAll();
  assert.equal(await importAll(imports, kept, 5), 'stored');
  assert.deepEqual(await items(), want);
});

test('a removed import leaves nothing, and there is nothing to remove again', async () => {
  await state.advance('2026-11-19', new Map([[site, '2026-11-01']]));
  await statistics.add('2026-11-20', page, { views: 1 }, 45);
  const before = await items();
  await importAll();
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
  await importAll();
  const before = await items();
  const other = { ...about, site: 'notes.example.org', days };
  assert.equal(await imports.write(other, summariesOf(days), time), 'taken');
  assert.deepEqual(await items(), before);
});

test('the days of other imports of the site are taken', async () => {
  await importAll();
  assert.deepEqual(await imports.daysTaken({ site, name: 'umami' }), new Set(days));
  assert.deepEqual(await imports.daysTaken(of), new Set());
  assert.deepEqual(await imports.daysTaken({ site: 'notes.example.org', name: 'umami' }), new Set());
});

describe('cut at any write', () => {
  beforeEach(() => state.advance('2026-11-19', new Map()));

  const run = (what: string, before: () => Promise<unknown>, work: (store: typeof imports) => Promise<unknown>) =>
    test(`${what} shows all or nothing, and can be run again`, async () => {
      await before();
      const seenBefore = await viewsSeen();
      await work(imports);
      const [want, seenAfter] = [await items(), await viewsSeen()];
      const allowedSights = [[0, 0], seenBefore, seenAfter].map(String);
      for (let allowed = 0, wasCut = true; wasCut; allowed++) {
        await imports.remove(name);
        await before();
        wasCut = await isCut(allowed, work);
        const seen = String(await viewsSeen());
        assert.ok(allowedSights.includes(seen), `${seen} after ${allowed} writes`);
        await work(imports);
        assert.deepEqual(await items(), want, `after ${allowed} writes`);
      }
    });
  run('an import', async () => {}, importAll);
  run('one with other numbers', importAll, (store) => importAll(store, ['2025-12-31', '2026-01-02'], 7));
  run('an undo', importAll, (store) => store.remove(name));

  test('an import can be undone', async () => {
    const before = await items();
    for (let allowed = 0, wasCut = true; wasCut; allowed++) {
      wasCut = await isCut(allowed, importAll);
      await imports.remove(name);
      assert.deepEqual(await items(), before, `after ${allowed} writes`);
    }
  });
});

describe('an import leaves out the days from', () => {
  const run = (what: string, want: Day | undefined, before: () => Promise<unknown>) =>
    test(what, async () => {
      await before();
      assert.equal(await imports.firstLiveDay(of, '2026-11-20', epoch), want);
    });
  run('none, of a site without views', undefined, async () => {
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
    await importAll();
    await state.advance('2026-11-19', new Map([[site, '2026-01-02']]));
  });
});
