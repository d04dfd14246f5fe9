import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

// The smallest function that counts: one UpdateItem without any check. The benches compare /track with it.
const client = new DynamoDBClient();

export async function handler(event: { body: string; requestContext: { timeEpoch: number } }) {
  const { url } = JSON.parse(event.body);
  const day = new Date(event.requestContext.timeEpoch).toISOString().slice(0, 10);
  await client.send(
    new UpdateItemCommand({
      TableName: 'SiteStatistics',
      Key: { day: { S: day }, url: { S: url } },
      UpdateExpression: 'ADD #views :one',
      ExpressionAttributeNames: { '#views': 'views' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
  return { statusCode: 204 };
}
