import { globSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, symlink } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { root } from './folder.ts';

// Runs the tests of some folders or files: all without an argument, all outside test/slow with --fast. They have a
// temporary folder of their own, which must be empty at the end.
const { values, positionals } = parseArgs({
  options: { fast: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const everything = 'test';
// Tests without a database or another process share one process. One for each file would take longer than its tests.
const pureFolders = ['config', 'core', 'simulator', 'transfer/formats', 'transfer/foreign-names', 'views'].map((name) =>
  join(everything, name),
);
const pure = join(everything, 'pure.ts');
const testsIn = (place: string) => globSync(`${place}/**/*.test.{ts,tsx}`);
const isPure = (file: string) => pureFolders.some((folder) => file.startsWith(folder));
const found =
  positionals.length > 0
    ? positionals.flatMap((place) => (/\.tsx?$/.test(place) ? place : testsIn(place)))
    : [pure, ...testsIn(everything).filter((file) => !isPure(file))];
process.env.PURE_TESTS = pureFolders.flatMap(testsIn).join();
const isSlow = (file: string) => file.startsWith(join('test', 'slow'));
// The slow files come first, so that none of them runs alone at the end.
const files = found
  .filter((file) => !values.fast || !isSlow(file))
  .sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)));
if (files.length === 0) throw new Error(`There is no test in ${positionals.join(' ')}.`);

const shared = tmpdir();
const own = await mkdtemp(join(shared, 'footfall-tests-'));
// tsx and npm leave what they compiled.
const isCache = (name: string) => name.startsWith('tsx-') || name === 'node-compile-cache';
for (const name of (await readdir(shared)).filter(isCache)) await symlink(join(shared, name), join(own, name), 'dir');
process.env.TMPDIR = own;
// Most of a test file's time goes into loading the same packages.
process.env.NODE_COMPILE_CACHE = join(root, '.local', 'compile-cache');
process.once('exit', () => rmSync(own, { recursive: true }));
process.once('SIGINT', () => process.exit(130));

const tests = run({
  files: files.map((file) => join(root, file)),
  concurrency: availableParallelism(),
  timeout: 300_000,
  watch: values.watch,
});
tests.on('test:fail', () => {
  process.exitCode = 1;
});
tests.compose(spec).pipe(process.stdout);
tests.once('end', async () => {
  const left = (await readdir(own)).filter((name) => !isCache(name));
  if (left.length === 0) return;
  console.error(`The tests left these in the temporary folder: ${left.join(', ')}`);
  process.exitCode = 1;
});
