import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { localClient } from '../../../local/local-client.ts';
import { notesStore } from '../../../store/notes-store.ts';
import type { Manifest } from '../../../transfer/export/export-manifest.ts';
import { unguarded } from '../../../transfer/export/guarded-csv.ts';
import { exportCommand } from '../../../transfer/export.ts';
import { startBehindPassword } from '../../functions/owner.ts';

const { track, passwordHash, signIn } = await startBehindPassword({
  ...{ SITES: 'blog.example.com,notes.example.org', DETAIL_DAYS: '45', RETENTION_DAYS: '100' },
});
const { handler: rollup } = await import('../../../functions/rollup.ts');
const folder = await mkdtemp(join(tmpdir(), 'footfall-export-'));
after(() => rm(folder, { recursive: true }));
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const blog = 'https://blog.example.com/';

let ip = 0;
const hit = (day: string, fields: object, body = JSON.stringify({ url: blog, tz: 'Europe/Paris', ...fields })) =>
  track({ body, ip: `192.0.2.${ip++}`, epoch: noon(day) });

await hit('2026-06-03', { utm_source: 'mail' });
await rollup({ time: '2026-06-04T03:30:00Z' });
await rollup({ time: '2026-07-01T03:30:00Z' });
await hit('2026-11-10', { referrer: 'https://news.example/' });
await hit('2026-11-10', { event: '=2+3' });
await rollup({ time: '2026-11-18T03:30:00Z' });
await hit('2026-11-18', { url: 'https://notes.example.org/,"a"' });
await hit('2026-11-18', { bot: true });
await hit('2026-11-18', {}, '{');
const notes = notesStore(localClient(), 'SiteStatistics');
const written = ['=1+2', "'quoted'", 'posted, "to" all'];
for (const [i, text] of written.entries()) await notes.write({ day: `2026-11-1${i}` as '2026-11-10', site: '', text });
const owner = await signIn(noon('2026-11-18'));
const link = await owner.createLink('2026-12-18');

let number = 0;
async function exported(args: string[] = []) {
  const file = join(folder, `${number++}.zip`);
  await exportCommand([file, ...args], noon('2026-11-18'));
  const bytes = await readFile(file);
  const files = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)] as const);
  return { bytes, files: new Map(files) };
}

/** Returns the rows of a file, as they were before the guard against formulas. */
const rowsIn = (text = ''): string[][] =>
  parse(text)
    .slice(1)
    .map((row: string[]) => row.map(unguarded));

describe('npm run export', async () => {
  const { bytes, files } = await exported();
  const manifest: Manifest = JSON.parse(files.get('manifest.json') ?? '');

  test('writes a file for each site and month, the months and years, notes, and last what the files are', () => {
    assert.deepEqual(
      [...files.keys()],
      [
        'days/blog.example.com/2026-11.csv',
        'months/blog.example.com/2026.csv',
        'days/notes.example.org/2026-11.csv',
        'days/(no site)/2026-11.csv',
        'notes.csv',
        'manifest.json',
      ],
    );
  });

  test('has each count of a page on a day in a row of its own', () => {
    const day = (counter: string) => ['2026-11-10', blog, counter, '1'];
    assert.deepEqual(rowsIn(files.get('days/blog.example.com/2026-11.csv')), [
      ...['browser_Firefox', 'channel_website', 'country_FR', 'device_desktop', 'event_=2+3', 'hour_12'].map(day),
      ...['language_(unknown)', 'os_Linux', 'referrer_news.example', 'site_visitors', 'views', 'visitors'].map(day),
      day('visits'),
      ['2026-11-18', '(not counted)', 'bot_headless', '1'],
    ]);
  });

  test('has the month of a day that has expired', () => {
    const rows = rowsIn(files.get('months/blog.example.com/2026.csv'));
    assert.deepEqual(
      rows.filter(([, , counter]) => counter?.startsWith('views')),
      [
        ['2026-06', blog, 'views', '1'],
        ['2026-06', blog, 'views_mail', '1'],
      ],
    );
  });

  test('has refused hits that name no site', () => {
    assert.deepEqual(rowsIn(files.get('days/(no site)/2026-11.csv')), [
      ['2026-11-18', '(not counted)', 'malformed', '1'],
    ]);
  });

  test('has the notes, guarded against formulas', () => {
    const text = files.get('notes.csv') ?? '';
    assert.deepEqual(
      rowsIn(text),
      written.map((note, i) => [`2026-11-1${i}`, '', note]),
    );
    assert.match(text, /,'=1\+2\r\n/);
  });

  test('says what each file sums to, the settings, and since when each site is counted', () => {
    const [days] = manifest.files;
    assert.deepEqual(
      [days?.name, days?.site, days?.rows, days?.sums],
      ['days/blog.example.com/2026-11.csv', 'blog.example.com', 14, { views: 1, visitors: 1, visits: 1, events: 1 }],
    );
    assert.deepEqual([manifest.first, manifest.last], ['2026-06-03', '2026-11-18']);
    assert.deepEqual(manifest.sites[0], { site: 'blog.example.com', first: '2026-06-03' });
    assert.deepEqual([manifest.settings.TIME_ZONE, manifest.settings.RETENTION_DAYS], ['UTC', '100']);
  });

  test('has no key, no hash and no link', () => {
    const text = [...files.values()].join();
    const token = new URL(link).searchParams.get('share') ?? '';
    assert.ok(token.length > 20);
    for (const secret of [passwordHash, token, owner.cookie]) assert.ok(!text.includes(secret));
    assert.doesNotMatch(text, /scrypt|salt|HASH|\(keys\)/);
  });

  test('writes the same bytes for the same counts, in any time zone of the machine', async () => {
    const { TZ } = process.env;
    process.env.TZ = 'Asia/Tokyo';
    assert.ok(bytes.equals((await exported()).bytes));
    process.env.TZ = TZ ?? '';
  });

  test('takes a range of days, and only months that lie in it whole', async () => {
    const some = await exported(['--from', '2026-06-02', '--to', '2026-11-11']);
    assert.deepEqual(
      [...some.files.keys()],
      ['days/blog.example.com/2026-11.csv', 'months/blog.example.com/2026.csv', 'notes.csv', 'manifest.json'],
    );
    const later = await exported(['--from', '2026-06-04', '--to', '2026-11-11']);
    assert.ok(!later.files.has('months/blog.example.com/2026.csv'));
    assert.equal(rowsIn(some.files.get('notes.csv')).length, 2);
  });

  test('says what is wrong with its options, and leaves no file', async () => {
    const file = join(folder, 'none.zip');
    await assert.rejects(exportCommand([file, '--from', 'May'], noon('2026-11-18')), {
      message: '"May" is not a day: write it like 2026-11-18.',
    });
    await assert.rejects(exportCommand([file, '--target', 'http://localhost:1'], noon('2026-11-18')), {
      message: 'No npm start runs at http://localhost:1. Start it, then run this again.',
    });
    await assert.rejects(readFile(file), { code: 'ENOENT' });
  });

  test('does not replace a file', async () => {
    await assert.rejects(exportCommand([join(folder, '0.zip')], noon('2026-11-18')), { message: /exists already/ });
  });
});
