import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { startDatabase } from '../../../local/database.ts';
import { httpEvent } from '../../../local/event.ts';
import { handlerTransport } from '../../../local/handlers.ts';
import { localClient } from '../../../local/local-client.ts';
import { history } from '../../../simulator/clickstream.ts';
import { emptyLedger } from '../../../simulator/ledger.ts';
import { demoSite } from '../../../simulator/read-site.ts';
import { sendHistory } from '../../../simulator/send.ts';
import { notesStore } from '../../../store/notes-store.ts';
import { exportCommand } from '../../../transfer/export.ts';
import { importCommand } from '../../../transfer/import.ts';
import { startFunctions, textOf } from '../../functions/footfall.ts';

const [blog, notes] = ['blog.example.com', 'notes.example.org'];
const noon = Date.parse('2026-11-18T12:00:00Z');
await startFunctions({
  ...{ SITES: `${blog},${notes}`, DETAIL_DAYS: '45', RETENTION_DAYS: '100', TIME_ZONE: 'America/New_York' },
  MAX_PAGES_PER_DAY: '6',
});
const { handler: rollup } = await import('../../../functions/rollup.ts');
const folder = await mkdtemp(join(tmpdir(), 'footfall-round-'));
after(() => rm(folder, { recursive: true }));

/** Sends a history of both sites to /track, up to an instant. */
async function send(until: string, days: number, visitors: number) {
  const transport = await handlerTransport();
  for (const host of [blog, notes]) {
    const plan = { site: demoSite, origin: `https://${host}`, seed: 16, visitors: true, run: until };
    const hits = [...history(plan, { visitors, days, until: Date.parse(until) })];
    const signal = new AbortController().signal;
    await sendHistory(hits, { ledger: emptyLedger('UTC'), concurrency: 20, signal, transport });
  }
}

// The days of November 2025 have expired, and some of August 2026.
await send('2025-11-27T12:00Z', 8, 40);
for (const time of ['2025-11-28', '2025-12-02', '2026-01-02']) await rollup({ time: `${time}T08:30:00Z` });
await send('2026-08-14T12:00Z', 9, 40);
for (const time of ['2026-08-15', '2026-09-02']) await rollup({ time: `${time}T08:30:00Z` });
await send('2026-11-18T12:00Z', 9, 80);
await rollup({ time: '2026-11-18T08:30:00Z' });
const written = notesStore(localClient(), 'SiteStatistics');
await written.write({ day: '2026-11-15', site: '', text: '=about all' });
await written.write({ day: '2026-11-16', site: notes, text: "'about one'" });
await written.write({ day: '2026-11-17', site: blog, text: 'of the export' });

const file = join(folder, 'all.zip');
await exportCommand([file], noon);
const { handler: exported } = await import('../../../functions/stats.ts');

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
await notesStore(localClient(), 'SiteStatistics').write({ day: '2026-11-17', site: blog, text: 'known before' });
const { handler: imported } = (await import(`../../../functions/stats.ts?${'imported'}`)) as {
  handler: typeof exported;
};

const linesOf = (bytes: Uint8Array | undefined) => strFromU8(bytes ?? new Uint8Array()).split('\r\n');

async function numbers(handler: typeof exported, query: Record<string, string>) {
  const answer = await handler(httpEvent({ path: '/stats.json', query, epoch: noon }));
  const { imports: _, ...rest } = JSON.parse(textOf(answer));
  return { statusCode: answer.statusCode, ...rest };
}

describe('an export that is imported into an empty installation', async () => {
  await importCommand([file], noon + 1000);

  const ranges: Record<string, string>[] = [
    ...['today', 'yesterday', '7d', '30d', '12mo', 'year', 'last-year', 'all'].map((period) => ({ period })),
    { from: '2026-11-12', to: '2026-11-12' },
    { from: '2025-11-01', to: '2025-11-30', by: 'month' },
    { from: '2025-11-20', to: '2025-11-30', by: 'day' },
    { from: '2026-08-01', to: '2026-08-31', by: 'day' },
    { from: '2026-08-01', to: '2026-11-17', by: 'month' },
    { from: '2025-01-01', to: '2026-11-18', by: 'year' },
  ];
  const filters: Record<string, string>[] = [
    {},
    { page: `https://${blog}/` },
    { page: `https://${blog}/posts/*` },
    { country: 'DE' },
    { channel: 'search' },
    { source: 'newsletter' },
    { event: 'newsletter' },
  ];

  for (const range of ranges)
    test(`shows the same for ${Object.values(range).join(' ')}`, async () => {
      for (const filter of range.period === '7d' || range.period === '12mo' || range.to === '2026-08-31'
        ? filters
        : [{}])
        for (const site of [undefined, blog, notes]) {
          const query = { ...range, ...filter, ...(site && { site }) };
          const [there, here] = [await numbers(exported, query), await numbers(imported, query)];
          assert.equal(there.statusCode, 200);
          const forget = { notes: undefined };
          assert.deepEqual({ ...here, ...forget }, { ...there, ...forget }, JSON.stringify(query));
        }
    });

  test('has something to show in each range', async () => {
    for (const range of ranges.filter((each) => each.by !== 'day' || each.from !== '2025-11-20'))
      assert.ok((await numbers(exported, range)).totals.views > 0, JSON.stringify(range));
    const { pages, notCounted } = await numbers(exported, { period: '7d' });
    assert.ok(pages.some(({ url }: { url: string }) => url === '(other)'));
    assert.ok(notCounted.some(({ name }: { name: string }) => name === 'malformed'));
  });

  test('has the notes, unless their day has one', async () => {
    const texts = (await notesStore(localClient(), 'SiteStatistics').read('2026-11-01', '2026-11-30')).map(
      ({ day, site, text }) => [day, site, text],
    );
    assert.deepEqual(texts, [
      ['2026-11-15', '', '=about all'],
      ['2026-11-16', notes, "'about one'"],
      ['2026-11-17', blog, 'known before'],
    ]);
  });

  test('exports the same counts again', async () => {
    await exportCommand([join(folder, 'again.zip')], noon);
    const [first, again] = await Promise.all(
      ['all.zip', 'again.zip'].map(async (name) => unzipSync(await readFile(join(folder, name)))),
    );
    for (const name of Object.keys({ ...first, ...again }).filter(
      (each) => each.endsWith(`.csv`) && each !== 'notes.csv',
    ))
      assert.deepEqual(linesOf(again?.[name]), linesOf(first?.[name]), name);
  });
});
