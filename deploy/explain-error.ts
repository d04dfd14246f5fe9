/** An error of `sls` or of the AWS SDK. */
export interface Failure {
  name?: string;
  code?: string;
  message: string;
  /** What `sls` prints instead of the message, where it is set. */
  decoratedMessage?: string;
}

/** Returns what `sls` should print for an error about credentials or rights; undefined for other errors. */
export function explainError(error: Failure): string | undefined {
  const kinds = [error.code, error.name].map((each) => each ?? '');
  const is = (pattern: RegExp) => kinds.some((kind) => pattern.test(kind));
  if (is(/^AWS_CREDENTIALS_NOT_FOUND$/))
    return 'sls found no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as docs/deploying.md describes.';
  const said = error.decoratedMessage ?? error.message;
  if (is(/^ExpiredToken|^RequestExpired$/) || /session .*has expired|token is expired/i.test(error.message))
    return `${said}\n\nYour AWS credentials have expired. Sign in again, for instance with aws sso login, as docs/deploying.md describes.`;
  if (
    is(/^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|SignatureDoesNotMatch|UNRECOGNIZED_AWS_PROFILE)/)
  )
    return `${said}\n\nAWS does not know these credentials. Set them as docs/deploying.md describes.`;
  const action = missingAction(error);
  if (!action) return undefined;
  const boundary = boundActions.includes(action)
    ? ' The policy asks for a boundary, too: set PERMISSIONS_BOUNDARY=footfall-boundary.'
    : '';
  return `${said}\n\nYour AWS user lacks the right ${action}. The deploy policy has it: see docs/deploying.md#least-privilege.${boundary}`;
}

/** By code of `sls`, which drops AWS's message: the action that it was refused. */
const actions: Record<string, string> = {
  AWS_S3_HEAD_BUCKET_FORBIDDEN: 's3:ListBucket',
  AWS_S3_HEAD_OBJECT_FORBIDDEN: 's3:GetObject',
  AWS_S3_LIST_OBJECTS_V2_ACCESS_DENIED: 's3:ListBucket',
  CANNOT_DELETE_S3_OBJECTS_ACCESS_DENIED: 's3:DeleteObject',
};

/** What the deploy policy allows only for roles with the boundary. */
const boundActions = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'];

function missingAction({ code = '', message }: Failure): string | undefined {
  if (/UnauthorizedTagging|Unauthorized tagging/.test(message)) return 'to tag this resource';
  return /is not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? actions[code];
}
