import { createRequire } from 'node:module';

/** What this project uses of `sls`, whose types say less. */
export interface Serverless {
  service: { provider: { compiledCloudFormationTemplate?: Template } };
  classes: { Error: new (message: string, code: string) => Error };
  pluginManager: { plugins: object[] };
  getProvider(name: 'aws'): {
    getRegion(): string;
    getCloudFormationClient(): Promise<{ send(command: unknown): Promise<unknown> }>;
    naming: { getStackName(): string; getStackChangeSetName(): string };
  };
}

export interface Template {
  Resources: Record<string, TemplateResource>;
}

interface TemplateResource {
  Type: string;
  Condition?: string;
  DeletionPolicy?: string;
  Properties?: Record<string, unknown>;
}

/** The SDK that `sls` depends on: commands and client have to be of one version. */
const sdk = createRequire(import.meta.resolve('serverless'))('@aws-sdk/client-cloudformation');

/** Asks CloudFormation with the client of `sls`, which has its region and credentials. Rejects with the SDK's errors. */
export async function askCloudFormation<Answer>(
  serverless: Serverless,
  operation: string,
  input: Record<string, string>,
): Promise<Answer> {
  const client = await serverless.getProvider('aws').getCloudFormationClient();
  return (await client.send(new sdk[`${operation}Command`](input))) as Answer;
}
