import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256.ts';

/** Sends a text to an open connection. Returns false if the connection is gone. Throws an Error if it fails. */
export type PostToConnection = (connectionId: string, text: string) => Promise<boolean>;

/**
 * Returns what posts to the connections of a WebSocket API at an endpoint, with the key and the time limits of another
 * client. The SDK's own client of that API would be loaded by everybody, also without a WebSocket (decision 028).
 */
export function livePosts(endpoint: string, { config }: DynamoDBClient): PostToConnection {
  const { protocol, hostname, port, host, pathname } = new URL(endpoint);
  const { region, credentials, requestHandler } = config;
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async (connectionId, body) => {
    const request = new HttpRequest({
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      method: 'POST',
      path: `${pathname.replace(/\/$/, '')}/@connections/${encodeURIComponent(connectionId)}`,
      headers: { host, 'content-type': 'application/json' },
      body,
    });
    const { response } = await requestHandler.handle(await signer.sign(request));
    response.body?.resume(); // so that the connection can be used again
    if (response.statusCode === 410) return false;
    if (response.statusCode >= 300) throw new FailedPost();
    return true;
  };
}

/** A post that the API refused. Its name goes into the log. */
class FailedPost extends Error {
  override name = 'FailedPost';
}
