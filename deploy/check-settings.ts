import { dayAt } from '../core/day.ts';
import { parseAccess } from '../functions/access.ts';
import { parseSettings } from '../functions/settings.ts';

/** Throws an Error that says what to set, before anything is packaged with settings that cannot work. */
export function checkSettings(environment: Record<string, string>): void {
  const { timeZone } = parseSettings(environment);
  try {
    dayAt(0, timeZone);
  } catch {
    throw new Error(`TIME_ZONE is "${timeZone}", which is not an IANA time zone: take one like UTC or Europe/Berlin.`);
  }
  parseAccess(environment);
  for (const [name, { takes, pattern }] of Object.entries(ofDeployment)) {
    const value = environment[name] ?? '';
    if (value !== '' && !pattern.test(value)) throw new Error(`${name} is "${value}": it takes ${takes}.`);
  }
  if (environment.MONTHLY_BUDGET && !environment.ALARM_EMAIL)
    throw new Error('MONTHLY_BUDGET needs ALARM_EMAIL: the address that is told.');
  if (environment.DOMAIN && !environment.CERTIFICATE_ARN)
    throw new Error('DOMAIN needs CERTIFICATE_ARN: its certificate on ACM, in the region of the deployment.');
  if (environment.CERTIFICATE_ARN && !environment.DOMAIN)
    throw new Error('CERTIFICATE_ARN needs DOMAIN: the host name that the certificate is for.');
}

const count = { takes: 'a whole number from 1 to 99999', pattern: /^[1-9]\d{0,4}$/ };

/** What the settings take that only CloudFormation reads, or that must fit what stands in serverless.yml. */
const ofDeployment: Record<string, { takes: string; pattern: RegExp }> = {
  // With the queue's time it is 1.3 times this, and track has 5 s.
  HIT_TIMEOUT: { takes: 'from 100 to 3000 milliseconds', pattern: /^([1-9]\d\d|[12]\d{3}|3000)$/ },
  API_RATE: count,
  API_BURST: count,
  MAX_WRITE_UNITS: count,
  MAX_READ_UNITS: count,
  TRACK_CONCURRENCY: count,
  MONTHLY_BUDGET: { takes: 'US dollars, like 5 or 7.50', pattern: /^\d{1,7}(\.\d\d?)?$/ },
  ALARM_EMAIL: { takes: 'an e-mail address', pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ },
  STATISTICS_ON_REMOVE: { takes: 'Retain or Delete', pattern: /^(Retain|Delete)$/ },
  PERMISSIONS_BOUNDARY: { takes: 'the name of a policy, like footfall-boundary', pattern: /^[\w+=,.@-]{1,128}$/ },
  DOMAIN: { takes: 'a host name like stats.example.com', pattern: /^([a-z0-9-]+\.)+[a-z]{2,}$/ },
  CERTIFICATE_ARN: {
    takes: 'the ARN of a certificate on ACM',
    pattern: /^arn:aws[\w-]*:acm:[\w-]+:\d+:certificate\/[\w-]+$/,
  },
};
