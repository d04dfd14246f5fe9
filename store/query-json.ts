import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';

/** A table and the client that reads it. */
export interface TableClient {
  client: DynamoDBClient;
  tableName: string;
  /** Whether a Query sees every write that was made before it. It then costs twice as much. */
  ConsistentRead?: true;
}

/** Sends a Query. Returns the JSON of its answer, because the SDK would take several times as long to read it. */
export async function queryJson(client: DynamoDBClient, query: QueryCommandInput): Promise<string> {
  let json = '';
  const command = new QueryCommand(query);
  command.middlewareStack.add(
    (next) => async (request) => {
      const answered = await next(request);
      const response = answered.response as { statusCode: number; body: Readable | Uint8Array };
      if (response.statusCode === 200) {
        json = await text(response.body as Readable);
        response.body = Buffer.from('{}');
      }
      return answered;
    },
    // The last step before the SDK's own parser: errors and retries stay with the SDK.
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(command);
  return json;
}
