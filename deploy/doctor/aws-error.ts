import { type Finding, printable, problem, warning } from './finding.ts';

/** Returns whether AWS does not accept the credentials, or there are none. */
export const isAboutCredentials = ({ name }: Error): boolean =>
  /^(CredentialsProviderError|ExpiredToken|RequestExpired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|SignatureDoesNotMatch|TokenProviderError)/.test(
    name,
  );

/** Says why AWS did not answer a question. `action` is the right that the question needs. */
export function awsFinding(what: string, action: string, error: Error): Finding {
  const said = printable(`${error.name}: ${error.message}`, 200);
  if (/^(AccessDenied|UnauthorizedOperation|AuthorizationError|Forbidden)/.test(error.name))
    return warning(
      `${what}: not checked, because your AWS user may not call ${action}.`,
      'Update your policies from infra/deploy-policy*.json, or run this as administrator.',
    );
  if (isAboutCredentials(error))
    return problem(
      `AWS does not accept your credentials. ${said}`,
      'Sign in again, for example with aws sso login. Set AWS_PROFILE if you use a profile: docs/deploying.md.',
    );
  return problem(`${what}: not checked. ${said}`, 'Check the network and AWS_REGION, and run this again.');
}

/** Returns what a question to AWS finds, or a finding about why AWS did not answer. */
export async function ask(what: string, action: string, question: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await question();
  } catch (error) {
    return [awsFinding(what, action, error as Error)];
  }
}
