import type { IncomingMessage } from 'node:http';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256.ts';

/**
 * Returns what asks a service, with the key and the time limits of another client. The SDK's own clients of further services
 * would be loaded by everybody (decision 028).
 */
export function signedRequests(service: string, endpoint: string, { config }: DynamoDBClient) {
  const { protocol, hostname, port, host } = new URL(endpoint);
  const { region, credentials, requestHandler } = config;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const place = { protocol, hostname, ...(port && { port: Number(port) }) };
  return {
    /** Opens a connection that the next request can use. */
    async connect(abortSignal: AbortSignal): Promise<void> {
      const request = new HttpRequest({ ...place, method: 'GET', path: '/', headers: { host } });
      await (await requestHandler.handle(request, { abortSignal })).response.body.toArray();
    },

    /** Posts a body to a path. Whoever asks has to read the body of the answer. */
    async post(path: string, headers: Record<string, string>, body: string) {
      const request = new HttpRequest({ ...place, method: 'POST', path, headers: { host, ...headers }, body });
      const { response } = await requestHandler.handle(await signer.sign(request));
      return { status: response.statusCode, body: response.body as IncomingMessage };
    },
  };
}
