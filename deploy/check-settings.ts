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
}
