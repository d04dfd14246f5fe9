import { setTimeout } from 'node:timers/promises';
import { askCloudFormation, type Serverless } from './cloudformation.ts';

/** No operation of this stack takes longer. */
const longestOperation = 15 * 60_000;
/** A deploy executes its change set at once: one that waits for longer was left behind. */
const abandonedAfter = 10 * 60_000;

/**
 * Prepares the stack for a deploy after one that failed: waits until the stack is at rest, and deletes one that was never
 * created, for either of which `sls` ends in an error. Makes `sls` deploy what was rolled back: it would skip files that it
 * has uploaded before.
 */
export async function readyStack(serverless: Serverless, notice: (text: string) => void): Promise<void> {
  const status = await atRest(serverless, notice);
  if (!status) return;
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    for (const plugin of serverless.pluginManager.plugins.filter(checksForChanges)) plugin.options.force = true;
  if (!(await wasNeverCreated(serverless, status))) return;
  notice(`Deleting the stack that an earlier deploy could not create (${status})`);
  await askCloudFormation(serverless, 'DeleteStack', { StackName: stackName(serverless) });
  await atRest(serverless, notice);
}

const checksForChanges = (plugin: object): plugin is { options: { force?: boolean } } => 'checkForChanges' in plugin;

const stackName = (serverless: Serverless) => serverless.getProvider('aws').naming.getStackName();

/** Returns the status of the stack once nothing is under way; undefined if there is no stack. */
async function atRest(serverless: Serverless, notice: (text: string) => void): Promise<string | undefined> {
  const end = Date.now() + longestOperation;
  for (let noticed = false; ; noticed = true) {
    const status = await statusOf(serverless);
    if (!status || status === 'REVIEW_IN_PROGRESS' || !status.endsWith('_IN_PROGRESS') || Date.now() > end)
      return status;
    if (!noticed) notice(`Waiting for the stack, which is in ${status}`);
    await setTimeout(Number(process.env.SLS_AWS_MONITORING_FREQUENCY ?? 5_000));
  }
}

async function statusOf(serverless: Serverless): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await askCloudFormation<{ Stacks?: { StackStatus: string }[] }>(
      serverless,
      'DescribeStacks',
      { StackName: stackName(serverless) },
    );
    return Stacks[0]?.StackStatus;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Returns whether a stack holds nothing, because its creation failed or was not even begun. */
async function wasNeverCreated(serverless: Serverless, status: string): Promise<boolean> {
  if (status !== 'REVIEW_IN_PROGRESS') return status === 'ROLLBACK_COMPLETE';
  try {
    const { Status, CreationTime } = await askCloudFormation<{ Status?: string; CreationTime?: Date }>(
      serverless,
      'DescribeChangeSet',
      {
        StackName: stackName(serverless),
        ChangeSetName: serverless.getProvider('aws').naming.getStackChangeSetName(),
      },
    );
    return Status === 'FAILED' || Date.now() - Number(CreationTime ?? Date.now()) > abandonedAfter;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

const isMissing = (error: unknown) =>
  ['ValidationError', 'ChangeSetNotFound', 'ChangeSetNotFoundException'].includes((error as Error).name) &&
  /does not exist/.test((error as Error).message);
