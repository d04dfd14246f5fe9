import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../../local/database.ts';
import { type ImportsStore, importsStore } from '../../../store/imports.ts';
import { rollupState } from '../../../store/rollup-state.ts';
import { failingImports, importAll, lookInto, name } from '../../store/small-import.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
const table = 'SiteStatistics';
const client = new DynamoDBClient();
const imports = importsStore(client, table);
const state = rollupState(client, table);
const { items, empty, viewsSeen } = lookInto(client, table);
const { isCut } = failingImports(table);
beforeEach(empty);
beforeEach(() => state.advance('2026-11-19', new Map()));

const run = (what: string, before: () => Promise<unknown>, work: (store: ImportsStore) => Promise<unknown>) =>
  test(`${what} that is cut at any write shows all or nothing, and can be run again`, async () => {
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
run(
  'an import of other numbers',
  () => importAll(imports),
  (store) => importAll(store, ['2025-12-31', '2026-01-02'], 7),
);
run(
  'an undo',
  () => importAll(imports),
  (store) => store.remove(name),
);

test('an import that is cut at any write can be undone', async () => {
  const before = await items();
  for (let allowed = 0, wasCut = true; wasCut; allowed++) {
    wasCut = await isCut(allowed, importAll);
    await imports.remove(name);
    assert.deepEqual(await items(), before, `after ${allowed} writes`);
  }
});
