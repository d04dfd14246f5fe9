import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { close, listen } from '../../local/listen.ts';
import { localClient } from '../../local/local-client.ts';
import { livePosts } from '../../store/live-posts.ts';
import { isSigned, signingKey } from './is-signed.ts';

let status = 200;
const received: { path: string; body: string; isSigned: boolean }[] = [];
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  received.push({ path: request.url ?? '', body, isSigned: isSigned(request, body, 'execute-api') });
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
});
const endpoint = `http://localhost:${await listen(server)}/prod`;
after(() => close(server));
Object.assign(process.env, signingKey);
const client = localClient();
after(() => client.destroy());
const post = livePosts(endpoint, client);
const id = 'L0SM9cOFvHcCIhw=';

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
