import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { ConfiguredRetryStrategy, isThrottlingError } from '@smithy/core/retry';
import { Sha256 } from './sha256.ts';

/** How many attempts a client makes, and how long one takes. */
export type ClientOptions = (ReturnType<typeof standard> | ReturnType<typeof failFast> | ReturnType<typeof once>) &
  Pick<DynamoDBClientConfig, 'retryStrategy'>;

/** Returns options for three attempts of `timeout` ms. */
export const standard = (timeout: number) => ({ maxAttempts: 3, requestHandler: within(timeout) });

/**
 * Returns options for two attempts of `timeout` ms, 50 ms apart. Two clients must not share them: they would share one
 * quota of retries, and a table that throttles would use up the queue's.
 */
export const failFast = (timeout: number) => ({
  retryStrategy: new ConfiguredRetryStrategy(2, 50),
  requestHandler: within(timeout),
});

/** Returns options for one attempt, over the connections of another client and in its time. */
export const once = ({ config }: DynamoDBClient) => ({ maxAttempts: 1, requestHandler: config.requestHandler });

// Without throwOnRequestTimeout, the SDK only warns and continues to wait.
const within = (timeout: number) => ({
  connectionTimeout: timeout,
  requestTimeout: timeout,
  throwOnRequestTimeout: true,
});

/** Steps of the SDK for a log that does not exist, for loops that Lambda looks for, and for the name of the client. */
const unusedSteps = ['loggerMiddleware', 'recursionDetectionMiddleware', 'getUserAgentMiddleware'];

/** Returns a client of DynamoDB. A write whose attempt timed out may have been made all the same. */
export function dynamoClient(options: ClientOptions): DynamoDBClient {
  const client = new DynamoDBClient({ sha256: Sha256, ...options });
  for (const step of unusedSteps) client.middlewareStack.remove(step);
  // By itself, it makes a signer for each request.
  const { signer: signerFor } = client.config;
  let signer: ReturnType<typeof signerFor> | undefined;
  client.config.signer = (scheme) => {
    signer ??= signerFor(scheme);
    return signer;
  };
  return client;
}

/** Returns whether an error says that a service is asked more often than it allows. */
export const isThrottling = (error: unknown): boolean =>
  error instanceof Error && isThrottlingError(error as Parameters<typeof isThrottlingError>[0]);

/** Returns the options of the SDK's `send` that end its wait on a signal. */
export const abortedBy = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
