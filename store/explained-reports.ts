import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Moment } from '../core/calendar/day.ts';
import { siteOf } from '../core/counters/names.ts';
import { type Explanation, explain, findSuspects, noiseOf } from '../core/report/explain.ts';
import { countersOfTotals } from '../core/report/filter.ts';
import { type Forecast, forecastOf } from '../core/report/forecast.ts';
import { listedReport } from '../core/report/listed-report.ts';
import type { RolledUp } from '../core/report/parts.ts';
import { rateChangeOf } from '../core/report/rate-change.ts';
import type { Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import type { Suspect } from '../core/report/suspects.ts';
import { type UnusualDay, unusualDays } from '../core/report/unusual-days.ts';
import type { History } from '../core/report/usual.ts';
import { sideOfReport } from '../core/report/visits-side.ts';
import { keptSummaries } from './kept-summaries.ts';
import { type Reports, reportsFrom } from './reports.ts';
import { TornSummary } from './summary-chunks.ts';
import { usualHistory } from './usual-history.ts';

/** Reports, and what they mean. Under a filter, nothing is known of that. */
export interface ExplainedReports extends Reports {
  /** Why the visits differ. Undefined without an earlier range. */
  why: Explanation | undefined;
  /** The unusual days among the bars of the chart. */
  unusual: UnusualDay[];
  /** The views of today by midnight. Undefined if the range does not show today by day or by hour. */
  forecast: Forecast | undefined;
}

/** The numbers of the dashboard with what explains them, read at `epoch` (ms). The methods throw the SDK's errors. */
export function explainedReportsFrom(client: DynamoDBClient, tableName: string) {
  const reports = reportsFrom(client, tableName);
  const readHistory = usualHistory(client, tableName);
  const unexplained = { why: undefined, unusual: [], forecast: undefined };

  async function readExplained(
    scope: Scope,
    rolledUp: RolledUp,
    epoch: number,
    now: Moment,
  ): Promise<ExplainedReports> {
    const { range, filter, earlier, site } = scope;
    const isByDay = range.unit === 'hour' || range.unit === 'day';
    if (filter.page !== undefined || filter.name !== undefined || (!earlier && !isByDay))
      return { ...(await reports.read(scope, rolledUp, epoch)), ...unexplained };
    const { keep, visitsOn, alone } = keptSummaries(scope, rolledUp);
    const [read, history] = await Promise.all([
      reports.read(scope, rolledUp, epoch, keep),
      readHistory(scope, rolledUp, epoch),
    ]);

    async function readAlone(suspects: Suspect[]) {
      const wanted = { site: site && siteOf(site), page: undefined, withNames: true };
      try {
        return await alone(suspects, (parts, onSummary) => reports.each(parts, wanted, rolledUp, epoch, onSummary));
      } catch (error) {
        if (error instanceof TornSummary) return undefined;
        throw error;
      }
    }

    async function why({ report, previous }: Reports): Promise<Explanation | undefined> {
      if (!earlier || !previous?.totals.visits) return undefined;
      const [sideNow, sideBefore] = [sideOfReport(report), sideOfReport(previous)];
      const noise = noiseOf({ range, earlier: earlier.range, report, previous, history });
      const suspects = findSuspects(sideNow, sideBefore, noise);
      const sides = suspects.length > 0 ? await readAlone(suspects) : undefined;
      const explanation = explain(sideNow, sideBefore, { noise, suspects, sidesOf: (suspect) => sides?.get(suspect) });
      return { ...explanation, rate: range.unit === 'day' ? rateChangeOf(report, previous) : undefined };
    }

    function unusual(history: History, { metric }: Report): UnusualDay[] {
      const counter = countersOfTotals(filter)[metric];
      return range.unit === 'day' && counter ? unusualDays({ history, days: range.days, counter }, visitsOn) : [];
    }

    return {
      ...read,
      why: await why(read),
      unusual: history ? unusual(history, read.report) : [],
      forecast: history && isByDay ? forecastIn(read.report, scope, history, now) : undefined,
    };
  }

  return {
    rolledUp: reports.rolledUp,
    viewsBySite: reports.viewsBySite,

    /**
     * Reads the report of a scope and that of the earlier range, and explains them. The first lists the pages of the scope,
     * and has the counts of the second. `now` is the time of `epoch` on the site's clock.
     */
    async read(scope: Scope, rolledUp: RolledUp, epoch: number, now: Moment): Promise<ExplainedReports> {
      const read = await readExplained(scope, rolledUp, epoch, now);
      return { ...read, report: listedReport(read.report, read.previous, scope) };
    },
  };
}

/** Estimates today's views by midnight, if the range ends today. */
function forecastIn({ totals, totalsByPoint }: Report, { range }: Scope, history: History, now: Moment) {
  if (range.days.at(-1) !== now.day) return undefined;
  const views = range.unit === 'hour' ? totals.views : totalsByPoint.at(-1)?.views;
  return forecastOf(history, now, views ?? 0);
}
