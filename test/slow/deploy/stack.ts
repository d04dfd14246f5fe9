import { account, arn, arnOf, region } from '../../deploy/arns.ts';
import type { Resource } from '../../deploy/sls.ts';
import type { Account } from './account.ts';
import type { Template } from './template.ts';

export interface Stack {
  name: string;
  id: string;
  status: string;
  /** What the status becomes once it has been asked for twice: a rollback takes time. */
  settlesAs: string | undefined;
  asked: number;
  template: Template;
  resources: Record<string, Resource>;
  changeSets: Map<string, ChangeSet>;
  /** Newest first, as CloudFormation lists them. */
  events: StackEvent[];
}

export interface StackEvent {
  EventId: number;
  StackName: string;
  LogicalResourceId: string;
  ResourceType: string;
  ResourceStatus: string;
  ResourceStatusReason?: string | undefined;
}

export interface Change {
  action: 'Add' | 'Import' | 'Modify' | 'Remove';
  id: string;
  resource: Resource;
}

export interface ChangeSet {
  name: string;
  id: string;
  type: string;
  template: Template;
  changes: Change[];
  /** Why CloudFormation refuses it; undefined if it does not. */
  reason: string | undefined;
  /** What DescribeEvents tells about the refusal. */
  validations: { id: string; resource: Resource; reason: string }[];
}

export const newStack = (name: string, number: number): Stack => ({
  name,
  id: arn('cloudformation', `stack/${name}/${number}`),
  status: 'REVIEW_IN_PROGRESS',
  settlesAs: undefined,
  asked: 0,
  template: { Resources: {} },
  resources: {},
  changeSets: new Map(),
  events: [],
});

/** Returns the name that the template gives a resource; undefined where CloudFormation makes one up. */
export function customName({ Properties }: Resource): string | undefined {
  const { BucketName, TableName, FunctionName, LogGroupName, DomainName } = Properties;
  const ofAccount = (BucketName as { 'Fn::Sub'?: string } | undefined)?.['Fn::Sub'];
  if (ofAccount) return ofAccount.replace(/\$\{AWS::AccountId\}/, account).replace(/\$\{AWS::Region\}/, region);
  const name = TableName ?? FunctionName ?? LogGroupName ?? DomainName;
  return typeof name === 'string' ? name : undefined;
}

/** Returns the key of a resource in `account.named`. */
export const nameKey = (resource: Resource): string | undefined =>
  customName(resource) && `${resource.Type} ${customName(resource)}`;

/** Returns what `Ref` gives for a resource. */
export const physicalId = (id: string, resource: Resource): string =>
  customName(resource) ?? arnOf(id, resource).split(/[:/]/).at(-1) ?? '';

/** Returns a stack by its name or its id. A deleted one is found by its id alone. */
export const findStack = (account: Account, nameOrId: string): Stack | undefined =>
  account.stacks.find(({ name, id, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'));
