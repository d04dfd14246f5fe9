import { after, beforeEach, type TestContext } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';
import { importsStore } from '../../store/imports.ts';
import type { Item } from '../../store/item.ts';
import { rollupState } from '../../store/rollup-state.ts';
import { openFiles } from '../../transfer/files/open-files.ts';
import type { ImportPlace, ImportResult } from '../../transfer/finish-import.ts';
import { runImport, type WantedImport } from '../../transfer/run-import.ts';
import { lookInto } from '../store/small-import.ts';
import { smallCaps } from './collected.ts';
import { exportOf } from './exports.ts';

const database = await startDatabase();
after(() => database.close());
Object.assign(process.env, database.environment);
export const client = new DynamoDBClient();
after(() => client.destroy());
export const table = 'SiteStatistics';
export const store = importsStore(client, table);
export const now = Date.parse('2026-11-25T12:00:00Z');

/** An installation that is empty before each test. */
export const place: ImportPlace = {
  ...{ store, now, showing: (_, work) => work() },
  settings: { timeZone: 'Europe/Berlin', pageUrls: 'merged', retentionDays: 760, ...smallCaps },
};

const { items: all, empty } = lookInto(client, table);
beforeEach(async () => {
  await empty();
  // Otherwise 800 days are searched for rows.
  await rollupState(client, table).advance('2026-11-19', new Map());
});

/** Returns what is stored. */
export const items = async (): Promise<Item[]> => (await all()).filter(({ url }) => url?.S !== 'progress');

/** Imports files of another tool. */
export async function importing(
  t: Pick<TestContext, 'after'>,
  files: Record<string, string | Uint8Array>,
  more: Partial<WantedImport> = {},
  changed: Partial<ImportPlace> = {},
): Promise<ImportResult> {
  const opened = await openFiles(await exportOf(t, files));
  const wanted = { files: opened, origin: 'https://blog.example', name: undefined, isDryRun: false, ...more };
  return runImport(wanted, { ...place, ...changed });
}

export const umamiHeader = 'session_id,visit_id,url_path,event_type,event_name,created_at';
/** Returns an export of Umami with one view at noon of each day, in UTC. */
export const umamiOf = (...days: string[]): string =>
  [umamiHeader, ...days.map((day) => `s,${day},/about,1,,${day} 12:00:00`)].join('\n');
