import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter, oldestKept } from '../core/calendar/day.ts';
import { lastDayOf, monthOf } from '../core/calendar/month.ts';
import { lastDayOfYear, yearOf } from '../core/calendar/year.ts';
import { earliestDay } from '../core/report/range.ts';
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
  /** Whether these, and their months and years, may lose counts. */
  mayShrink: boolean;
  /** Whether to leave what is left to the next night. */
  isTimeOver: () => boolean;
}

/** A roll-up reads what it has just written. */
const reads = { ConsistentRead: true } as const;

/**
 * Adds up what is due: months that an earlier version rolled up, new days with their months and years, and days that had
 * late increments. It can be cut at any write: the next run goes on, and readers see no part. Throws the SDK's errors.
 */
export async function nightlyRollup(
  client: DynamoDBClient,
  tableName: string,
  { detailDays, ...settings }: Omit<RollupSettings, 'mayShrink'> & { detailDays: number },
  { epoch, today, again, mayShrink, isTimeOver }: RollupNight,
): Promise<RollupOutcome & { isDone: boolean }> {
  const state = rollupState(client, tableName, reads);
  const oldMonths = oldMonthsStore(client, tableName);
  const stores = {
    statistics: statisticsStore(client, tableName),
    summaries: summariesStore(client, tableName, reads),
  };
  const now = Math.floor(epoch / 1000);
  const yesterday = dayAfter(today, -1);
  for (const day of again) await state.markLate(day, now);
  const { through, since, late } = await state.read(epoch);
  const shrinking = mayShrink ? again.flatMap((each) => [each, monthOf(each), yearOf(each)]) : [];
  const { outcome, ...add } = rollUp(stores, { ...settings, mayShrink: new Set(shrinking) }, since, epoch);

  async function addUpOldMonths() {
    const months = await oldMonths.list(epoch);
    for (const each of months) {
      await add.monthOfRows(each);
      if (yearOf(each) < yearOf(today)) await add.year(yearOf(each));
      await state.advance(through, since);
    }
    return months;
  }

  /**
   * A day counts as rolled up when its month and year are, too, if it ends them. Days before the first count as well.
   * Yesterday is added up even if it counts: another time zone may have ended it earlier.
   */
  async function addUpNewDays(): Promise<boolean> {
    const next = through ? dayAfter(through, 1) : oldestWithRows();
    for (let each = next < yesterday ? next : yesterday; each <= yesterday; each = dayAfter(each, 1)) {
      if (isTimeOver()) return false;
      await add.day(each);
      if (each === lastDayOf(monthOf(each))) await add.month(monthOf(each));
      if (each === lastDayOfYear(yearOf(each))) await add.year(yearOf(each));
      const isStep = since.size > 0 || each === lastDayOf(monthOf(each)) || each === yesterday;
      if (isStep) await state.advance(each, since);
    }
    return true;
  }

  /** An earlier version kept rows as long as summaries of days are kept now. */
  function oldestWithRows(): Day {
    const oldest = dayAfter(today, -settings.retentionDays - 2);
    return oldest > earliestDay ? oldest : earliestDay;
  }

  /** Marks are removed at the end, unless an increment may still be under way. One of the oldest day may be a day old. */
  async function addUpLateDays(): Promise<boolean> {
    const oldest = dayAfter(oldestKept(today, detailDays), -1);
    const days = [...late].filter((each) => each <= yesterday && each >= oldest);
    for (const each of days) {
      if (isTimeOver()) return false;
      await add.day(each);
    }
    for (const each of new Set(days.map(monthOf))) if (lastDayOf(each) <= yesterday) await add.month(each);
    for (const each of new Set(days.map(yearOf))) if (lastDayOfYear(each) <= yesterday) await add.year(each);
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
