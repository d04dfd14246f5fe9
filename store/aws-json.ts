import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { signedRequests } from './signed-requests.ts';

/** A service of AWS with the JSON protocol: its name in signatures, and the prefix of its operations. */
export interface JsonService {
  name: string;
  target: string;
}

/** Returns what carries out operations of a service at an endpoint. It has the key and the time limits of a client. */
export function awsJson({ name, target }: JsonService, endpoint: string, client: DynamoDBClient) {
  const { connect, post } = signedRequests(name, endpoint, client);
  return {
    connect,
    /** Carries out an operation. Throws an Error that has the name which the service gives its refusal. */
    async ask(operation: string, input: object): Promise<Record<string, unknown>> {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${target}.${operation}` };
      const { status, body } = await post('/', headers, JSON.stringify(input));
      const text = Buffer.concat(await body.toArray()).toString();
      if (status >= 300) throw refusal(text);
      return JSON.parse(text);
    },
  };
}

/** Only the name is kept: the message may quote the request. */
function refusal(text: string): Error {
  const [, name = 'RefusedRequest'] = /"__type":\s*"(?:[\w.]+#)?(\w+)"/.exec(text) ?? [];
  return Object.assign(new Error(), { name });
}
