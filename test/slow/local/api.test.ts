import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startApi } from '../../../local/api.ts';
import { emptyFolder, root } from '../../deploy/sls.ts';

const folder = await emptyFolder();
await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
await writeFile(
  join(folder, 'serverless.yml'),
  `service: footfall
plugins: [serverless-offline]
provider: { name: aws, runtime: nodejs24.x, stage: prod }
custom: { serverless-offline: { noPrependStageInUrl: true, noSponsor: true, useInProcess: true } }
functions:
  sized: { handler: functions.sized, events: [{ httpApi: GET /sized }] }
  slow: { handler: functions.slow, timeout: 1, events: [{ httpApi: GET /slow }] }
  failing: { handler: functions.failing, events: [{ httpApi: GET /failing }] }
`,
);
await writeFile(
  join(folder, 'functions.mjs'),
  `export const sized = async ({ queryStringParameters: { bytes, coding } }) => ({
  statusCode: 200,
  body: coding ? Buffer.alloc(Number(bytes)).toString('base64') : 'x'.repeat(Number(bytes)),
  isBase64Encoded: coding !== undefined,
});
export const slow = () => new Promise(() => {});
export const failing = async () => { throw new Error('a detail'); };
`,
);
const api = await startApi({}, { folder });
after(api.close);

const ask = async (path: string) => {
  const answer = await fetch(api.origin + path);
  return { status: answer.status, text: await answer.text() };
};
const failed = { status: 500, text: '{"message":"Internal Server Error"}' };

/** The bytes around the body in the JSON of an answer. */
const around = JSON.stringify({ statusCode: 200, body: '', isBase64Encoded: false }).length;

test('the local API answers 500 for an answer of more than 6,291,556 bytes, as AWS does', async () => {
  const most = 6_291_556 - around;
  assert.equal((await ask(`/sized?bytes=${most}`)).text.length, most);
  assert.deepEqual(await ask(`/sized?bytes=${most + 1}`), failed);
});

test('the local API counts an answer in base64 as long as it is in base64', async () => {
  assert.equal((await ask('/sized?bytes=4700000&coding=base64')).status, 200);
  assert.deepEqual(await ask('/sized?bytes=4800000&coding=base64'), failed);
});

test('the local API answers 500 when a function takes longer than its own time-out', async () => {
  assert.deepEqual(await ask('/slow'), failed);
});

test('the local API answers 500 without a detail when a function throws', async () => {
  assert.deepEqual(await ask('/failing'), failed);
});

test('the local API tells a caller without a route that the function failed', async () => {
  await assert.rejects(api.invoke('failing', {}), /a detail/);
});
