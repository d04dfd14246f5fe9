import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConfiguredRetryStrategy, isThrottlingError } from '@smithy/core/retry';

/** How often, and how long, a client asks before it gives up. */
export type ClientOptions = ReturnType<typeof standard> | ReturnType<typeof failFast>;

/** Three attempts of 2 s each. Beside an embedded database, FOOTFALL_REQUEST_TIMEOUT says how many ms instead. */
export const standard = () => ({
  maxAttempts: 3,
  requestHandler: within(Number(process.env.FOOTFALL_REQUEST_TIMEOUT) || 2_000),
});

/**
 * Two attempts of so many ms, close together: for what waits in a queue if it fails. For one client only: who shared it would
 * share the quota of retries, too, and a table that throttles would use up the queue's.
 */
export const failFast = (timeout: number) => ({
  retryStrategy: new ConfiguredRetryStrategy(2, 50),
  requestHandler: within(timeout),
});

// Without throwOnRequestTimeout the SDK only warns, and goes on waiting.
const within = (timeout: number) => ({
  connectionTimeout: timeout,
  requestTimeout: timeout,
  throwOnRequestTimeout: true,
});

/** A client of DynamoDB. An attempt that was cut short may have been carried out all the same. */
export function dynamoClient(options: ClientOptions = standard()): DynamoDBClient {
  const client = new DynamoDBClient(options);
  // It copies each answer for a log that nobody keeps: a third of the time that reading takes.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Whether an error says that more was asked than is allowed, or than there is room for. */
export const isThrottling = (error: unknown): boolean =>
  error instanceof Error && isThrottlingError(error as Parameters<typeof isThrottlingError>[0]);

/** What ends the wait for an answer, as the SDK's `send` takes it. */
export const abortedBy = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
