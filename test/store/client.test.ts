import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { after, afterEach, describe, test } from 'node:test';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { HttpRequest } from '@smithy/core/protocols';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { close, listen } from '../../local/listen.ts';
import { dynamoClient, standard } from '../../store/client.ts';

type Answer = (response: ServerResponse) => unknown;

const answer =
  (status: number, body: string): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
const error = (status: number, name: string) =>
  answer(status, JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'made up' }));
const found = answer(200, '{"Item":{"views":{"N":"1"}}}');

let answerNext: Answer = found;
let asked: { headers: IncomingHttpHeaders; body: string }[] = [];
const connections = new Set<unknown>();
const server = createServer(async (request, response) => {
  connections.add(request.socket);
  asked.push({ headers: request.headers, body: (await request.toArray()).join('') });
  answerNext(response);
});
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: `http://localhost:${await listen(server)}`,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'AQoDYXdzEPT//////=',
});
after(() => close(server));
afterEach(() => {
  answerNext = found;
  asked = [];
});

const threeAttempts = () => ({ ...standard(20_000), retryStrategy: new ConfiguredRetryStrategy(3, 0) });
const lean = dynamoClient(threeAttempts());
const whole = new DynamoDBClient(threeAttempts());
after(() => lean.destroy());
after(() => whole.destroy());
const get = () =>
  new GetItemCommand({ TableName: 'SiteStatistics', Key: { day: { S: '2026-11-21' }, url: { S: '日本' } } });

/** Returns the signature that the signer of the whole client gives to a request. */
async function signatureOf({ headers, body }: (typeof asked)[number]): Promise<unknown> {
  const [, names = ''] = /SignedHeaders=([^,]*)/.exec(headers.authorization ?? '') ?? [];
  const signed = Object.fromEntries(names.split(';').map((name) => [name, String(headers[name])]));
  const [, year, month, day, hour, minute, second] =
    /(....)(..)(..)T(..)(..)(..)Z/.exec(signed['x-amz-date'] ?? '') ?? [];
  const signingDate = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const region = { signingRegion: 'eu-central-1', signingName: 'dynamodb' };
  const signer = await whole.config.signer({ name: 'sigv4', ...region, properties: {} });
  const request = new HttpRequest({ method: 'POST', path: '/', hostname: 'localhost', headers: signed, body });
  const { headers: own } = (await signer.sign(request, { signingDate })) as HttpRequest;
  return own.authorization;
}

test('asks for what the whole SDK asks for, and signs as it does', async () => {
  const answers = [await lean.send(get()), await lean.send(get()), await whole.send(get())];
  assert.deepEqual(
    answers.map(({ Item }) => Item?.views?.N),
    ['1', '1', '1'],
  );
  assert.equal(new Set(asked.map(({ body }) => body)).size, 1);
  for (const name of ['host', 'content-type', 'content-length', 'x-amz-target', 'x-amz-security-token'])
    assert.equal(new Set(asked.map(({ headers }) => headers[name])).size, 1, name);
  for (const request of asked) assert.equal(request.headers.authorization, await signatureOf(request));
});

describe('fails after as many attempts as the whole SDK, with the same error', () => {
  const failureOf = async (client: DynamoDBClient) => {
    asked = [];
    const thrown = await client.send(get()).then(
      () => undefined,
      (error) => error,
    );
    return { type: thrown?.constructor, name: thrown?.name, attempts: thrown?.$metadata?.attempts, made: asked.length };
  };
  const run = (name: string, failing: Answer) =>
    test(name, async () => {
      answerNext = failing;
      const failure = await failureOf(lean);
      assert.ok(failure.name);
      assert.deepEqual(failure, await failureOf(whole));
    });
  run('a condition that does not hold', error(400, 'ConditionalCheckFailedException'));
  run('a missing right', error(400, 'AccessDeniedException'));
  run('a throttled table', error(400, 'ThrottlingException'));
  run('a table out of units', error(400, 'ProvisionedThroughputExceededException'));
  run('an error of the service', error(500, 'InternalServerError'));
  run('a connection that breaks before the answer', (response) => response.destroy());
  run('an answer that is not JSON', answer(200, '{"Item":'));
});

test('keeps its connection for the next request', async () => {
  await lean.send(get());
  connections.clear();
  for (let i = 0; i < 3; i++) await lean.send(get());
  assert.equal(connections.size, 1);
});

test('a signal ends the wait for an answer, and no attempt follows', async () => {
  const ending = new AbortController();
  answerNext = () => ending.abort();
  await assert.rejects(lean.send(get(), { abortSignal: ending.signal }), { name: 'AbortError' });
  assert.equal(asked.length, 1);
});
