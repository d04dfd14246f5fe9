import { needsOf } from '../../deploy/needs.ts';
import { allows } from '../../deploy/policy.ts';
import type { Resource } from '../../deploy/sls.ts';
import type { Account } from './account.ts';
import { deniedMessage } from './denied.ts';
import { type Change, type ChangeSet, nameKey, physicalId, type Stack } from './stack.ts';

/** Carries a change set out, or undoes it where a resource fails, and records the events. */
export function execute(account: Account, stack: Stack, { type, changes, template }: ChangeSet): void {
  const verb = type === 'CREATE' ? 'CREATE' : 'UPDATE';
  ofStack(stack, `${verb}_IN_PROGRESS`);
  const done: Change[] = [];
  for (const change of changes) {
    const reason = carryOut(account, stack, change);
    if (reason === undefined) {
      done.push(change);
      continue;
    }
    undo(account, stack, done.reverse());
    const rollback = verb === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
    ofStack(stack, `${rollback}_IN_PROGRESS`, `The following resource(s) failed: [${change.id}].`);
    stack.settlesAs = `${rollback}_COMPLETE`;
    stack.asked = 0;
    return;
  }
  stack.template = template;
  ofStack(stack, `${verb}_COMPLETE`);
}

/** Deletes a stack with its resources, but for those that it retains. */
export function deleteStack(account: Account, stack: Stack): void {
  ofStack(stack, 'DELETE_IN_PROGRESS');
  for (const [id, resource] of Object.entries(stack.resources).reverse()) {
    const isRetained = /^Retain/.test(resource.DeletionPolicy ?? '');
    const reason = isRetained ? undefined : carryOut(account, stack, { action: 'Remove', id, resource });
    if (reason !== undefined) {
      ofStack(stack, 'DELETE_FAILED', reason);
      return;
    }
    if (isRetained) release(account, stack, { action: 'Remove', id, resource });
  }
  ofStack(stack, 'DELETE_COMPLETE');
}

const verbs = { Add: 'CREATE', Import: 'IMPORT', Modify: 'UPDATE', Remove: 'DELETE' };
const handlers = { Add: 'create', Import: 'read', Modify: 'update', Remove: 'delete' } as const;

/** Returns why a change failed, or undefined. */
function carryOut(account: Account, stack: Stack, change: Change): string | undefined {
  const { action, id, resource } = change;
  const event = (status: string, reason?: string) => ofResource(stack, change, `${verbs[action]}_${status}`, reason);
  event('IN_PROGRESS');
  const missing = needsOf(id, resource, ['read', handlers[action]]).find((need) => !allows(account.policy, need));
  const bucket = account.buckets.get(physicalId(id, resource));
  const failure =
    (missing && refusal(deniedMessage(missing), 'AccessDenied')) ??
    (action === 'Remove' ? undefined : account.failures.get(id)) ??
    (action === 'Remove' && bucket?.size
      ? refusal('The bucket you tried to delete is not empty', 'Conflict')
      : undefined);
  if (failure !== undefined) {
    event('FAILED', failure);
    return failure;
  }
  const key = nameKey(resource);
  if (action === 'Remove') {
    delete stack.resources[id];
    if (resource.Type === 'AWS::S3::Bucket') account.buckets.delete(physicalId(id, resource));
    if (key) account.named.delete(key);
  } else {
    if (action === 'Add' && resource.Type === 'AWS::S3::Bucket')
      account.buckets.set(physicalId(id, resource), new Map());
    const items = (key && account.named.get(key)?.items) || 0;
    if (key) account.named.set(key, { stackId: stack.id, items, modified: new Date() });
    stack.resources[id] = resource;
  }
  event('COMPLETE');
  return undefined;
}

const refusal = (message: string, code: string) =>
  `Resource handler returned message: "${message}" (RequestToken: 1, HandlerErrorCode: ${code})`;

/** Takes changes back: what was created goes, unless it is to be retained whatever happens. */
function undo(account: Account, stack: Stack, changes: Change[]) {
  for (const change of changes) {
    const { action, id, resource } = change;
    const before = stack.template.Resources[id];
    if (action === 'Modify' && before) {
      stack.resources[id] = before;
      const named = account.named.get(nameKey(before) ?? '');
      if (named) named.modified = new Date();
    }
    if (action === 'Import' || (action === 'Add' && resource.DeletionPolicy === 'Retain'))
      release(account, stack, change);
    else if (action === 'Add') carryOut(account, stack, { action: 'Remove', id, resource });
  }
}

/** Takes a resource out of the stack and leaves it alone. */
function release(account: Account, stack: Stack, change: Change) {
  delete stack.resources[change.id];
  const named = account.named.get(nameKey(change.resource) ?? '');
  if (named) named.stackId = undefined;
  ofResource(stack, change, 'DELETE_SKIPPED');
}

function ofStack(stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  record(stack, stack.name, 'AWS::CloudFormation::Stack', status, reason);
}

const ofResource = (
  stack: Stack,
  { id, resource }: { id: string; resource: Resource },
  status: string,
  reason?: string,
) => record(stack, id, resource.Type, status, reason);

const record = (stack: Stack, id: string, type: string, ResourceStatus: string, ResourceStatusReason?: string) =>
  stack.events.unshift({
    EventId: stack.events.length,
    StackName: stack.name,
    LogicalResourceId: id,
    ResourceType: type,
    ResourceStatus,
    ResourceStatusReason,
  });
