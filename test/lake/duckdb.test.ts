import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sumsByDate } from '../../core/lake/checked-days.ts';
import type { LakeRecord } from '../../core/lake/lake-record.ts';
import { isOfDays, openLake } from '../../lake/duckdb.ts';
import { emptyFolder, linesOfRecords, madeLake, writeEvents } from './made-lake.ts';

const day = '2026-11-25';
const record: LakeRecord = { date: day, hour: 7, site: 'blog.example.com', page: '/a' };
const good = linesOfRecords([record]);

/** Runs a select on the lake in a folder. */
async function asked(folder: string, sql: string) {
  const lake = await openLake(folder);
  try {
    return await lake.ask(sql);
  } finally {
    lake.close();
  }
}
const refused = (folder: string, sql: string, message: RegExp) =>
  assert.rejects(asked(folder, sql), ({ message: said }: Error) => {
    assert.match(said, message);
    return true;
  });

test('a select reads each column of a record, and the day of its file', async () => {
  const full: LakeRecord = {
    ...record,
    ...{ before: '/b', referrer: 'x.com', source: 'a', medium: 'b', campaign: 'c', term: 'd', content: 'e' },
    ...{ country: 'FR', language: 'fr', device: 'mobile', browser: 'Safari', os: 'iOS', event: 'f', nth: 2 },
  };
  const { columns, rows } = await asked(madeLake([full]), 'select * from events');
  assert.deepEqual(Object.fromEntries(columns.map((name, i) => [name, rows[0]?.[i]])), { ...full, day });
});

test('an absent field is null', async () => {
  const { rows } = await asked(madeLake([record]), 'select country, nth from events');
  assert.deepEqual(rows, [[null, null]]);
});

test('a decimal is a number, as from Athena', async () => {
  const { rows } = await asked(madeLake([record]), 'select 1.25 as a, cast(-0.5 as decimal(38, 1)) as b');
  assert.deepEqual(rows, [[1.25, -0.5]]);
});

test('a lake without files answers with no rows', async () => {
  assert.deepEqual(await asked(emptyFolder(), 'select page, nth, day from events'), {
    columns: ['page', 'nth', 'day'],
    rows: [],
  });
});

test('a file of several gzip streams is read whole', async () => {
  const folder = emptyFolder();
  writeEvents(folder, day, 'a.gz', Buffer.concat([gzipSync(good), gzipSync(good)]));
  assert.deepEqual((await asked(folder, 'select count(*) as n from events')).rows, [[2]]);
});

test('a select by day reads the files of that day only', async () => {
  const folder = madeLake([record]);
  writeEvents(folder, '2026-11-26', 'damaged.gz', Buffer.from('no gzip'));
  assert.deepEqual((await asked(folder, `select page from events where day = '${day}'`)).rows, [['/a']]);
  await refused(folder, 'select page from events', /damaged\.gz is not a gzip file\. Move it out of the lake/);
});

test('the sums of a date have its records in the files of its neighbors', async () => {
  const folder = emptyFolder();
  for (const day of ['2026-11-20', '2026-11-21', '2026-11-22'])
    writeEvents(folder, day, 'a.gz', linesOfRecords([{ ...record, date: '2026-11-21' }]));
  assert.deepEqual((await asked(folder, sumsByDate('2026-11-21', '2026-11-21'))).rows, [['2026-11-21', 3, 0]]);
});

describe('a broken line is skipped and counted', () => {
  const run = (name: string, line: string) =>
    test(name, async () => {
      const folder = emptyFolder();
      writeEvents(folder, day, 'a.gz', `${good}${line}\n${good}`);
      const lake = await openLake(folder);
      const { rows } = await lake.ask('select page from events');
      assert.deepEqual([rows, await lake.brokenLines()], [[['/a'], ['/a']], 1]);
      lake.close();
    });
  run('no JSON', 'garbage');
  run('cut JSON', good.slice(0, 30));
  run('a number', '7');
  run('an array', `[${good.trim()}]`);
  run('without a page', JSON.stringify({ ...record, page: undefined }));
  run('with a wrong date', JSON.stringify({ ...record, date: 'yesterday' }));
  run('with a wrong hour', JSON.stringify({ ...record, hour: 24 }));
  run('with a text for a number', JSON.stringify({ ...record, hour: 'x' }));
  run('binary', '\u0000\u0001\u00ff');
});

test('a line with more fields than a record counts', async () => {
  const folder = emptyFolder();
  writeEvents(folder, day, 'a.gz', linesOfRecords([{ ...record, extra: [1] }]));
  const lake = await openLake(folder);
  assert.equal(await lake.brokenLines(), 0);
  lake.close();
});

describe('a select cannot leave the lake', () => {
  const outside = emptyFolder();
  const secret = join(outside, 'secret.txt');
  writeFileSync(secret, 'secret');
  const run = (sql: string, message = /^A select can read the lake only, and no other file\.$/) =>
    test(sql.replace(outside, ''), () => refused(madeLake([record]), sql, message));
  run(`select * from read_text('${secret.replace("'", "''")}')`);
  run(`select * from read_csv('${secret.replace("'", "''")}')`);
  run(`select * from glob('${outside.replace("'", "''")}/*')`);
  run("select * from read_text('/etc/hostname')");
  run("select * from read_parquet('http://127.0.0.1:1/a.parquet')");
  run("select * from read_parquet('s3://bucket/a.parquet')", /./);
  run("select getenv('HOME')", /does not exist/);
});

test('what keeps a select in the lake is on, and cannot be changed', async () => {
  const names = ['enable_external_access', 'lock_configuration', 'temp_directory'];
  const settings = names.map((name) => `current_setting('${name}')`).join(', ');
  const { rows } = await asked(madeLake([record]), `select ${settings}`);
  assert.deepEqual(rows, [['false', 'true', '']]);
});

describe('only a select runs', () => {
  for (const sql of [
    ...[
      "copy events to 'x.csv'",
      'set threads = 1',
      'create table a (b integer)',
      'drop view events',
      'install httpfs',
    ],
    ...["attach 'x.db'", 'explain select 1', 'pragma version', 'call pragma_version()', "export database 'x'"],
    ...[
      'delete from events',
      'insert into events select * from events',
      'with a as (select 1) insert into events select * from events',
    ],
  ])
    test(sql, () => refused(madeLake([record]), sql, /^The lake is read-only|^Your SQL does not run|^The table/));
});

test('a second statement does not run that only DuckDB sees, behind an escaped quote', async () => {
  const lake = await openLake(madeLake([record]));
  await assert.rejects(lake.ask("select e'\\''; drop view events --'"), /The lake is read-only\. Ask one select\./);
  assert.equal((await lake.ask('select page from events')).rows.length, 1);
  lake.close();
});

describe('an error says what to do', () => {
  const run = (sql: string, message: RegExp) => test(sql, () => refused(madeLake([record]), sql, message));
  run('select pge from events', /"pge" not found.*Its columns are day, date, hour, site, page,/);
  run('select * from evnts', /evnts does not exist.*The table is "events"/);
  run('selec 1', /^The lake is read-only/);
  run('select from where', /^Your SQL does not run: syntax error/);
});

describe('a file can hold records of some days', () => {
  const run = (file: string, [first, last]: [string, string], want: boolean) =>
    test(`${file} ${first} ${last}: ${want}`, () => assert.equal(isOfDays(file, first, last), want));
  const month = 'months/month=2026-10/part-1.parquet';
  run(month, ['2026-10-05', '2026-10-06'], true);
  run(month, ['2026-09-01', '2026-10-01'], true);
  run(month, ['2026-10-31', '2026-12-01'], true);
  run(month, ['2026-09-01', '2026-09-30'], false);
  run(month, ['2026-11-01', '2026-11-30'], false);
  run('events/day=2026-10-05/a.gz', ['2026-10-05', '2026-10-05'], true);
  run('events/day=2026-10-05/a.gz', ['2026-10-06', '2026-10-07'], false);
});

test('the size of some days is that of their files', async () => {
  const folder = madeLake([record, { ...record, date: '2026-11-26' }]);
  const lake = await openLake(folder);
  const [all, one, none] = [lake.size(), lake.size('2026-11-26', '2026-11-30'), lake.size('2026-12-01')];
  lake.close();
  assert.deepEqual([all.files, one.files, none.files], [2, 1, 0]);
  assert.equal(all.bytes, 2 * one.bytes);
  assert.equal(one.bytes > 20, true);
});
