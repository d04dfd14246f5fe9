import { randomBytes } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { abortedBy } from './client.ts';

/** Where a secret is kept. */
interface Place {
  TableName: string;
  Key: Record<string, AttributeValue>;
}

/**
 * 32 random bytes that are made by the first to ask, and that all who ask get alike. They expire at `expires` (seconds),
 * or never. Throws the SDK's errors.
 */
export async function sharedSecret(
  client: DynamoDBClient,
  place: Place,
  expires?: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const random = randomBytes(32);
  const lasts = expires === undefined;
  const update = new UpdateItemCommand({
    ...place,
    UpdateExpression: `SET salt = if_not_exists(salt, :random)${lasts ? '' : ', expires = if_not_exists(expires, :expires)'}`,
    ExpressionAttributeValues: { ':random': { B: random }, ...(!lasts && { ':expires': { N: String(expires) } }) },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes } = await client.send(update, abortedBy(signal));
  return Attributes?.salt?.B ?? random;
}
