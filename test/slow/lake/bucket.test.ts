import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import type { LakeRecord } from '../../../core/lake/lake-record.ts';
import { copyBucket, filesOfBucket, openBucket } from '../../../lake/bucket.ts';
import { compactMonth } from '../../../lake/compact-month.ts';
import { openLake } from '../../../lake/duckdb.ts';
import { replacedFiles, replacementName } from '../../../lake/month-files.ts';
import { bucketFolder, root } from '../../../local/folder.ts';
import { emptyFolder, linesOfRecords } from '../../lake/made-lake.ts';

let server: FauxqsServer;
let client: S3Client;
before(async () => {
  server = await startFauxqs({ port: 0, logger: false, host: 'localhost' });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new S3Client({ endpoint: endpoint(), region: 'us-east-1', credentials, forcePathStyle: true });
});
after(async () => {
  client.destroy();
  await server.stop();
});
const endpoint = () => `http://localhost:${server.port}`;

const record = (page: string, date: LakeRecord['date'] = '2026-10-03'): LakeRecord => ({
  ...{ date, hour: 7, site: 'blog.example.com', page },
});

/** Makes a bucket with some files. */
async function bucketWith(files: Record<string, LakeRecord[]>): Promise<string> {
  const Bucket = `lake-${randomUUID()}`;
  server.createBucket(Bucket);
  for (const [Key, records] of Object.entries(files)) await put(Bucket, Key, gzipSync(linesOfRecords(records)));
  return Bucket;
}
const put = (Bucket: string, Key: string, Body: Buffer) => client.send(new PutObjectCommand({ Bucket, Key, Body }));

async function keysOf(Bucket: string) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key);
}

async function pagesIn(folder: string) {
  const lake = await openLake(folder);
  const { rows } = await lake.ask('select page from events order by page');
  lake.close();
  return rows.flat();
}

/** Returns the pages that somebody reads who copies the bucket anew. */
async function pagesOf(name: string) {
  const folder = emptyFolder();
  await copyBucket({ client, name, folder });
  return pagesIn(folder);
}

const files = {
  'events/day=2026-10-03/a.gz': [record('/a')],
  'events/day=2026-10-04/b.gz': [record('/b', '2026-10-04')],
  'events/day=2026-11-01/c.gz': [record('/c', '2026-11-01')],
};

test('a copy gets new files only, and loses those that the bucket lost', async () => {
  const name = await bucketWith(files);
  const bucket = { client, name, folder: emptyFolder() };
  assert.notEqual(await copyBucket(bucket), 0);
  assert.equal(await copyBucket(bucket), 0);
  await put(name, 'events/day=2026-11-02/d.gz', gzipSync(linesOfRecords([record('/d', '2026-11-02')])));
  await filesOfBucket({ ...bucket, folder: emptyFolder() }).remove(['events/day=2026-10-03/a.gz']);
  await copyBucket(bucket);
  assert.deepEqual(await pagesIn(bucket.folder), ['/b', '/c', '/d']);
});

test('a copy loses what a compaction left that was cut', async () => {
  const name = await bucketWith(files);
  const bucket = { client, name, folder: emptyFolder() };
  mkdirSync(join(bucket.folder, 'months/month=2026-10/_draft-memory'), { recursive: true });
  await copyBucket(bucket);
  assert.deepEqual(globSync('months/*/*', { cwd: bucket.folder }), []);
});

test('a copy has the list of replaced files as it is now, also if it is as long as before', async () => {
  const name = await bucketWith({ ...files, 'months/month=2026-10/part-1.parquet': [] });
  const bucket = { client, name, folder: emptyFolder() };
  const list = (file: string) =>
    put(
      name,
      replacementName('2026-10'),
      Buffer.from(JSON.stringify({ part: 'months/month=2026-10/part-1.parquet', files: [file] })),
    );
  await list('events/day=2026-10-03/a.gz');
  await copyBucket(bucket);
  await list('events/day=2026-10-04/b.gz');
  await copyBucket(bucket);
  assert.deepEqual(replacedFiles(bucket.folder), ['events/day=2026-10-04/b.gz']);
});

test('a copy has no files but those of the lake, and of the days that are wanted', async () => {
  const name = await bucketWith(files);
  for (const key of [
    'events/day=2026-10-03/../../../x.gz',
    'events/day=2026-10-03/..',
    'athena/x.csv',
    'events/day=x/y.gz',
  ])
    await put(name, key, Buffer.from('x'));
  const folder = emptyFolder();
  await copyBucket({ client, name, folder }, (file) => !file.includes('2026-11'));
  assert.deepEqual(globSync('**/*.*', { cwd: folder }).sort(), [
    'events/day=2026-10-03/a.gz',
    'events/day=2026-10-04/b.gz',
  ]);
});

test('a file that changed on this machine is copied again', async () => {
  const name = await bucketWith(files);
  const bucket = { client, name, folder: emptyFolder() };
  await copyBucket(bucket);
  writeFileSync(join(bucket.folder, 'events/day=2026-10-03/a.gz'), 'cut');
  await copyBucket(bucket);
  assert.deepEqual(await pagesIn(bucket.folder), ['/a', '/b', '/c']);
});

test('a bucket is compacted, and each record counts once wherever that is cut', async () => {
  for (let steps = 0; ; steps += 1) {
    const name = await bucketWith(files);
    const bucket = { client, name, folder: emptyFolder() };
    await copyBucket(bucket);
    let left = steps;
    const send = client.send.bind(client);
    const cutting = Object.create(client, {
      send: { value: (command: never) => (left-- > 0 ? send(command) : Promise.reject(new Error('cut'))) },
    });
    const cut = await compactMonth(filesOfBucket({ ...bucket, client: cutting }), '2026-10').then(
      () => false,
      ({ message }: Error) => message === 'cut',
    );
    assert.deepEqual(await pagesOf(name), ['/a', '/b', '/c'], `after ${steps} steps`);
    const again = { client, name, folder: emptyFolder() };
    await copyBucket(again);
    await compactMonth(filesOfBucket(again), '2026-10');
    assert.deepEqual(await pagesOf(name), ['/a', '/b', '/c'], `again after ${steps} steps`);
    assert.deepEqual(await keysOf(name), ['events/day=2026-11-01/c.gz', 'months/month=2026-10/part-1.parquet']);
    if (!cut) return assert.equal(steps, 4); // the list, the month file, the event files, the list
  }
});

test('a file that the bucket does not delete ends the work, and the copy stays', async () => {
  const name = await bucketWith(files);
  const bucket = { client, name, folder: emptyFolder() };
  await copyBucket(bucket);
  const Errors = [{ Key: 'events/day=2026-10-03/a.gz', Code: 'AccessDenied' }];
  const denying = Object.create(client, { send: { value: async () => ({ Errors }) } });
  await assert.rejects(filesOfBucket({ ...bucket, client: denying }).remove(['events/day=2026-10-03/a.gz']), {
    message: 'The bucket did not delete events/day=2026-10-03/a.gz: AccessDenied. Run this again.',
  });
  assert.deepEqual(await pagesIn(bucket.folder), ['/a', '/b', '/c']);
});

test('both commands work on a bucket', async () => {
  const name = await bucketWith(files);
  const environment = { AWS_ENDPOINT_URL_S3: endpoint(), AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const run = (command: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', join(root, 'lake', command), ...args, '--bucket', name], {
      env: { ...process.env, ...environment },
    });
  try {
    const days = ['--from', '2026-10-04', '--to', '2026-10-04', '--format', 'csv'];
    const { stdout } = await run('ask.ts', 'read-depth', ...days);
    assert.equal(stdout, 'page,first,second,later,unknown\r\n/b,0,0,0,1\n');
    assert.match((await run('compact.ts', '--month', '2026-10')).stdout, /^2026-10: 2 records in /);
    assert.deepEqual(await keysOf(name), ['events/day=2026-11-01/c.gz', 'months/month=2026-10/part-1.parquet']);
    assert.equal((await run('ask.ts', 'select count(*) as n from events', '--format', 'csv')).stdout, 'n\r\n3\n');
  } finally {
    rmSync(bucketFolder(name), { recursive: true, force: true });
  }
});

test('a name that no bucket can have is refused', () =>
  assert.throws(() => openBucket('../x'), { message: '--bucket takes the name of a bucket, not "../x".' }));
