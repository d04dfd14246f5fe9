import { before } from '../core/range.ts';
import { countersOfSummary, type Report, reporter, type Scope } from '../core/report.ts';
import type { StatisticsStore } from '../store/statistics.ts';

/** Reads the report of a scope at `epoch` (ms), and that of as many days before: its totals and bars. */
export function reportsFrom(statistics: StatisticsStore) {
  async function reportOn(scope: Scope, epoch: number, counters: string[] | undefined): Promise<Report> {
    const { add, report } = reporter(scope);
    await statistics.eachDay(scope.range.days, epoch, { page: scope.filter.page, counters }, add);
    return report();
  }

  return async (scope: Scope, epoch: number): Promise<{ report: Report; before: Report }> => {
    const earlier = { ...scope, range: before(scope.range) };
    const [now, then] = await Promise.all([
      reportOn(scope, epoch, scope.filter.name && countersOfSummary(scope)),
      reportOn(earlier, epoch, countersOfSummary(earlier)),
    ]);
    return { report: now, before: then };
  };
}
