import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dayAfter, dayAt } from '../../../core/calendar/day.ts';
import { startDatabase } from '../../../local/database.ts';
import { folderOf, root } from '../../../local/folder.ts';
import { noteRunning } from '../../../local/running.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { exportOf } from '../../transfer/exports.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
// Otherwise 800 days are searched for rows.
const client = new DynamoDBClient();
after(() => client.destroy());
await rollupState(client, 'SiteStatistics').advance(dayAfter(dayAt(Date.now(), 'UTC'), -1), new Map());
const env = {
  ...{ ...process.env, ...database.environment, NO_COLOR: '1' },
  ...{ SITES: 'www.blog.example,localhost:3001', TIME_ZONE: 'UTC' },
};

/** Runs `npm run import` or `npm run imports` with settings of the shell. */
const run = (command: 'import' | 'list-imports', ...args: string[]) => runIn(env, command, ...args);

async function runIn(environment: NodeJS.ProcessEnv, command: string, ...args: string[]) {
  const file = join(import.meta.dirname, `../../../transfer/${command}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { env: environment, stdio: 'pipe' });
  const [printed, said, [code]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, 'exit'),
  ]);
  return { printed: printed.join('').trim(), said: stripVTControlCharacters(said.join('')), code };
}

const csv = 'date,url,views,visits\n2026-01-01,/,12,9\n2026-01-02,/a,3,1\n';

test('an import is made, listed, and taken back', async (t) => {
  const paths = await exportOf(t, { 'my.csv': csv });
  const made = await run('import', ...paths, '--site', 'blog.example', '--name', 'mine');
  assert.equal(
    made.printed,
    `Import     mine, from CSV
Site       blog.example
File       my.csv
Days       2026-01-01 to 2026-01-02: 2 days in UTC

Lines                               read        kept     dropped
my.csv                                 2           2           0

Sums                         in the file      stored
Views                                 15          15       equal
Visits                                10          10       equal

To undo it: npm run import -- --undo mine`,
  );
  assert.match(made.said, /100% \| 2 lines, \d+ a second \| \d+s \| 0s left/);
  assert.equal((await run('list-imports')).printed, 'mine  blog.example  CSV  2026-01-01 to 2026-01-02  2 days');
  assert.match(made.printed, new RegExp(`^${(await run('list-imports', 'mine')).printed.slice(0, 200)}`));
  const undone = await run('import', '--undo', 'mine');
  assert.deepEqual([undone.printed, undone.code], ['The import mine is removed.', 0]);
  assert.match((await run('list-imports')).printed, /^There are no imports\./);
});

test('an import takes the settings of an npm start that runs', async (t) => {
  const paths = await exportOf(t, { 'my.csv': csv });
  const port = Number(new URL(database.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '').port);
  await noteRunning(port, { ...database.environment, SITES: 'localhost:3001', TIME_ZONE: 'Asia/Tokyo' });
  t.after(() => rm(join(root, folderOf(port)), { recursive: true }));
  const { PATH, HOME, TMPDIR } = process.env;
  const target = ['--target', `http://localhost:${port}`];
  const { printed } = await runIn({ PATH, HOME, TMPDIR, NO_COLOR: '1' }, 'import', ...paths, '--dry-run', ...target);
  assert.match(printed, /^Site +localhost:3001$/m);
  assert.match(printed, /2026-01-01 to 2026-01-02: 2 days in Asia\/Tokyo/);
});

test('an import without AWS credentials says what to set', async (t) => {
  const paths = await exportOf(t, { 'my.csv': csv });
  const { PATH, TMPDIR } = process.env;
  const environment = {
    PATH,
    TMPDIR,
    HOME: TMPDIR,
    NO_COLOR: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    SITES: 'a.example',
  };
  const { said, code } = await runIn(environment, 'import', ...paths);
  assert.equal(code, 1);
  assert.match(said, /^AWS does not accept your credentials: .*set AWS_PROFILE\. For an npm start, add --target/);
});

test('what is wrong with a command is said in a sentence', async (t) => {
  const paths = await exportOf(t, { 'my.csv': csv });
  const refused: [args: string[], sentence: RegExp][] = [
    [[], /^Name the files to import\./],
    [paths, /^Add --site with one of www\.blog\.example, localhost:3001\./],
    [[...paths, '--site', 'old.example'], /^old\.example is not in SITES, .* Add it there and deploy, then import\./],
    [['--undo', 'none'], /^There is no import "none"\. npm run imports lists all\./],
    [[...paths, '--target', 'https://aws.example'], /^--target takes the address of npm start/],
  ];
  await Promise.all(
    refused.map(async ([args, sentence]) => {
      const { printed, said, code } = await run('import', ...args);
      assert.deepEqual([printed, code], ['', 1], said);
      assert.match(said, sentence);
    }),
  );
});
