import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { signedRequests } from './signed-requests.ts';

/** Sends a text to an open connection. Returns false if the connection is gone. Throws an Error if it fails. */
export type PostToConnection = (connectionId: string, text: string) => Promise<boolean>;

/** Returns what posts to the connections of a WebSocket API at an endpoint, with the key and the time limits of a client. */
export function livePosts(endpoint: string, client: DynamoDBClient): PostToConnection {
  const { post } = signedRequests('execute-api', endpoint, client);
  const folder = new URL(endpoint).pathname.replace(/\/$/, '');
  return async (connectionId, text) => {
    const path = `${folder}/@connections/${encodeURIComponent(connectionId)}`;
    const { status, body } = await post(path, { 'content-type': 'application/json' }, text);
    body.resume(); // so that the connection can be used again
    if (status === 410) return false;
    if (status >= 300) throw new FailedPost();
    return true;
  };
}

/** A post that the API refused. Its name goes into the log. */
class FailedPost extends Error {
  override name = 'FailedPost';
}
