import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CheckedDay } from '../../core/lake/checked-days.ts';
import type { AwsOptions } from './aws-options.ts';

/** The function waits for Athena, for up to 120 s. */
const msToWait = 130_000;

/**
 * Asks the function `lakeCheck` of a stack for the closed days since another, or for the last seven. Returns a text that
 * says what is wrong if the function fails.
 */
export async function checkOnAws(
  FunctionName: string,
  options: AwsOptions,
  from?: string,
): Promise<CheckedDay[] | string> {
  const requestHandler = { ...options.requestHandler, requestTimeout: msToWait };
  const client = new LambdaClient({ ...options, requestHandler, maxAttempts: 1 });
  const asked = new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify({ from })) });
  const { FunctionError, Payload = [] } = await client.send(asked).finally(() => client.destroy());
  const answer = JSON.parse(Buffer.from(Payload).toString());
  return FunctionError ? `${FunctionName} failed: ${answer.errorMessage}` : answer;
}
