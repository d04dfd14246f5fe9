import { readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import type { Day } from '../core/calendar/day.ts';
import { lastDayOf, monthOf } from '../core/calendar/month.ts';
import { lastDayOfYear, yearOf } from '../core/calendar/year.ts';
import type { Counters } from '../core/counters/names.ts';
import { concurrently } from '../store/concurrently.ts';
import { rollUp } from '../store/roll-up.ts';
import { rollupState } from '../store/rollup-state.ts';
import { statisticsStore } from '../store/statistics.ts';
import { summariesStore } from '../store/summaries.ts';
import { localClient } from './local-client.ts';

/** A blog stays far below them. */
const caps = { maxPages: 5_000, maxUrlBytes: 1_000_000, maxNames: 2_000 };
const daysAtOnce = 4;

/**
 * Writes days whose rows have expired, as the roll-ups of their nights have: their summaries, and those of their months
 * and years. `countersOf` has their counters by day and URL. The nightly roll-up then goes on with the next day.
 */
export async function writeClosedDays(
  countersOf: Record<string, Record<string, Counters>>,
  days: Day[],
  epoch: number,
  onDay: () => void,
): Promise<void> {
  const { statisticsTable: tableName } = readTableNames(process.env);
  const retentionDays = readSetting('RETENTION_DAYS', process.env);
  const client = localClient();
  const statistics: ReturnType<typeof statisticsStore> = {
    ...statisticsStore(client, tableName),
    async eachRow(day, _epoch, onRow) {
      for (const [url, counters] of Object.entries(countersOf[day] ?? {}))
        onRow(url, new Map(Object.entries(counters)));
    },
  };
  const since = new Map<string, Day>();
  const stores = { statistics, summaries: summariesStore(client, tableName) };
  const rollup = rollUp(stores, { caps, retentionDays, mayShrink: new Set() }, since, epoch);
  await concurrently(daysAtOnce, days, async (day) => {
    await rollup.day(day);
    onDay();
  });
  for (const day of days) {
    if (day === lastDayOf(monthOf(day))) await rollup.month(monthOf(day));
    if (day === lastDayOfYear(yearOf(day))) await rollup.year(yearOf(day));
  }
  await rollupState(client, tableName).advance(days.at(-1), since);
  client.destroy();
}
