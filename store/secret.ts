import { randomBytes } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { abortedBy } from './client.ts';
import { numberValue } from './item.ts';

/** The item that holds a secret. */
interface SecretItem {
  TableName: string;
  Key: Record<string, AttributeValue>;
}

/**
 * Returns 32 random bytes, the same to all callers. The first call makes them. They expire at `expires` (seconds), or
 * never. Throws the SDK's errors.
 */
export async function sharedSecret(
  client: DynamoDBClient,
  item: SecretItem,
  expires?: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const random = randomBytes(32);
  const isPermanent = expires === undefined;
  const update = new UpdateItemCommand({
    ...item,
    UpdateExpression: `SET salt = if_not_exists(salt, :random)${isPermanent ? '' : ', expires = if_not_exists(expires, :expires)'}`,
    ExpressionAttributeValues: {
      ':random': { B: random },
      ...(!isPermanent && { ':expires': numberValue(expires) }),
    },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes } = await client.send(update, abortedBy(signal));
  return Attributes?.salt?.B ?? random;
}
