import { createRequire } from 'node:module';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import tables from '../infra/key-schemas.json' with { type: 'json' };
import { close, listen } from './listen.ts';

// dynalite ends iterators by `return`, which those of abstract-level lack. Without it, every Query leaves one open for good.
const ofDynalite = createRequire(import.meta.resolve('dynalite'));
const { AbstractKeyIterator, AbstractValueIterator } = ofDynalite('abstract-level');
for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) prototype.return ??= prototype.close;

/** An embedded DynamoDB that speaks the real protocol over HTTP. */
export interface Database {
  /** The environment variables that point the SDK at it. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

/** Starts a database with the tables of infra/key-schemas.json, in memory or on disk in `folder`. */
export async function startDatabase(folder?: string): Promise<Database> {
  const server = dynalite({ createTableMs: 0, ...(folder && { path: folder }) });
  const port = await listen(server);
  const environment = {
    FOOTFALL_REQUEST_TIMEOUT: '20000', // functions and database share this machine, which may be busy
    AWS_PROFILE: '', // otherwise the SDK reads your own credentials
    AWS_ENDPOINT_URL_DYNAMODB: `http://localhost:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  await createTables(environment.AWS_ENDPOINT_URL_DYNAMODB);
  return { environment, close: () => close(server) };
}

async function createTables(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  for (const [TableName, definition] of Object.entries(tables)) {
    if (TableNames.includes(TableName)) continue;
    await client.send(
      new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...definition } as CreateTableCommandInput),
    );
  }
  client.destroy();
}
