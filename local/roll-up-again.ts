import { readLimits, readTableNames } from '../config/function-settings.ts';
import { dayAt, isDay, oldestKept } from '../core/calendar/day.ts';
import { rollupState } from '../store/rollup-state.ts';
import { localClient } from './local-client.ts';

/**
 * Rolls up days again whose summaries lack hits that a history added, with the settings in the environment. Returns the
 * first day that the dashboard shows whole, or undefined if these are all days.
 */
export async function rollUpAgain(days: string[], timeZone: string): Promise<string | undefined> {
  const client = localClient();
  const { through } = await rollupState(client, readTableNames(process.env).statisticsTable).read(Date.now());
  client.destroy();
  const closed = days.filter((day) => isDay(day) && through !== undefined && day <= through).sort();
  if (closed.length === 0) return undefined;
  const oldest = oldestKept(dayAt(Date.now(), timeZone), readLimits(process.env).detailDays);
  const [from = '', to = ''] = [closed.find((day) => day >= oldest), closed.at(-1)];
  const { handler } = await import('../functions/rollup.ts');
  if (from !== '') await handler({ from, to });
  return String(closed[0]) < oldest ? oldest : undefined;
}
