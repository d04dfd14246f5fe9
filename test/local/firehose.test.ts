import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { startFirehose } from '../../local/firehose.ts';

const line = (date: string, page: string) => Buffer.from(`${JSON.stringify({ date, page })}\n`);

test("the stand-in takes records of the SDK's client, and writes them as gzipped lines by day", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
  t.after(() => rm(folder, { recursive: true }));
  const { environment, flush, close } = await startFirehose(folder);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new FirehoseClient({ endpoint: environment.FIREHOSE_URL ?? '', region: 'us-east-1', credentials });
  const DeliveryStreamName = environment.LAKE_STREAM;
  const put = (Data: Buffer) => client.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data } }));
  assert.ok((await put(line('2026-11-25', '/a'))).RecordId);
  const Records = ['/b', '/c'].map((page) => ({ Data: line('2026-11-26', page) }));
  const answer = await client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  assert.deepEqual([answer.FailedPutCount, answer.RequestResponses?.length], [0, 2]);
  await flush();
  await put(line('2026-11-25', '/d'));
  const elsewhere = new PutRecordCommand({ DeliveryStreamName: 'other', Record: { Data: line('2026-11-25', '/') } });
  await assert.rejects(client.send(elsewhere), { name: 'ResourceNotFoundException' });
  client.destroy();
  await close();

  const days = await readdir(join(folder, 'events'));
  const files = await Promise.all(
    days.sort().map(async (day) => {
      const names = await readdir(join(folder, 'events', day));
      for (const name of names) assert.match(name, /^[\w-]+\.gz$/);
      const texts = names.map(async (name) => gunzipSync(await readFile(join(folder, 'events', day, name))).toString());
      return [day, (await Promise.all(texts)).sort()];
    }),
  );
  assert.deepEqual(files, [
    ['day=2026-11-25', [String(line('2026-11-25', '/a')), String(line('2026-11-25', '/d'))]],
    ['day=2026-11-26', [String(line('2026-11-26', '/b')) + String(line('2026-11-26', '/c'))]],
  ]);
});

test('a stand-in refuses what no client of the SDK sends, and goes on', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-lake-'));
  const { environment, close } = await startFirehose(folder);
  t.after(async () => {
    await close(); // writes what waits
    await rm(folder, { recursive: true });
  });
  const send = async (body: string, target = 'Firehose_20150804.PutRecord') => {
    const headers = { 'x-amz-target': target };
    return (await fetch(environment.FIREHOSE_URL ?? '', { method: 'POST', headers, body })).status;
  };
  const record = (text: string) =>
    JSON.stringify({ DeliveryStreamName: environment.LAKE_STREAM, Record: { Data: btoa(text) } });
  assert.equal(await send(''), 400);
  assert.equal(await send('{'), 400);
  assert.equal(await send(record('no JSON')), 400);
  assert.equal(await send(record('{"page":"/"}')), 400);
  assert.equal(await send('{}', 'Firehose_20150804.toString'), 400);
  assert.equal(await send(record('{"date":"2026-11-25"}\n')), 200);
});
