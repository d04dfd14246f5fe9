import type { Day } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { earlierRange } from '../core/report/earlier-range.ts';
import { parseRange, partitionsOf } from '../core/report/range.ts';
import { countersOfSummary, type Report, reporter, type Scope, type Summary } from '../core/report/report.ts';
import type { StatisticsStore } from './statistics.ts';

/** Milliseconds until a throttled table is given up. The functions that read reports have 20 s in serverless.yml. */
export const msToRead = 16_000;

/** The numbers of the dashboard, read at `epoch` (ms). The methods throw the SDK's errors. */
export function reportsFrom(statistics: StatisticsStore) {
  async function addUp(scope: Scope, epoch: number, rolledUp: Set<Month>, counters?: string[]) {
    const report = reporter(scope);
    await statistics.eachPartition(
      partitionsOf(scope.range, rolledUp),
      epoch,
      { page: scope.filter.page, counters },
      report.add,
    );
    return report;
  }

  return {
    /** Reads the report of a scope, and a summary of the earlier range. The summary is empty if there is none. */
    async read(scope: Scope, epoch: number): Promise<{ report: Report; previous: Summary }> {
      const rangeBefore = earlierRange(scope.range);
      const earlier = rangeBefore && { ...scope, range: rangeBefore };
      const rolledUp = ['month', 'year'].includes(scope.range.unit)
        ? await statistics.rolledUpMonths(epoch)
        : new Set<Month>();
      const [current, previous] = await Promise.all([
        addUp(scope, epoch, rolledUp, scope.filter.name && countersOfSummary(scope)),
        earlier && addUp(earlier, epoch, rolledUp, countersOfSummary(earlier)),
      ]);
      return { report: current.report(), previous: previous?.summary() ?? { totals: {}, series: [] } };
    },

    /** Reads how many views each site had in the default range, the last 7 days. */
    async viewsBySite(sites: string[], today: Day, epoch: number): Promise<{ host: string; views: number }[]> {
      const { range } = parseRange({}, { today, since: undefined });
      const bySite = sites.map((host) => ({ host, ...reporter({ range, filter: {}, site: host }) }));
      await statistics.eachPartition(range.days, epoch, { counters: ['views'] }, (rows) => {
        for (const { add } of bySite) add(rows);
      });
      return bySite.map(({ host, report }) => ({ host, views: report().totals.views ?? 0 }));
    },
  };
}
