/** How the clients of the AWS SDK ask. */
export interface AwsOptions {
  region: string;
  maxAttempts: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: true };
}

/** Two attempts of 10 s in a region. */
export const awsOptions = (region: string): AwsOptions => ({
  region,
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 10_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});
