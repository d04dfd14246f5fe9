import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { itemKey, keysPartition, numberValue } from './item.ts';
import { sharedSecret } from './secret.ts';

/** What signing in keeps: the installation's key, beside the statistics, and counts of attempts, which expire. */
export function authStore(client: DynamoDBClient, statisticsTable: string, visitorsTable: string) {
  let key: Promise<Uint8Array> | undefined;
  const place = { TableName: statisticsTable, Key: itemKey(keysPartition, 'installation') };
  const attemptsOf = (name: string) => ({ TableName: visitorsTable, Key: { visitor: { S: `sign-in/${name}` } } });

  /** Reads the key first, and makes it only if it is missing: in a flood the table may take no write. */
  async function readOrMakeKey(): Promise<Uint8Array> {
    const { day, url } = place.Key;
    const query = new QueryCommand({
      TableName: statisticsTable,
      ConsistentRead: true,
      KeyConditionExpression: '#day = :day AND #url = :url',
      ExpressionAttributeNames: { '#day': 'day', '#url': 'url' },
      ExpressionAttributeValues: { ':day': day, ':url': url },
    });
    const { Items: [item] = [] } = await client.send(query);
    return item?.salt?.B ?? sharedSecret(client, place);
  }

  return {
    /** Returns the installation's random key, 32 bytes. Reads it once. Throws the SDK's errors. */
    installationKey(): Promise<Uint8Array> {
      key ??= readOrMakeKey();
      key.catch(() => {
        key = undefined;
      });
      return key;
    },

    /** Counts an attempt under a name until `expires` (seconds). Returns false if there were `most` already. */
    async attempt(name: string, most: number, expires: number): Promise<boolean> {
      const update = new UpdateItemCommand({
        ...attemptsOf(name),
        UpdateExpression: 'SET expires = :expires ADD attempts :one',
        ConditionExpression: 'attribute_not_exists(attempts) OR attempts < :most',
        ExpressionAttributeValues: {
          ':expires': numberValue(expires),
          ':one': numberValue(1),
          ':most': numberValue(most),
        },
      });
      try {
        await client.send(update);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    /** Takes an attempt back from a count, unless the count is 0 or has expired. Throws the SDK's errors. */
    async giveBack(name: string): Promise<void> {
      const update = new UpdateItemCommand({
        ...attemptsOf(name),
        UpdateExpression: 'ADD attempts :back',
        // Without a count, this would make one that never expires.
        ConditionExpression: 'attempts > :none',
        ExpressionAttributeValues: { ':back': numberValue(-1), ':none': numberValue(0) },
      });
      await client.send(update).catch((error) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
  };
}
