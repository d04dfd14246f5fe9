import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { addSums, type CheckedDay, checkedDays, type HitSums, hitSums, noHits } from '../core/lake/checked-days.ts';
import { statisticsStore } from './statistics.ts';

/** The days to check, and what the lake keeps of them. `epoch` is in milliseconds. */
export interface LakeSums {
  first: Day;
  today: Day;
  epoch: number;
  kept: ReadonlyMap<Day, HitSums>;
}

/** Compares the lake with the rows of each day from `first` until yesterday. Days whose rows have expired have no hits. */
export async function checkLake(
  client: DynamoDBClient,
  tableName: string,
  { first, today, epoch, kept }: LakeSums,
): Promise<CheckedDay[]> {
  const { eachRow } = statisticsStore(client, tableName);
  const counted = new Map<Day, HitSums>();
  for (let day = first; day < today; day = dayAfter(day, 1)) {
    let sums = noHits;
    await eachRow(day, epoch, (_url, counters) => {
      sums = addSums(sums, hitSums(counters));
    });
    counted.set(day, sums);
  }
  return checkedDays(counted, kept);
}
