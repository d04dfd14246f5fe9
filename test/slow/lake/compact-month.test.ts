import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { type LakeRecord, lakeColumns } from '../../../core/lake/lake-record.ts';
import { compactMonth, compareRecords } from '../../../lake/compact-month.ts';
import { openLake } from '../../../lake/duckdb.ts';
import { generalizable, leastOften } from '../../../lake/generalized.ts';
import { filesIn, type LakeFiles } from '../../../lake/lake-files.ts';
import { emptyFolder, linesOfRecords, madeLake, writeEvents } from '../../lake/made-lake.ts';

const month = '2026-10';
const view = (rest: Partial<LakeRecord> = {}): LakeRecord => ({
  ...{ date: '2026-10-03', hour: 7, site: 'blog.example.com', page: '/a' },
  ...rest,
});
const times = (count: number, record: LakeRecord) => Array.from({ length: count }, () => record);

type Row = Record<string, string | number | null>;

/** Returns the records of a lake, in one order. */
async function recordsIn(folder: string): Promise<Row[]> {
  const lake = await openLake(folder);
  const { columns, rows } = await lake.ask(
    `select ${lakeColumns.join(', ')} from events order by ${lakeColumns.join(', ')}`,
  );
  lake.close();
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null])));
}

async function countries(folder: string): Promise<(string | number | null)[][]> {
  const lake = await openLake(folder);
  const { rows } = await lake.ask('select country, device, count(*) from events group by 1, 2 order by 1, 2');
  lake.close();
  return rows;
}

const filesOf = (folder: string) => globSync('{events,months}/*/*', { cwd: folder }).sort();

test('the event files of a month become one Parquet file with the same records', async () => {
  const folder = madeLake([
    ...times(5, view({ country: 'FR', nth: 1 })),
    ...times(6, view({ date: '2026-10-31', event: 'x' })),
  ]);
  writeEvents(folder, '2026-10-03', 'b.gz', `broken\n${linesOfRecords([view({ country: 'FR', before: '/b' })])}`);
  writeEvents(folder, '2026-11-01', 'c.gz', linesOfRecords([view({ date: '2026-11-01' })]));
  const before = await recordsIn(folder);
  const compacted = await compactMonth(filesIn(folder), month);
  assert.deepEqual(
    { ...compacted, bytes: 0, monthBytes: 0 },
    {
      ...{ files: 3, bytes: 0, records: 12, generalized: 0, brokenLines: 1, monthBytes: 0 },
    },
  );
  assert.deepEqual(filesOf(folder), ['events/day=2026-11-01/c.gz', 'months/month=2026-10/part-1.parquet']);
  assert.deepEqual(await recordsIn(folder), before);
});

test('a combination that occurs seldom loses its properties, the least missed first', async () => {
  const folder = madeLake([
    ...times(5, view({ country: 'FR', device: 'mobile', browser: 'Safari' })),
    ...times(3, view({ country: 'FR', device: 'mobile', browser: 'Opera' })),
    ...times(2, view({ country: 'FR', device: 'mobile', browser: 'Vivaldi' })),
    ...times(4, view({ country: 'IS', device: 'desktop' })),
    ...times(4, view({ country: 'FR', device: 'mobile', browser: 'Safari', site: 'other.example.com' })),
  ]);
  const compacted = await compactMonth(filesIn(folder), month);
  assert.equal(compacted?.generalized, 13);
  const lake = await openLake(folder);
  const { rows } = await lake.ask(
    'select site, country, device, browser, count(*) from events group by 1, 2, 3, 4 order by 1, 2, 4',
  );
  lake.close();
  assert.deepEqual(rows, [
    ['blog.example.com', '(other)', '(other)', null, 4],
    ['blog.example.com', 'FR', 'mobile', '(other)', 5],
    ['blog.example.com', 'FR', 'mobile', 'Safari', 5],
    ['other.example.com', '(other)', '(other)', '(other)', 4],
  ]);
});

const few = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const made = fc.record({
  ...{ date: fc.constantFrom('2026-09-30', '2026-10-01', '2026-10-02'), hour: fc.constantFrom(0, 7, 23) },
  ...{ site: fc.constantFrom('a.example', "it's.example"), page: fc.constantFrom('/', '/a'), before: few('/b') },
  ...{ country: few('FR', 'DE'), device: few('mobile'), browser: few('Safari', '(other)') },
  ...{
    source: few("o'", 'b', 'c', 'd'),
    nth: fc.option(fc.constantFrom(1, 2, 3), { nil: undefined }),
    event: few('x'),
  },
});

test('after compaction each combination occurs often or is blank, and all else is exact', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 60 }), async (records) => {
      const folder = emptyFolder();
      writeEvents(folder, '2026-10-01', 'a.gz', linesOfRecords(records));
      const before = await recordsIn(folder);
      await compactMonth(filesIn(folder), month);
      const after = await recordsIn(folder);

      const blank = [null, '(other)'];
      const combinations = Map.groupBy(after, (row) =>
        JSON.stringify([row.site, ...generalizable.map((name) => row[name])]),
      );
      for (const [combination, rows] of combinations)
        assert.ok(
          rows.length >= leastOften || generalizable.every((name) => blank.includes(rows[0]?.[name] as null)),
          combination,
        );

      const exact = (rows: Row[]) =>
        rows
          .map((row) =>
            JSON.stringify({ ...row, ...Object.fromEntries(generalizable.map((name) => [name, row[name] === null])) }),
          )
          .sort();
      assert.deepEqual(exact(after), exact(before));
      for (const name of generalizable) {
        const count = (rows: Row[], value: unknown) => rows.filter((row) => row[name] === value).length;
        for (const value of new Set(after.map((row) => row[name])))
          if (value !== '(other)') assert.ok(count(after, value) <= count(before, value), `${name} ${value}`);
      }
    }),
    { numRuns: 25 },
  );
});

/** Returns the files of a lake whose writing stops after some steps, as if the power went. */
function cutAfter(folder: string, steps: number): LakeFiles {
  const files = filesIn(folder);
  let left = steps;
  const step = <Arguments extends string[] | [string[]]>(run: (...given: Arguments) => Promise<void>) => {
    return async (...given: Arguments) => {
      if (left-- <= 0) throw new Error('cut');
      await run(...given);
    };
  };
  return {
    folder,
    write: step(files.write),
    move: step(files.move),
    // File by file, because many cannot be removed at once.
    async remove(names) {
      for (const name of names) await step((one: string) => files.remove([one]))(name);
    },
  };
}

test('cut at any step, each record still counts once, and another run ends the work', async () => {
  for (let steps = 0; ; steps += 1) {
    const folder = madeLake([
      ...times(5, view({ country: 'FR' })),
      ...times(5, view({ date: '2026-10-04', country: 'FR' })),
    ]);
    const before = await recordsIn(folder);
    const cut = await compactMonth(cutAfter(folder, steps), month).then(
      () => false,
      ({ message }: Error) => message === 'cut',
    );
    assert.deepEqual(await recordsIn(folder), before, `after ${steps} steps`);
    await compactMonth(filesIn(folder), month);
    assert.deepEqual(await recordsIn(folder), before, `again after ${steps} steps`);
    assert.deepEqual(filesOf(folder), ['months/month=2026-10/part-1.parquet'], `after ${steps} steps`);
    if (!cut) return assert.equal(steps, 5); // the list, the month file, two files, the list
  }
});

test('files that come late get a month file of their own', async () => {
  const folder = madeLake(times(5, view({ country: 'FR' })));
  await compactMonth(filesIn(folder), month);
  writeEvents(folder, '2026-10-31', 'late.gz', linesOfRecords([view({ country: 'DE' })]));
  await compactMonth(filesIn(folder), month);
  assert.equal(await compactMonth(filesIn(folder), month), undefined);
  assert.deepEqual(filesOf(folder), ['months/month=2026-10/part-1.parquet', 'months/month=2026-10/part-2.parquet']);
  assert.deepEqual(await countries(folder), [
    ['(other)', null, 1],
    ['FR', null, 5],
  ]);
});

test('a late file replaces no other month file, also if an earlier one was removed', async () => {
  const folder = madeLake(times(5, view({ country: 'FR' })));
  for (const late of ['b.gz', 'c.gz']) {
    await compactMonth(filesIn(folder), month);
    writeEvents(folder, '2026-10-31', late, linesOfRecords(times(5, view({ country: 'DE' }))));
  }
  await compactMonth(filesIn(folder), month);
  await filesIn(folder).remove(['months/month=2026-10/part-1.parquet']);
  writeEvents(folder, '2026-10-31', 'd.gz', linesOfRecords(times(5, view({ country: 'IT' }))));
  await compactMonth(filesIn(folder), month);
  assert.deepEqual(await countries(folder), [
    ['DE', null, 10],
    ['IT', null, 5],
  ]);
});

describe('a month file that lacks a record, or has another one, is noticed', () => {
  const run = (name: string, kept: string) =>
    test(name, async () => {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const columns = lakeColumns.map((column) => (column === 'page' ? 'page' : `null as ${column}`)).join(', ');
      await connection.run(`create table records as select ${columns} from (values ('/a'), ('/a'), ('/b')) as t(page)`);
      await connection.run(`create table kept as select ${columns} from (values ${kept}) as t(page)`);
      await assert.rejects(
        compareRecords(connection, 'kept', 3),
        /^Error: The month file .*Nothing was deleted: compact again\.$/,
      );
      await assert.doesNotReject(compareRecords(connection, 'records', 3));
      connection.closeSync();
      instance.closeSync();
    });
  run('one fewer', "('/a'), ('/b')");
  run('another page', "('/a'), ('/a'), ('/c')");
  run('one twice', "('/a'), ('/b'), ('/b')");
});

describe('a file that is not whole is not compacted', () => {
  const whole = gzipSync(linesOfRecords(Array.from({ length: 2000 }, (_, hour) => view({ page: `/${hour ** 3}` }))));
  const run = (name: string, bytes: Uint8Array) =>
    test(name, async () => {
      const folder = madeLake([view()]);
      writeEvents(folder, '2026-10-04', 'b.gz', bytes);
      await assert.rejects(
        compactMonth(filesIn(folder), month),
        /b\.gz is cut or damaged\. Move it out of the lake, then compact again\.$/,
      );
      assert.equal(filesOf(folder).filter((file) => file.startsWith('events/')).length, 2);
      assert.equal(existsSync(join(folder, 'months', `month=${month}`, 'part-1.parquet')), false);
    });
  run('a cut file', whole.subarray(0, whole.length - 100));
  run('no gzip file', Buffer.from('text'));
  run('an empty file', Buffer.alloc(0));
});

test('a month file does not tell the order in which records came', async () => {
  const records = ['/c', '/a', '/b'].map((page) => view({ page }));
  const orders = await Promise.all(
    [records, records.toReversed()].map(async (each) => {
      const folder = madeLake(each);
      await compactMonth(filesIn(folder), month);
      return readFileSync(join(folder, 'months', `month=${month}`, 'part-1.parquet'));
    }),
  );
  assert.deepEqual(orders[0], orders[1]);
});
