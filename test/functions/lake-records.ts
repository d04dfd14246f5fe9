import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LakeRecord } from '../../core/lake/lake-record.ts';

/** Returns all records in the event files of a lake. */
export async function lakeRecords(folder: string): Promise<LakeRecord[]> {
  const records: LakeRecord[] = [];
  for await (const file of glob('events/day=*/*.gz', { cwd: folder })) {
    const lines = gunzipSync(await readFile(join(folder, file)))
      .toString()
      .trimEnd()
      .split('\n');
    records.push(...lines.map((line) => JSON.parse(line)));
  }
  return records;
}
