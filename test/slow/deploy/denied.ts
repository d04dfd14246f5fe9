import { account } from '../../deploy/arns.ts';
import type { Attempt } from '../../deploy/policy.ts';

export const userArn = `arn:aws:iam::${account}:user/deployer`;

/** Returns AWS's sentence about a right that is missing. */
export const deniedMessage = ({ action, resource }: Attempt): string =>
  `User: ${userArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
