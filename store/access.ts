import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { sharedSecret } from './secret.ts';

export type AccessStore = ReturnType<typeof accessStore>;

/** What signing in needs: a key for good, beside the statistics, and counts of attempts, which expire as markers do. */
export function accessStore(client: DynamoDBClient, statisticsTable: string, visitorsTable: string) {
  let key: Promise<Uint8Array> | undefined;
  const place = { TableName: statisticsTable, Key: { day: { S: '(keys)' }, url: { S: 'installation' } } };

  /** Read if it is there, and made if not: a table in a flood may take no write, and the owner is to see it. */
  async function keyOfInstallation(): Promise<Uint8Array> {
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
    /** The installation's own random key, 32 bytes. Asked for once. Throws the SDK's errors. */
    installationKey(): Promise<Uint8Array> {
      key ??= keyOfInstallation();
      key.catch(() => {
        key = undefined;
      });
      return key;
    },

    /** Counts an attempt under a name; false where there have been `most` already. Forgotten at `expires` (seconds). */
    async attempt(name: string, most: number, expires: number): Promise<boolean> {
      const update = new UpdateItemCommand({
        TableName: visitorsTable,
        Key: { visitor: { S: `sign-in/${name}` } },
        UpdateExpression: 'SET expires = :expires ADD attempts :one',
        ConditionExpression: 'attribute_not_exists(attempts) OR attempts < :most',
        ExpressionAttributeValues: {
          ':expires': { N: String(expires) },
          ':one': { N: '1' },
          ':most': { N: String(most) },
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
