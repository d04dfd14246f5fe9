import { createWriteStream, globSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { settings } from '../config/settings.ts';
import { bucketFolder } from '../local/folder.ts';
import { type Progress, withProgress } from '../local/progress.ts';
import { concurrently } from '../store/concurrently.ts';
import { filesIn, type LakeFiles } from './lake-files.ts';

/** A bucket of the lake, and the folder that has copies of its files. */
export interface Bucket {
  client: S3Client;
  name: string;
  folder: string;
}

/** Opens a bucket with the credentials of the shell. Throws an Error if it cannot have that name. */
export function openBucket(name: string): Bucket {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
    throw new Error(`--bucket takes the name of a bucket, not "${name}".`);
  process.env.AWS_REGION ||= settings.AWS_REGION.default;
  const forcePathStyle = process.env.AWS_ENDPOINT_URL_S3 !== undefined;
  return { client: new S3Client({ forcePathStyle }), name, folder: bucketFolder(name) };
}

// What else is in the bucket, or tries to leave the folder, is not copied.
const lakeFile = /^(events\/day=\d{4}-\d\d-\d\d|months\/month=\d{4}-\d\d)\/(?!\.)[\w.-]+$/;
const downloads = 16;

/**
 * Makes the copies of some files of a bucket equal to it. A data file never changes, so only new ones are read. Without
 * `isWanted`, all are. Returns how many bytes it read.
 */
export async function copyBucket(
  { client, name, folder }: Bucket,
  isWanted: (file: string) => boolean = () => true,
): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const sizes = new Map<string, number>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: name }))
    for (const { Key = '', Size = 0 } of Contents) if (lakeFile.test(Key)) sizes.set(Key, Size);

  for (const file of globSync('{events,months}/*/*', { cwd: folder }))
    if (!sizes.has(file)) rmSync(join(folder, file), { recursive: true });
  const isNew = (file: string) => file.endsWith('.json') || sizeOf(join(folder, file)) !== sizes.get(file);
  const missing = [...sizes.keys()].filter((file) => isWanted(file) && isNew(file));
  const progress: Progress = { done: 0, all: missing.length, unit: 'files' };
  const copyAll = () =>
    concurrently(downloads, missing, async (file) => {
      await download({ client, name, folder }, file);
      progress.done += 1;
    });
  if (missing.length > 0) await withProgress(progress, copyAll);
  return missing.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size;

async function download({ client, name, folder }: Bucket, file: string): Promise<void> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: file }));
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  await pipeline(Body as Readable, createWriteStream(`${path}.part`));
  renameSync(`${path}.part`, path);
}

const mostAtOnce = 1000;

/** Returns the files of a bucket. Each change is made to the bucket first, then to its copies. */
export function filesOfBucket({ client, name, folder }: Bucket): LakeFiles {
  const copies = filesIn(folder);
  const put = (Key: string, Body: Buffer | string) => client.send(new PutObjectCommand({ Bucket: name, Key, Body }));
  return {
    folder,
    async write(file, text) {
      await put(file, text);
      await copies.write(file, text);
    },
    async move(path, file) {
      await put(file, await readFile(path));
      await copies.move(path, file);
    },
    async remove(files) {
      for (let first = 0; first < files.length; first += mostAtOnce) {
        const some = files.slice(first, first + mostAtOnce);
        const Delete = { Objects: some.map((Key) => ({ Key })), Quiet: true };
        const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: name, Delete }));
        if (Errors.length > 0)
          throw new Error(`The bucket did not delete ${Errors[0]?.Key}: ${Errors[0]?.Code}. Run this again.`);
        await copies.remove(some);
      }
    },
  };
}
