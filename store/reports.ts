import type { Day } from '../core/calendar/day.ts';
import type { Month } from '../core/calendar/month.ts';
import { earlierRange, parseRange, partitionsOf } from '../core/report/range.ts';
import { countersOfSummary, type Report, reporter, type Scope, type Summary } from '../core/report/report.ts';
import type { StatisticsStore } from './statistics.ts';

/** Reads at `epoch` (ms) what a dashboard shows: of a scope its report, and that of as many days before, totals and bars. */
export function reportsFrom(statistics: StatisticsStore) {
  async function read(scope: Scope, epoch: number, rolledUp: Set<Month>, counters?: string[]) {
    const report = reporter(scope);
    await statistics.eachDay(
      partitionsOf(scope.range, rolledUp),
      epoch,
      { page: scope.filter.page, counters },
      report.add,
    );
    return report;
  }

  return {
    async on(scope: Scope, epoch: number): Promise<{ report: Report; previous: Summary }> {
      const earlier = { ...scope, range: earlierRange(scope.range) };
      const rolledUp = scope.range.unit === 'month' ? await statistics.rolledUpMonths(epoch) : new Set<Month>();
      const [now, then] = await Promise.all([
        read(scope, epoch, rolledUp, scope.filter.name && countersOfSummary(scope)),
        read(earlier, epoch, rolledUp, countersOfSummary(earlier)),
      ]);
      return { report: now.report(), previous: then.summary() };
    },

    /** How often each site was viewed in the week up to today. */
    async viewsOf(sites: string[], today: Day, epoch: number): Promise<{ host: string; views: number }[]> {
      const { range } = parseRange({}, today);
      const bySite = sites.map((host) => ({ host, ...reporter({ range, filter: {}, site: host }) }));
      await statistics.eachDay(range.days, epoch, { counters: ['views'] }, (rows) => {
        for (const { add } of bySite) add(rows);
      });
      return bySite.map(({ host, report }) => ({ host, views: report().totals.views ?? 0 }));
    },
  };
}
