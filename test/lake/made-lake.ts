import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { LakeRecord } from '../../core/lake/lake-record.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Returns an empty folder that is gone after the tests. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lake's-"));
  folders.push(folder);
  return folder;
}

/** Writes a file of events as it arrives on a day. */
export function writeEvents(folder: string, day: string, name: string, content: string | Uint8Array): void {
  const partition = join(folder, 'events', `day=${day}`);
  mkdirSync(partition, { recursive: true });
  writeFileSync(join(partition, name), typeof content === 'string' ? gzipSync(content) : content);
}

export const linesOfRecords = (records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** Returns the folder of a lake with some records, in a file for each day. */
export function madeLake(records: LakeRecord[]): string {
  const folder = emptyFolder();
  for (const [day, ofDay] of Map.groupBy(records, ({ date }) => date))
    writeEvents(folder, day, 'a.gz', linesOfRecords(ofDay));
  return folder;
}
