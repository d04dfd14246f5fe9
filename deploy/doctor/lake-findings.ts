import { DescribeDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import type { CheckedDay } from '../../core/lake/checked-days.ts';
import { counted } from '../../views/text.ts';
import { ask } from './aws-error.ts';
import type { AwsOptions } from './aws-options.ts';
import { checkOnAws } from './check-on-aws.ts';
import { type Finding, ok, printable, problem, warning } from './finding.ts';
import { physicalId, type Resource } from './stack.ts';

const readSection = 'docs/deploying.md, "The lake", says what to do.';

/** Says whether the stream of a lake takes records, and whether the lake has the hits of the last closed days. */
export async function examineLake(resources: Resource[], options: AwsOptions): Promise<Finding[]> {
  const stream = ask('The stream of the lake', 'firehose:DescribeDeliveryStream', async () => {
    const DeliveryStreamName = physicalId(resources, 'LakeStream');
    const describe = new DescribeDeliveryStreamCommand({ DeliveryStreamName });
    const { DeliveryStreamDescription } = await new FirehoseClient(options).send(describe);
    return [streamFinding(DeliveryStreamDescription?.DeliveryStreamStatus)];
  });
  const days = ask('The days of the lake', 'lambda:InvokeFunction', async () =>
    daysFindings(await checkOnAws(physicalId(resources, 'LakeCheckLambdaFunction') ?? '', options)),
  );
  return (await Promise.all([stream, days])).flat();
}

export const missingLake = warning('LAKE is on, but the stack has no lake yet.', 'Deploy: npx sls deploy.');

export const streamFinding = (status = 'unknown'): Finding =>
  status === 'ACTIVE'
    ? ok('The stream of the lake takes records.')
    : problem(`The stream of the lake takes no records: ${status}.`, 'Deploy again: npx sls deploy.');

/** Says which of the last closed days lack hits in the lake. `days` is a text if the check failed. */
export function daysFindings(days: CheckedDay[] | string): Finding[] {
  if (typeof days === 'string')
    return [problem(printable(days, 200), 'Read the log: npx sls logs -f lakeCheck --startTime 1d.')];
  const hits = ({ views, events }: CheckedDay['counted']) => views + events;
  const failing = days.filter(({ fails }) => fails);
  if (failing.length > 0)
    return failing.map((each) =>
      problem(
        `The lake has ${hits(each.kept)} hits of ${each.day}, but ${hits(each.counted)} were counted.`,
        readSection,
      ),
    );
  const sum = (which: 'counted' | 'kept') => days.reduce((all, day) => all + hits(day[which]), 0);
  if (days.length === 0) return [ok('The lake has no closed day to check yet.')];
  return [
    ok(`The lake has ${sum('kept')} of the ${sum('counted')} hits of the last ${counted(days.length, 'closed day')}.`),
  ];
}
