import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * A client that gives up after three attempts of 2 s, well before the function's own time-out. An attempt that was cut
 * short may have been carried out all the same: then the next one counts a view twice, rather than risk losing it.
 */
export function dynamoClient(): DynamoDBClient {
  // Without throwOnRequestTimeout the SDK only warns, and goes on waiting.
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
  const client = new DynamoDBClient({ maxAttempts: 3, requestHandler });
  // It copies each answer for a log that nobody keeps: a third of the time that reading takes.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
