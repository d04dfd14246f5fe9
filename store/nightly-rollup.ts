import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, oldestKept } from '../core/calendar/day.ts';
import { lastDayOf, monthOf } from '../core/calendar/month.ts';
import { lastDayOfYear, yearOf } from '../core/calendar/year.ts';
import { oldMonthsStore } from './old-months.ts';
import { type RollupOutcome, type RollupSettings, rollUp } from './roll-up.ts';
import { rollupState } from './rollup-state.ts';
import { statisticsStore } from './statistics.ts';
import { summariesStore } from './summaries.ts';

/** When a roll-up runs. */
export interface RollupNight {
  /** In milliseconds since 1970. */
  epoch: number;
  /** The site's day at that time. The days before are over. */
  today: Day;
  /** Days to add up again. */
  again: Day[];
  /** Whether to leave what is left to the next night. */
  isTimeOver: () => boolean;
}

/**
 * Adds up what is due: months that an earlier version rolled up, new days with their months and years, and days that had
 * late increments. It can be cut at any write: the next run goes on, and readers see no part. Throws the SDK's errors.
 */
export async function nightlyRollup(
  client: DynamoDBClient,
  tableName: string,
  settings: RollupSettings & { detailDays: number },
  { epoch, today, again, isTimeOver }: RollupNight,
): Promise<RollupOutcome & { isDone: boolean }> {
  const state = rollupState(client, tableName);
  const oldMonths = oldMonthsStore(client, tableName);
  const stores = { statistics: statisticsStore(client, tableName), summaries: summariesStore(client, tableName) };
  const now = Math.floor(epoch / 1000);
  const yesterday = dayAfter(today, -1);
  for (const day of again) await state.markLate(day, now);
  const { through, since, late } = await state.read(epoch);
  const { day, monthOfRows, month, year, outcome } = rollUp(stores, settings, since, epoch);

  async function addUpOldMonths() {
    const months = await oldMonths.list(epoch);
    for (const each of months) {
      await monthOfRows(each);
      if (yearOf(each) < yearOf(today)) await year(yearOf(each));
      await state.advance(through, since);
    }
    return months;
  }

  /** A day counts as rolled up when its month and year are, too, if it ends them. Days before the first count as well. */
  async function addUpNewDays(): Promise<boolean> {
    const firstDay = through ? dayAfter(through, 1) : dayAfter(today, -settings.retentionDays - 2);
    for (let each = firstDay; each <= yesterday; each = dayAfter(each, 1)) {
      if (isTimeOver()) return false;
      await day(each);
      if (each === lastDayOf(monthOf(each))) await month(monthOf(each));
      if (each === lastDayOfYear(yearOf(each))) await year(yearOf(each));
      if (since.size > 0 || each === yesterday) await state.advance(each, since);
    }
    return true;
  }

  /** Marks are removed at the end, unless an increment may still be under way. */
  async function addUpLateDays(): Promise<boolean> {
    const days = [...late].filter((each) => each <= yesterday && each >= oldestKept(today, settings.detailDays));
    for (const each of days) {
      if (isTimeOver()) return false;
      await day(each);
    }
    for (const each of new Set(days.map(monthOf))) if (lastDayOf(each) <= yesterday) await month(each);
    for (const each of new Set(days.map(yearOf))) if (lastDayOfYear(each) <= yesterday) await year(each);
    await state.advance(yesterday, since);
    for (const each of late) await state.unmark(each, now);
    return true;
  }

  async function removeOldMonths(months: Awaited<ReturnType<typeof addUpOldMonths>>): Promise<boolean> {
    for (const each of months) {
      if (isTimeOver()) return false;
      await oldMonths.remove(each, epoch);
    }
    return true;
  }

  const months = await addUpOldMonths();
  const isDone = (await addUpNewDays()) && (await addUpLateDays()) && (await removeOldMonths(months));
  return { ...outcome, isDone };
}
