import { type Day, dayAt, oldestKept } from '../core/calendar/day.ts';
import type { Increment } from '../core/counters/increment.ts';
import type { RollupState } from './rollup-state.ts';

/** For so long, a mark covers further increments of its day. A roll-up removes only marks that are an hour old. */
const msMarked = 600_000;

/** The rows of a day may have expired, so an increment of it cannot be counted any more. */
export class ExpiredDay extends Error {
  override name = 'ExpiredDay';
}

/** Counts increments that may come after the end of their day, with `count` of `cappedCounters`. */
export function lateCounters(
  count: (increment: Increment, options: { signal?: AbortSignal }) => Promise<void>,
  { markLate }: RollupState,
  { timeZone, detailDays }: { timeZone: string; detailDays: number },
) {
  const marks = new Map<Day, { time: number; isMade: Promise<void> }>();

  async function mark(day: Day, epoch: number): Promise<void> {
    const known = marks.get(day);
    const isMade = known && epoch - known.time < msMarked ? known.isMade : markLate(day, Math.floor(epoch / 1000));
    if (isMade !== known?.isMade) marks.set(day, { time: epoch, isMade });
    try {
      await isMade;
    } catch (error) {
      marks.delete(day);
      throw error;
    }
  }

  return {
    /**
     * Counts an increment at `epoch` (ms). If its day is over, marks the day first, so that it is rolled up again. Throws
     * `ExpiredDay`, or the SDK's errors.
     */
    async count(increment: Increment, epoch: number, signal?: AbortSignal): Promise<void> {
      const { day } = increment;
      const today = dayAt(epoch, timeZone);
      if (day < oldestKept(today, detailDays))
        throw new ExpiredDay(`The rows of ${day} may have expired: a hit can be added for ${detailDays} days.`);
      if (day < today) await mark(day, epoch);
      await count(increment, signal ? { signal } : {});
    },
  };
}
