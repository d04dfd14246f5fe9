import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ask } from './aws-error.ts';
import type { AwsOptions } from './aws-options.ts';
import { type Finding, ok, printable, warning } from './finding.ts';

/** As many instances as a new account runs at once: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const quotaOfNewAccounts = 10;

/** Says whom AWS takes you for. */
export const checkCredentials = (options: AwsOptions): Promise<Finding[]> =>
  ask('Credentials', 'sts:GetCallerIdentity', async () => {
    const { Arn = '' } = await new STSClient(options).send(new GetCallerIdentityCommand());
    return [ok(`AWS knows you as ${printable(Arn)}, in the region ${options.region}.`)];
  });

/** Says how many functions run at once. */
export const checkQuota = (options: AwsOptions): Promise<Finding[]> =>
  ask('The Lambda quota', 'lambda:GetAccountSettings', async () => {
    const { AccountLimit } = await new LambdaClient(options).send(new GetAccountSettingsCommand());
    const { ConcurrentExecutions, UnreservedConcurrentExecutions = ConcurrentExecutions } = AccountLimit ?? {};
    return [quotaFinding(UnreservedConcurrentExecutions, options.region)];
  });

export function quotaFinding(instances: number | undefined, region: string): Finding {
  if (instances === undefined) return warning('AWS did not say how many instances Lambda runs at once.');
  if (instances > quotaOfNewAccounts) return ok(`Lambda runs up to ${instances} instances at once.`);
  return warning(
    `Lambda runs only ${instances} instances at once. A burst of more hits than that can lose hits.`,
    `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`,
  );
}
