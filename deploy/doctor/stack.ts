import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { awsFinding } from './aws-error.ts';
import type { AwsOptions } from './aws-options.ts';
import { type Finding, ok, printable, problem, warning } from './finding.ts';

/** What the stack has: the address of /track, and its resources. */
export interface Deployed {
  track?: URL | undefined;
  resources: Resource[];
}

/** A resource by its name in the template, and what AWS calls it. */
export interface Resource {
  name: string;
  type: string;
  id: string;
}

/** Returns what AWS calls a resource; undefined if the stack does not have it. */
export const physicalId = (resources: Resource[], wanted: string): string | undefined =>
  resources.find(({ name }) => name === wanted)?.id;

/** Says whether the stack is deployed, and returns what it has. */
export async function checkStack(
  name: string,
  options: AwsOptions,
): Promise<{ findings: Finding[]; deployed: Deployed }> {
  const client = new CloudFormationClient(options);
  const deployed: Deployed = { resources: [] };
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const output = (key: string) => Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    deployed.track = URL.parse(output('TrackUrl') ?? '') ?? undefined;
    const pages = paginateListStackResources({ client }, { StackName: name });
    for await (const { StackResourceSummaries = [] } of pages)
      for (const {
        LogicalResourceId: name = '',
        ResourceType: type = '',
        PhysicalResourceId: id = '',
      } of StackResourceSummaries)
        deployed.resources.push({ name, type, id });
    return { findings: [stackFinding(name, options.region, Stacks[0])], deployed };
  } catch (error) {
    const isMissing = /does not exist/.test((error as Error).message);
    const finding = isMissing
      ? stackFinding(name, options.region, undefined)
      : awsFinding('The stack', 'cloudformation:DescribeStacks and ListStackResources', error as Error);
    return { findings: [finding], deployed };
  }
}

export function stackFinding(name: string, region: string, stack: Pick<Stack, 'StackStatus' | 'Outputs'> | undefined) {
  if (!stack)
    return problem(
      `There is no stack ${name} in ${region}.`,
      'Deploy: npx sls deploy. Set AWS_REGION if it is elsewhere.',
    );
  const status: string = stack.StackStatus ?? 'unknown';
  const dashboard = stack.Outputs?.find(({ OutputKey }) => OutputKey === 'DashboardUrl')?.OutputValue;
  if (/_IN_PROGRESS$/.test(status))
    return warning(`The stack ${name} is changing: ${status}.`, 'Wait for the end of the deploy, and run this again.');
  if (!dashboard || !/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(status))
    return problem(
      `The stack ${name} does not work: ${status}.`,
      'Deploy again: npx sls deploy. The events of the stack in the CloudFormation console say what failed.',
    );
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return warning(
      `The last deploy of ${name} failed, and the version before it runs at ${printable(dashboard)}.`,
      'Deploy again: npx sls deploy. The events of the stack in the CloudFormation console say what failed.',
    );
  return ok(`The stack ${name} is deployed, with the dashboard at ${printable(dashboard)}.`);
}
