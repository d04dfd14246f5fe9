import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { LakeRecord } from '../../../core/lake/lake-record.ts';
import { askCommand } from '../../../lake/ask.ts';
import { lakeFolder, root } from '../../../local/folder.ts';
import { emptyFolder, madeLake, writeEvents } from '../../lake/made-lake.ts';
import { standInAthena } from '../../lake/stand-in-athena.ts';

/** Runs `npm run ask` without npm. Returns what it prints, and whether it failed. */
function ask(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ out: string; told: string; failed: boolean }>((resolve) => {
    const command = ['--import', 'tsx', join(root, 'lake', 'ask.ts'), ...args];
    execFile(process.execPath, command, { env: { ...process.env, ...env } }, (error, out, told) =>
      resolve({ out, told, failed: error !== null }),
    );
  });
}

const records: LakeRecord[] = ['/a', '/b', '/b'].map((page, i) => ({
  ...{ date: '2026-11-25', hour: 7, site: 'blog.example.com', page, nth: i + 1 },
  ...(page === '/b' && { before: '/a' }),
}));
const days = ['--from', '2026-11-20', '--to', '2026-11-25'];

test('a question by name is answered from the files of a folder', async () => {
  const folder = madeLake(records);
  writeEvents(folder, '2026-11-24', 'b.gz', `broken\n`);
  writeEvents(folder, '2026-10-01', 'c.gz', Buffer.from('no gzip, but of another day'));
  const { out, told, failed } = await ask(['next-pages', '--page', '/a', '--folder', folder, ...days]);
  assert.equal(out, 'page  views  percent\n────  ─────  ───────\n/b        2      100\n');
  assert.match(told, /^What do readers open next, from one page\? 2026-11-20 to 2026-11-25\n/);
  assert.doesNotMatch(told, /There may be more/);
  assert.match(told, /\n1 row in \d+\.\d s, from 2 files with 0\.\d KB at most\. 1 broken line skipped\.\n$/);
  assert.equal(failed, false);
});

test('an answer says that it may have more rows', async () => {
  const { told } = await ask(['read-depth', '--rows', '2', '--folder', madeLake(records), ...days]);
  assert.match(told, /\nThere may be more than these 2: --rows takes a number from 1 to 10000\.\n$/);
});

test('a select is answered as CSV', async () => {
  const sql = 'select page, nth from events order by nth';
  const { out } = await ask([sql, '--folder', madeLake(records), '--format', 'csv']);
  assert.equal(out, 'page,nth\r\n/a,1\r\n/b,2\r\n/b,3\n');
});

test('the last day is today on the clock of npm start, which is that of the machine', async () => {
  const epoch = Date.now();
  const inZone = (timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(epoch);
  // One of them is on another day than UTC.
  for (const TZ of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const { out } = await ask(['flows', '--show-sql'], { TZ, TIME_ZONE: '' });
    assert.match(out, new RegExp(`date between '\\d{4}-\\d\\d-\\d\\d' and '${inZone(TZ)}'`));
  }
});

test('the last day of a bucket is today on the clock of TIME_ZONE, or in UTC', async () => {
  const today = new Date().toISOString().slice(0, 10);
  for (const TZ of ['Pacific/Kiritimati', 'Pacific/Pago_Pago'])
    for (const source of [['--athena'], ['--bucket', 'a-lake']]) {
      const { out } = await ask(['flows', '--show-sql', ...source], { TZ, TIME_ZONE: '' });
      assert.match(out, new RegExp(`date between '\\d{4}-\\d\\d-\\d\\d' and '${today}'`));
    }
});

test('Athena answers the same, and the cost is told', async () => {
  const athena = await standInAthena(({ operation }) => {
    if (operation === 'StartQueryExecution') return { QueryExecutionId: 'id-1' };
    if (operation === 'GetQueryExecution')
      return { QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 2e9 } } };
    const cells = (...texts: string[]) => ({ Data: texts.map((VarCharValue) => ({ VarCharValue })) });
    const ResultSetMetadata = {
      ColumnInfo: [
        { Name: 'page', Type: 'varchar' },
        { Name: 'views', Type: 'bigint' },
      ],
    };
    return { ResultSet: { ResultSetMetadata, Rows: [cells('page', 'views'), cells('/b', '2')] } };
  });
  const env = { AWS_ENDPOINT_URL_ATHENA: athena.endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const { out, told } = await ask(['next-pages', '--page', '/a', '--athena', '--format', 'json', ...days], {
    ...env,
    TABLE_PREFIX: 'Site-dev-',
  });
  await athena.close();
  assert.deepEqual(JSON.parse(out), [{ page: '/b', views: 2 }]);
  assert.match(told, /1 row in \d+\.\d s\. Athena scanned 2,000 MB: about \$0\.01000\.\n$/);
  const [{ fields = {} } = {}] = athena.requests;
  assert.deepEqual([fields.WorkGroup, fields.QueryExecutionContext], ['Site-dev-Lake', { Database: 'site-dev-lake' }]);
});

test('a mistake is told in plain words, and the command fails', async () => {
  const { out, told, failed } = await ask(['flwos']);
  const message =
    'There is no question "flwos". npm run ask -- --list has all.\nnpm run ask -- --help lists the options.\n';
  assert.deepEqual({ out, told, failed }, { out: '', told: message, failed: true });
});

describe('a mistake is told in one sentence that says what to do', () => {
  const run = (args: string[], message: string) => test(message, () => assert.rejects(askCommand(args), { message }));
  const none = join(emptyFolder(), 'none');
  run(['flows', '--format', 'xml'], '--format takes table, csv, json, not "xml".');
  run(['select 1', '--page', '/a'], 'A select takes no --page. Write it into the SQL.');
  run(['select', '1'], 'Ask one question at a time. Put a select in quotation marks.');
  run(['select 1', '--port', 'abc'], '--port is "abc": it takes a number from 1 to 65534.');
  run(
    ['select 1', '--port', '1'],
    `There is no lake in ${lakeFolder(1)}. Start npm start with LAKE=on, or pass --port or --folder.`,
  );
  run(
    ['select 1', '--folder', none],
    `There is no lake in ${none}. Start npm start with LAKE=on, or pass --port or --folder.`,
  );
});

test('the list has each question with what it takes', async () => {
  const { out } = await ask(['--list']);
  assert.match(out, /\nnext-pages\n {2}What do readers open next, from one page\?\n {2}--page …\n/);
  assert.match(out, /\n {2}--page {5}a path or URL like \/about\n/);
});

test('the SQL of a question can be shown', async () => {
  const { out } = await ask(['flows', '--show-sql', ...days]);
  assert.match(
    out,
    /^select before, page, count\(\*\) as views\nfrom \(select \* from events where day between '2026-11-19'/,
  );
});
