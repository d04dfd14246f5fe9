import { askCloudFormation, type Serverless, type Template } from './cloudformation.ts';

/** A resource of the template whose name is taken. */
interface Conflict {
  id: string;
  type: string;
  name: string;
}

/**
 * Returns what to do where CloudFormation refuses a change set because of names that exist already; its own message names none
 * of them. Returns undefined for a refusal that has another reason.
 */
export async function explainConflict(serverless: Serverless, refusal: string): Promise<string | undefined> {
  const template = serverless.service.provider.compiledCloudFormationTemplate ?? { Resources: {} };
  const ids = await conflictingIds(serverless, refusal);
  if (!ids) return undefined;
  const named = Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]): Conflict[] => {
    const name = Properties[commands[Type]?.property ?? ''];
    return typeof name === 'string' ? [{ id, type: Type, name }] : [];
  });
  const found = named.filter(({ id }) => ids.includes(id));
  const region = serverless.getProvider('aws').getRegion();
  // Where nobody may ask which names conflict, it is mostly a table: these alone can outlive a stack.
  const isLikely = ({ id, type }: Conflict) => type === 'AWS::DynamoDB::Table' && !template.Resources[id]?.Condition;
  const conflicts = found.length > 0 ? found : named.filter(isLikely);
  const names = conflicts.map(({ type, name }) => `the ${commands[type]?.kind} ${name}`);
  return [
    `CloudFormation refuses the deploy: ${names.join(found.length > 0 ? ' and ' : ' or ')} ${found.length > 1 ? 'exist' : 'exists'} already, outside of this stack.`,
    ...conflicts.flatMap((conflict) => adviceFor(conflict, template, region)),
  ].join('\n');
}

/** By type: the property with its name, what it is called, and how it is deleted. */
const commands: Record<string, { property: string; kind: string; remove: string }> = {
  'AWS::DynamoDB::Table': { property: 'TableName', kind: 'table', remove: 'dynamodb delete-table --table-name' },
  'AWS::Lambda::Function': {
    property: 'FunctionName',
    kind: 'function',
    remove: 'lambda delete-function --function-name',
  },
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    kind: 'log group',
    remove: 'logs delete-log-group --log-group-name',
  },
};

function adviceFor({ id, type, name }: Conflict, template: Template, region: string): string[] {
  if (type === 'AWS::DynamoDB::Table' && template.Resources[id]?.DeletionPolicy === 'Delete')
    return [`To take ${name} in with what it holds, set STATISTICS_ON_REMOVE=Retain and deploy again.`];
  const asks = `aws cloudformation describe-stack-resources --physical-resource-id ${name} --region ${region}`;
  const other = type === 'AWS::DynamoDB::Table' ? 'set TABLE_PREFIX to another prefix' : 'deploy with another --stage';
  return [
    `If another stack has ${name}, ${other}. This command shows the stack:\n  ${asks}`,
    `If you do not need ${name}, delete it and deploy again:\n  aws ${commands[type]?.remove} ${name} --region ${region}`,
  ];
}

/** Returns the resources that a refusal is about, as far as CloudFormation tells; undefined if it is not about names. */
async function conflictingIds(serverless: Serverless, refusal: string): Promise<string[] | undefined> {
  if (/attempting to import some resources/.test(refusal))
    return [...refusal.matchAll(/(\w+) \(\{\w+=/g)].map(([, id]) => id ?? '');
  if (!/ResourceExistenceCheck/.test(refusal)) return undefined;
  const { naming } = serverless.getProvider('aws');
  try {
    const { ChangeSetId } = await askCloudFormation<{ ChangeSetId: string }>(serverless, 'DescribeChangeSet', {
      StackName: naming.getStackName(),
      ChangeSetName: naming.getStackChangeSetName(),
    });
    // It takes the change set's id: of a name, CloudFormation says that nothing is specified.
    const { OperationEvents = [] } = await askCloudFormation<{ OperationEvents?: { LogicalResourceId?: string }[] }>(
      serverless,
      'DescribeEvents',
      { ChangeSetName: ChangeSetId },
    );
    return OperationEvents.flatMap(({ LogicalResourceId }) => LogicalResourceId ?? []);
  } catch {
    return [];
  }
}
