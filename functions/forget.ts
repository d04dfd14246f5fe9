import { dayAt } from '../core/day.ts';
import { dynamoClient } from '../store/client.ts';
import { visitorsStore } from '../store/visitors.ts';
import { parseSettings } from './settings.ts';

const { timeZone, visitorsTable } = parseSettings(process.env);
const visitors = visitorsStore(dynamoClient(), visitorsTable);

/** Four times a day, at the instant `time` (ISO 8601): erases the salts of past days, so that no marker can be traced. */
export async function handler({ time }: { time: string }): Promise<void> {
  await visitors.forget(dayAt(Date.parse(time), timeZone));
}
