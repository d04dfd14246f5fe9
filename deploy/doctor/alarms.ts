import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import { ask } from './aws-error.ts';
import type { AwsOptions } from './aws-options.ts';
import { type Finding, ok, printable, problem, warning } from './finding.ts';

/** How many names DescribeAlarms takes. */
const mostNames = 100;

/** Says which alarms of a stack are in alarm. */
export const checkAlarms = (names: string[], options: AwsOptions): Promise<Finding[]> =>
  ask('The alarms', 'cloudwatch:DescribeAlarms', async () => {
    const describe = new DescribeAlarmsCommand({ AlarmNames: names.slice(0, mostNames), MaxRecords: mostNames });
    const { MetricAlarms = [] } = names.length > 0 ? await new CloudWatchClient(options).send(describe) : {};
    return alarmFindings(names, MetricAlarms);
  });

type Alarm = Pick<MetricAlarm, 'AlarmName' | 'AlarmDescription' | 'StateValue'>;

export function alarmFindings(names: string[], alarms: Alarm[]): Finding[] {
  const missing = names.filter((name) => !alarms.some(({ AlarmName }) => AlarmName === name));
  const found = alarms
    .filter(({ StateValue }) => StateValue === 'ALARM')
    .map(({ AlarmName = '', AlarmDescription = '' }) =>
      problem(
        `In alarm: ${printable(AlarmName)}. ${printable(AlarmDescription, 200)}`,
        'docs/deploying.md, "Alarms and a budget", says what to do.',
      ),
    );
  if (missing.length > 0 || names.length === 0)
    found.push(warning(`Alarms that are not there: ${missing.join(', ') || 'all'}.`, 'Deploy again: npx sls deploy.'));
  return found.length > 0 ? found : [ok(`No alarm is in alarm, of ${alarms.length}.`)];
}

/** Says whether AWS mails alarms. `topic` is undefined if the stack has none. */
export const checkMails = (topic: string | undefined, email: string, options: AwsOptions): Promise<Finding[]> =>
  ask('The mails', 'sns:ListSubscriptionsByTopic', async () => {
    if (!topic) return [mailFinding(email, options.region, topic, [])];
    const list = new ListSubscriptionsByTopicCommand({ TopicArn: topic });
    const { Subscriptions = [] } = await new SNSClient(options).send(list);
    return [mailFinding(email, options.region, topic, Subscriptions)];
  });

export function mailFinding(
  email: string,
  region: string,
  topic: string | undefined,
  subscriptions: Pick<Subscription, 'Endpoint' | 'SubscriptionArn'>[],
): Finding {
  if (!topic)
    return email
      ? warning('ALARM_EMAIL is set, but AWS mails no alarm yet.', 'Deploy: npx sls deploy.')
      : ok('AWS mails no alarm, because ALARM_EMAIL is not set.');
  const isConfirmed = ({ SubscriptionArn }: (typeof subscriptions)[number]) => SubscriptionArn?.startsWith('arn:');
  const [confirmed] = subscriptions.filter(isConfirmed);
  if (confirmed) return ok(`AWS mails alarms to ${printable(confirmed.Endpoint ?? '')}.`);
  const [pending] = subscriptions;
  const address = printable(pending?.Endpoint ?? email) || 'ADDRESS';
  const subscribe = `aws sns subscribe --region ${region} --topic-arn ${topic} --protocol email --notification-endpoint ${address}`;
  if (pending?.SubscriptionArn === 'PendingConfirmation')
    return warning(
      `AWS mails no alarm, because ${address} is not confirmed.`,
      `Follow the link in the mail from AWS Notifications. For another mail: ${subscribe}`,
    );
  return warning('AWS mails no alarm, because nobody subscribes to them.', subscribe);
}
