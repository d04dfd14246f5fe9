import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { counted } from '../views/text.ts';
import { type Answered, timed } from './answered.ts';
import type { AskedSelect } from './asked-select.ts';
import { isOfDays, openLake } from './duckdb.ts';
import { sized } from './sized.ts';

/** Asks DuckDB over the files of a folder. Throws an Error that says what is wrong. */
export async function askFolder(path: string, { sql, files }: AskedSelect): Promise<Answered> {
  const folder = resolve(path);
  if (!existsSync(folder))
    throw new Error(`There is no lake in ${folder}. Start npm start with LAKE=on, or pass --port or --folder.`);
  const lake = await openLake(folder);
  try {
    const { result: table, time } = await timed(lake.ask(sql), (result) => result, lake.progress);
    const size = lake.size(...files);
    const broken = await lake.brokenLines(...files);
    const skipped = broken > 0 ? ` ${counted(broken, 'broken line')} skipped.` : '';
    return { table, took: `${time}, from ${counted(size.files, 'file')} with ${sized(size.bytes)} at most.${skipped}` };
  } finally {
    lake.close();
  }
}

/** Copies the files of a bucket that a question needs, and asks DuckDB over them. */
export async function askBucket(name: string, asked: AskedSelect): Promise<Answered> {
  const { copyBucket, openBucket } = await import('./bucket.ts');
  const bucket = openBucket(name);
  try {
    const bytes = await copyBucket(bucket, (file) => isOfDays(file, ...asked.files));
    console.error(`Copied ${sized(bytes)} from ${name}.`);
  } finally {
    bucket.client.destroy();
  }
  return askFolder(bucket.folder, asked);
}
