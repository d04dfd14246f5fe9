import { readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { dayAt } from '../core/calendar/day.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { dailySalts } from '../store/salts.ts';

const timeZone = readSetting('TIME_ZONE', process.env);
const salts = dailySalts(
  dynamoClient(standard(readRequestTimeout(process.env))),
  readTableNames(process.env).visitorsTable,
);

/** Deletes the salts of past days, four times a day, at the instant `time` (ISO 8601). Their records then mean nothing. */
export async function handler({ time }: { time: string }): Promise<void> {
  await salts.purgeSalts(dayAt(Date.parse(time), timeZone));
}
