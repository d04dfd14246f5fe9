import { arn } from '../../deploy/arns.ts';
import type { Resource } from '../../deploy/sls.ts';
import type { Account } from './account.ts';
import { type Change, type ChangeSet, customName, nameKey, type Stack } from './stack.ts';
import { type Template, wantedResources } from './template.ts';

/** Returns a change set of a stack, refused as CloudFormation refuses one since November 2025, before anything is changed. */
export function makeChangeSet(
  account: Account,
  stack: Stack,
  template: Template,
  input: Record<string, string>,
): ChangeSet {
  const { ChangeSetName: name = '', ChangeSetType: type = '', ImportExistingResources } = input;
  const changes = changesOf(account, stack, wantedResources(template), ImportExistingResources === 'true');
  const conflicts = changes.filter(({ action, resource }) => action === 'Add' && taken(account, resource));
  const imports = changes.filter(({ action }) => action === 'Import');
  const unretained = imports.filter(({ resource }) => !/^Retain/.test(resource.DeletionPolicy ?? ''));
  const reason =
    (conflicts.length > 0 && earlyValidation) ||
    (unretained.length > 0 && cannotImport(unretained)) ||
    (changes.length === 0 && noChanges) ||
    undefined;
  return {
    name,
    id: arn('cloudformation', `changeSet/${name}/${stack.changeSets.size + 1}`),
    type,
    template,
    changes,
    reason,
    validations: conflicts.map(({ id, resource }) => ({ id, resource, reason: exists(resource) })),
  };
}

function changesOf(account: Account, stack: Stack, wanted: Record<string, Resource>, importing: boolean): Change[] {
  const isImport = (resource: Resource) => importing && taken(account, resource)?.stackId === undefined;
  const added = Object.entries(wanted).map(([id, resource]): Change | undefined => {
    const now = stack.resources[id];
    if (!now) {
      const action = taken(account, resource) && isImport(resource) ? 'Import' : 'Add';
      return { action, id, resource };
    }
    // A deletion policy alone is no change to a resource.
    const propertiesOf = ({ Properties }: Resource) => JSON.stringify(Properties);
    return propertiesOf(now) === propertiesOf(resource) ? undefined : { action: 'Modify', id, resource };
  });
  const removed = Object.entries(stack.resources)
    .filter(([id]) => !wanted[id])
    .map(([id, resource]): Change => ({ action: 'Remove', id, resource }));
  return [...added.filter((change) => change !== undefined), ...removed];
}

const taken = (account: Account, resource: Resource) => account.named.get(nameKey(resource) ?? '');

const exists = (resource: Resource) =>
  `Resource of type '${resource.Type}' with identifier '${customName(resource)}' already exists.`;

const earlyValidation =
  'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.';

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

const cannotImport = (changes: Change[]) =>
  `CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are ${changes
    .map(({ id, resource }) => `${id} ({${nameProperty(resource)}=${customName(resource)}})`)
    .join(', ')}`;

const nameProperty = ({ Properties }: Resource) =>
  ['TableName', 'FunctionName', 'LogGroupName'].find((property) => property in Properties) ?? 'Name';
