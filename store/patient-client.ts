import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoClient, standard } from './client.ts';
import { DeadlineRetries } from './deadline-retries.ts';

/**
 * Returns a client for commands that write much. It makes a throttled request again until the table takes it, so writes
 * are as fast as the table's capacity. Other failures get three attempts of `timeout` ms.
 */
export function patientClient(timeout: number): DynamoDBClient {
  const retryStrategy = new DeadlineRetries();
  retryStrategy.begin(Number.POSITIVE_INFINITY);
  return dynamoClient({ ...standard(timeout), retryStrategy });
}
