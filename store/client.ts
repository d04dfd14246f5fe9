import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client that gives up after three short attempts (at most some 8 s), well before the function's own time-out. */
export function dynamoClient(): DynamoDBClient {
  return new DynamoDBClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000 } });
}
