import { readAuthSettings } from '../config/function-settings.ts';
import { type Environment, readSetting, type SettingName, settings } from '../config/settings.ts';
import { dayAt } from '../core/calendar/day.ts';

/** Milliseconds. With the queue's time a hit takes up to 1.3 times HIT_TIMEOUT, and track has 5 s in serverless.yml. */
const hitTimeout = { least: 100, most: 3000 };

/** Settings that need another one, and why. */
const pairs: [SettingName, SettingName, string][] = [
  ['MONTHLY_BUDGET', 'ALARM_EMAIL', 'the address that gets the mail'],
  ['DOMAIN', 'CERTIFICATE_ARN', 'its certificate on ACM, in the region of the deployment'],
  ['CERTIFICATE_ARN', 'DOMAIN', 'the host name that the certificate is for'],
];

/** Throws an Error that says what to set, before anything is packaged with settings that cannot work on AWS. */
export function checkDeployment(env: Environment, stage = 'prod'): void {
  checkSettings(env);
  if (stage !== 'prod' && readSetting('CAPACITY', env) === 'free')
    throw new Error(
      `CAPACITY is "free", but the stage is ${stage}: an account has the free units once, for the stage prod. Leave CAPACITY out for ${stage}.`,
    );
  checkLakeZone(env);
  const ms = readSetting('HIT_TIMEOUT', env);
  if (ms < hitTimeout.least || ms > hitTimeout.most)
    throw new Error(`HIT_TIMEOUT is "${ms}": it takes from ${hitTimeout.least} to ${hitTimeout.most} milliseconds.`);
}

/** Throws an Error that says what to set, if the settings cannot work anywhere. */
export function checkSettings(env: Environment): void {
  for (const name of Object.keys(settings) as SettingName[]) readSetting(name, env);
  checkTimeZone(readSetting('TIME_ZONE', env));
  readAuthSettings(env);
  checkRetention(readSetting('DETAIL_DAYS', env), readSetting('RETENTION_DAYS', env));
  for (const [name, needed, why] of pairs)
    if (readSetting(name, env) && !readSetting(needed, env)) throw new Error(`${name} needs ${needed}: ${why}.`);
}

/** A hit that comes late changes its day, and its month is then added up from summaries of days up to 31 days older. */
function checkRetention(detailDays: number, retentionDays: number): void {
  const least = detailDays + 32;
  if (retentionDays < least)
    throw new Error(
      `RETENTION_DAYS is "${retentionDays}": with DETAIL_DAYS of ${detailDays}, it takes at least ${least}.`,
    );
}

/** Firehose takes no other names for the folders of days (AWS API reference: ExtendedS3DestinationConfiguration). */
function checkLakeZone(env: Environment): void {
  const timeZone = readSetting('TIME_ZONE', env);
  if (readSetting('LAKE', env) === 'on' && !/^[a-zA-Z/_]+$/.test(timeZone))
    throw new Error(
      `TIME_ZONE is "${timeZone}": with LAKE=on, its name can have only letters, slashes and underscores. Choose a city with the same clock.`,
    );
}

function checkTimeZone(timeZone: string): void {
  try {
    dayAt(0, timeZone);
  } catch {
    throw new Error(`TIME_ZONE is "${timeZone}": it takes ${settings.TIME_ZONE.takes}.`);
  }
}
