import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { after, beforeEach, test } from 'node:test';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import type { LakeRecord } from '../../core/lake/lake-record.ts';
import { close, listen } from '../../local/listen.ts';
import { dynamoClient, failFast } from '../../store/client.ts';
import { lakeStore } from '../../store/lake.ts';
import { linesLogged } from '../functions/footfall.ts';
import { isSigned, signingKey } from './is-signed.ts';

const taken = (response: ServerResponse): void => void response.end('{"RecordId":"1"}');
let answer = taken;
interface Received {
  type: unknown;
  target: unknown;
  body: string;
  isSigned: boolean;
}
let received: Received[] = [];
let connections = 0;
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  if (request.method === 'GET') return void response.writeHead(404).end('<UnknownOperationException/>');
  const { 'content-type': type, 'x-amz-target': target } = request.headers;
  received.push({ type, target, body, isSigned: isSigned(request, body, 'firehose') });
  answer(response);
});
server.on('connection', () => connections++);
const endpoint = `http://localhost:${await listen(server)}`;
Object.assign(process.env, signingKey);
const clients = [dynamoClient(failFast(20_000)), dynamoClient(failFast(30))] as const;
after(() => {
  for (const client of clients) client.destroy();
  return close(server);
});
beforeEach(() => {
  received = [];
  answer = taken;
});

const record: LakeRecord = { date: '2026-11-25', hour: 7, site: 'blog.example.com', page: '/é?a=1', nth: 1 };
const epoch = Date.parse('2026-11-25T07:00:00Z');
const freshStore = (client = clients[0]) => lakeStore(endpoint, 'footfall', client);

test("puts a record as the SDK's own client does, as a line of JSON, with a signature that holds", async () => {
  const sdk = new FirehoseClient({ endpoint });
  const Data = Buffer.from('{"date":"2026-11-25","hour":7,"site":"blog.example.com","page":"/é?a=1","nth":1}\n');
  await sdk.send(new PutRecordCommand({ DeliveryStreamName: 'footfall', Record: { Data } }));
  sdk.destroy();
  await freshStore().keep(record, epoch);
  const [theirs, ours] = received.map(({ body, ...rest }) => ({ ...rest, body: JSON.parse(body) }));
  assert.equal(ours?.target, 'Firehose_20150804.PutRecord');
  assert.deepEqual([ours, ours?.isSigned], [theirs, true]);
});

test('uses the connection that it opened before', async () => {
  const client = dynamoClient(failFast(20_000));
  const store = lakeStore(endpoint, 'footfall', client);
  connections = 0;
  await store.connect(AbortSignal.timeout(20_000));
  assert.equal(connections, 1);
  for (let i = 0; i < 3; i++) await store.keep(record, epoch);
  assert.deepEqual([connections, received.length], [1, 3]);
  client.destroy();
});

test('logs by what name it was refused, at most once a minute, quotes nothing, and asks once', async (t) => {
  const lines = linesLogged(t);
  const { keep } = freshStore();
  const type = 'com.amazonaws.firehose#AccessDeniedException';
  answer = (response) => void response.writeHead(400).end(JSON.stringify({ __type: type, message: 'secret' }));
  for (const after of [0, 59_999, 60_000]) await keep(record, epoch + after);
  assert.deepEqual(lines, Array(2).fill({ failed: 'lake', error: 'AccessDeniedException' }));
  assert.equal(received.length, 3);
});

for (const [name, broken, error] of [
  ['that is no JSON', (response: ServerResponse) => void response.end('<html>'), 'SyntaxError'],
  ['with an unknown refusal', (response: ServerResponse) => void response.writeHead(503).end(), 'RefusedRequest'],
  ['that breaks off', (response: ServerResponse) => void response.destroy(), 'TimeoutError'],
] as const)
  test(`logs an answer ${name}`, async (t) => {
    const lines = linesLogged(t);
    answer = broken;
    await freshStore().keep(record, epoch);
    assert.deepEqual(lines, [{ failed: 'lake', error }]);
  });

test('logs that a stream did not answer in the time of the client', async (t) => {
  const lines = linesLogged(t);
  answer = () => {};
  await freshStore(clients[1]).keep(record, epoch);
  assert.deepEqual(lines, [{ failed: 'lake', error: 'TimeoutError' }]);
});
