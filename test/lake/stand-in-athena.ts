import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AthenaClient } from '@aws-sdk/client-athena';

/** What a request to Athena holds: its operation and its fields. */
export interface AthenaRequest {
  operation: string;
  fields: Record<string, unknown>;
}

/** Starts a server that speaks Athena's protocol with the real SDK: AWS JSON 1.1. `answer` returns a body, or an error. */
export async function standInAthena(answer: (request: AthenaRequest) => object) {
  const requests: AthenaRequest[] = [];
  const seen = new EventEmitter();
  const server = createServer(async (incoming, response) => {
    const [, operation = ''] = String(incoming.headers['x-amz-target']).split('.');
    const request = { operation, fields: JSON.parse(await text(incoming)) };
    requests.push(request);
    seen.emit('request');
    const body = answer(request);
    response.writeHead('__type' in body ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new AthenaClient({ region: 'eu-central-1', endpoint, credentials, maxAttempts: 1 });
  return {
    client,
    endpoint,
    requests,
    nextRequest: () => once(seen, 'request'),
    async close() {
      client.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
