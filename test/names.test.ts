import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../local/folder.ts';

const files = globSync(
  '{config,core,deploy,functions,http,lake,local,simulator,snippet,store,transfer,views}/**/*.{ts,tsx,mjs,cjs}',
  {
    cwd: root,
  },
);
const exported = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm;

/** Returns the names that more than one file has, each with these files. Lambda calls each function's `handler`. */
function shared(namesOf: (file: string) => string[]): [string, string[]][] {
  const places = Map.groupBy(
    files.flatMap((file) => namesOf(file).map((name) => ({ name, file }))),
    ({ name }) => name,
  );
  return [...places]
    .filter(([name, { length }]) => length > 1 && name !== 'handler')
    .map(([name, found]) => [name, found.map(({ file }) => file)]);
}

test('no two types or functions that files export have one name', () => {
  const namesOf = (file: string) => [...readFileSync(join(root, file), 'utf8').matchAll(exported)];
  assert.deepEqual(
    shared((file) => namesOf(file).map(([, name = '']) => name)),
    [],
  );
});

test('no two files have one name', () => {
  assert.deepEqual(
    shared((file) => [basename(file)]),
    [],
  );
});
