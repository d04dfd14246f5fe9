import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { itemKey, keysPartition, numberValue } from './item.ts';
import { sharedSecret } from './secret.ts';

/** The stored data of signing in: the installation's key in the statistics, and counts of attempts, which expire. */
export function authStore(client: DynamoDBClient, statisticsTable: string, visitorsTable: string) {
  let key: Promise<Uint8Array> | undefined;
  const keyItem = { TableName: statisticsTable, Key: itemKey(keysPartition, 'installation') };

  /** Returns the key, and makes it only if it is missing, because in a flood the table may refuse writes. */
  async function readOrMakeKey(): Promise<Uint8Array> {
    const { day, url } = keyItem.Key;
    const query = new QueryCommand({
      TableName: statisticsTable,
      ConsistentRead: true,
      KeyConditionExpression: '#day = :day AND #url = :url',
      ExpressionAttributeNames: { '#day': 'day', '#url': 'url' },
      ExpressionAttributeValues: { ':day': day, ':url': url },
    });
    const { Items: [item] = [] } = await client.send(query);
    return item?.salt?.B ?? sharedSecret(client, keyItem);
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

    /** Counts an attempt under a name until `expires` (seconds). Returns false if there were `max` already. */
    async attempt(name: string, max: number, expires: number): Promise<boolean> {
      const update = new UpdateItemCommand({
        TableName: visitorsTable,
        Key: { visitor: { S: `sign-in/${name}` } },
        UpdateExpression: 'SET expires = :expires ADD attempts :one',
        ConditionExpression: 'attribute_not_exists(attempts) OR attempts < :max',
        ExpressionAttributeValues: {
          ':expires': numberValue(expires),
          ':one': numberValue(1),
          ':max': numberValue(max),
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
  };
}
