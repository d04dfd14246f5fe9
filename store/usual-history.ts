import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dayAfter } from '../core/calendar/day.ts';
import { addAll } from '../core/counters/counter-sums.ts';
import { siteOf } from '../core/counters/names.ts';
import { isBetween, isOfSite } from '../core/report/imported-days.ts';
import type { RolledUp } from '../core/report/parts.ts';
import { endsOf } from '../core/report/range.ts';
import type { Scope } from '../core/report/scope.ts';
import { type History, weeksOfHistory } from '../core/report/usual.ts';
import { dayTotalsStore } from './day-totals.ts';

/**
 * Returns a function that reads the eight weeks before a range, and its closed days. Of ranges with bars for months or
 * years, it reads only the weeks. It throws the SDK's errors.
 */
export function usualHistory(client: DynamoDBClient, tableName: string) {
  const dayTotals = dayTotalsStore(client, tableName);

  return async ({ range, site }: Scope, rolledUp: RolledUp, epoch: number): Promise<History | undefined> => {
    const { through, since, imports } = rolledUp;
    if (through === undefined) return undefined;
    const [firstShown, lastShown] = endsOf(range);
    const lastWanted = range.unit === 'month' || range.unit === 'year' ? dayAfter(firstShown, -1) : lastShown;
    const ends = {
      first: dayAfter(firstShown, -7 * weeksOfHistory),
      last: lastWanted < through ? lastWanted : through,
    };
    if (ends.first > ends.last) return undefined;
    const sites = site === undefined ? [...since.keys()] : [siteOf(site)];
    const imported = imports
      .filter((each) => isOfSite(each, site) && isBetween(each, ends.first, ends.last))
      .map(({ name, site }) => ({ site, importName: name }));
    const days: History['days'] = new Map();
    await Promise.all(
      [...sites.map((each) => ({ site: each })), ...imported].map((owner) =>
        dayTotals.each({ ...owner, ...ends }, epoch, (totals, day) => {
          const known = days.get(day);
          if (known) addAll(known, totals);
          else days.set(day, totals);
        }),
      ),
    );
    const [first] = [...days.keys()].sort();
    return first && { first, last: ends.last, days };
  };
}
