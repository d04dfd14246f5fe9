import type { Account } from './account.ts';
import type { AwsCall } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { makeChangeSet } from './change-set.ts';
import { type ChangeSet, findStack, newStack, physicalId, type Stack } from './stack.ts';
import { deleteStack, execute } from './stack-operation.ts';
import { outputsOf, type Template } from './template.ts';

type Input = Record<string, string>;

/** Answers as CloudFormation does, which works at once here; only a rollback takes until it has been asked for twice. */
export function cloudFormation(account: Account, { operation, input }: AwsCall): object {
  const answer = operations[operation];
  if (!answer) throw new Error(`No stand-in for CloudFormation's ${operation}`);
  return answer(account, input);
}

const invalid = (message: string) => new AwsError('ValidationError', message);

function stackOf(account: Account, name = ''): Stack {
  const stack = findStack(account, name);
  if (!stack) throw invalid(`Stack with id ${name} does not exist`);
  return stack;
}

function changeSetOf(account: Account, { StackName, ChangeSetName = '' }: Input): ChangeSet {
  const all = StackName ? [stackOf(account, StackName)] : account.stacks;
  const found = all.flatMap(({ changeSets }) => [...changeSets.values()]);
  const changeSet = found.find(({ name, id }) => id === ChangeSetName || (StackName && name === ChangeSetName));
  if (!changeSet) throw new AwsError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, 404);
  return changeSet;
}

const operations: Record<string, (account: Account, input: Input) => object> = {
  DescribeStacks(account, { StackName }) {
    const stack = stackOf(account, StackName);
    stack.asked += 1;
    if (stack.settlesAs && stack.asked > 2) [stack.status, stack.settlesAs] = [stack.settlesAs, undefined];
    if (stack.status === 'DELETE_COMPLETE' && StackName === stack.name) return stackOf(account, StackName);
    const ids = (id: string) => physicalId(id, stack.resources[id] ?? { Type: '', Properties: {} });
    const outputs = Object.entries(stack.status.startsWith('REVIEW') ? {} : outputsOf(stack.template, ids));
    const { name, id, status } = stack;
    const Outputs = outputs.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
    return { Stacks: [{ StackName: name, StackId: id, StackStatus: status, Outputs }] };
  },

  ListStackResources(account, { StackName }) {
    const { resources } = stackOf(account, StackName);
    return {
      StackResourceSummaries: Object.entries(resources).map(([LogicalResourceId, { Type }]) => ({
        LogicalResourceId,
        ResourceType: Type,
      })),
    };
  },

  DescribeStackResource(account, { StackName, LogicalResourceId: id = '' }) {
    const resource = stackOf(account, StackName).resources[id];
    if (!resource) throw invalid(`Resource ${id} does not exist for stack ${StackName}`);
    return { StackResourceDetail: { LogicalResourceId: id, PhysicalResourceId: physicalId(id, resource) } };
  },

  ValidateTemplate(account, input) {
    templateOf(account, input);
    return {};
  },

  CreateChangeSet(account, input) {
    const { StackName = '', ChangeSetType } = input;
    let stack = findStack(account, StackName);
    if (ChangeSetType === 'CREATE' && !stack) {
      stack = newStack(StackName, account.stacks.length + 1);
      account.stacks.push(stack);
    }
    if (!stack) throw invalid(`Stack [${StackName}] does not exist`);
    if (ChangeSetType !== 'CREATE' && !/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(stack.status))
      throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    const changeSet = makeChangeSet(account, stack, templateOf(account, input), input);
    stack.changeSets.set(changeSet.name, changeSet);
    return { Id: changeSet.id, StackId: stack.id };
  },

  DescribeChangeSet(account, input) {
    const { name, id, reason, changes } = changeSetOf(account, input);
    return {
      ChangeSetName: name,
      ChangeSetId: id,
      StackId: stackOf(account, input.StackName).id,
      Status: reason ? 'FAILED' : 'CREATE_COMPLETE',
      StatusReason: reason,
      Changes: changes.map(({ action, id, resource }) => ({
        Type: 'Resource',
        ResourceChange: { Action: action, LogicalResourceId: id, ResourceType: resource.Type },
      })),
    };
  },

  DescribeEvents(account, input) {
    const { validations } = changeSetOf(account, input);
    return {
      OperationEvents: validations.map(({ id, resource, reason }) => ({
        EventType: 'VALIDATION_ERROR',
        LogicalResourceId: id,
        ResourceType: resource.Type,
        PhysicalResourceId: physicalId(id, resource),
        ValidationName: 'NAME_CONFLICT_VALIDATION',
        ValidationStatus: 'FAILED',
        ValidationStatusReason: reason,
        ValidationPath: `/Resources/${id}`,
      })),
    };
  },

  DeleteChangeSet(account, { StackName, ChangeSetName = '' }) {
    stackOf(account, StackName).changeSets.delete(ChangeSetName);
    return {};
  },

  ExecuteChangeSet(account, input) {
    const stack = stackOf(account, input.StackName);
    const changeSet = changeSetOf(account, input);
    stack.changeSets.clear();
    execute(account, stack, changeSet);
    return {};
  },

  DescribeStackEvents(account, { StackName }) {
    return { StackEvents: stackOf(account, StackName).events };
  },

  DeleteStack(account, { StackName = '' }) {
    const stack = findStack(account, StackName);
    if (stack) deleteStack(account, stack);
    return {};
  },
};

function templateOf(account: Account, { TemplateBody, TemplateURL = '' }: Input): Template {
  if (TemplateBody) return JSON.parse(TemplateBody);
  const [, bucket = '', ...key] = new URL(TemplateURL).pathname.split('/').map(decodeURIComponent);
  const object = account.buckets.get(bucket)?.get(key.join('/'));
  if (!object) throw invalid(`S3 error: The specified key does not exist.`);
  return JSON.parse(object.body.toString());
}
