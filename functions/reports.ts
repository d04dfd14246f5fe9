import type { Day } from '../core/day.ts';
import type { Month } from '../core/month.ts';
import { before, parseRange, partsOf } from '../core/range.ts';
import { countersOfSummary, type Report, reporter, type Scope, type Summary } from '../core/report.ts';
import type { StatisticsStore } from '../store/statistics.ts';

/** Reads at `epoch` (ms) what a dashboard shows: of a scope its report, and that of as many days before, totals and bars. */
export function reportsFrom(statistics: StatisticsStore) {
  async function read(scope: Scope, epoch: number, folded: Set<Month>, counters?: string[]) {
    const report = reporter(scope);
    await statistics.eachDay(partsOf(scope.range, folded), epoch, { page: scope.filter.page, counters }, report.add);
    return report;
  }

  return {
    async on(scope: Scope, epoch: number): Promise<{ report: Report; previous: Summary }> {
      const earlier = { ...scope, range: before(scope.range) };
      const folded = scope.range.unit === 'month' ? await statistics.folded(epoch) : new Set<Month>();
      const [now, then] = await Promise.all([
        read(scope, epoch, folded, scope.filter.name && countersOfSummary(scope)),
        read(earlier, epoch, folded, countersOfSummary(earlier)),
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
