import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { after, test } from 'node:test';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { close, listen } from '../../local/listen.ts';
import { dynamoClient } from '../../store/client.ts';
import { livePosts } from '../../store/live-posts.ts';

let status = 200;
const received: { path: string; body: string; isSigned: boolean }[] = [];
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  received.push({ path: request.url ?? '', body, isSigned: isSigned(request, body) });
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
});
const endpoint = `http://localhost:${await listen(server)}/prod`;
after(() => close(server));
const credentials = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
Object.assign(process.env, credentials);
const client = dynamoClient();
after(() => client.destroy());
const post = livePosts(endpoint, client);
const id = 'L0SM9cOFvHcCIhw=';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Returns whether a request has the signature that AWS computes, by the description of Signature Version 4. */
function isSigned({ method, url = '', headers }: IncomingMessage, body: string): boolean {
  const [, scope = '', names = '', signature] =
    /Credential=AKID\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(headers.authorization ?? '') ?? [];
  const path = url.split('/').map(encodeURIComponent).join('/');
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const request = [method, path, '', signed.join(''), names, sha256(body)].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, 'AWS4secret');
  return scope.endsWith('/eu-central-1/execute-api/aws4_request') && hmac(key, text).toString('hex') === signature;
}

test("posts a text as the SDK's own client does, with a signature that holds", async () => {
  const sdk = new ApiGatewayManagementApiClient({ endpoint });
  await sdk.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'é{}' }));
  sdk.destroy();
  assert.equal(await post(id, 'é{}'), true);
  const [theirs, ours] = received.splice(0);
  assert.deepEqual(theirs, { path: '/prod/@connections/L0SM9cOFvHcCIhw%3D', body: 'é{}', isSigned: true });
  assert.deepEqual(ours, theirs);
});

test('says that a connection is gone', async () => {
  status = 410;
  assert.equal(await post(id, '{}'), false);
});

test('throws if the API refuses, and quotes nothing', async () => {
  for (status of [403, 429, 500]) await assert.rejects(post(id, 'secret'), { name: 'FailedPost', message: '' });
});
