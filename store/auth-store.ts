import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { numberValue } from './item.ts';
import { keysStore } from './keys-store.ts';

/** What signing in keeps: keys and links, beside the statistics, and counts of attempts, which expire. */
export function authStore(client: DynamoDBClient, statisticsTable: string, visitorsTable: string) {
  const attemptsOf = (name: string) => ({ TableName: visitorsTable, Key: { visitor: { S: `sign-in/${name}` } } });

  return {
    ...keysStore(client, statisticsTable),

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
