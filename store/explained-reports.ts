import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { addAll } from '../core/counters/counter-sums.ts';
import { siteOf } from '../core/counters/names.ts';
import type { Summary } from '../core/counters/summary.ts';
import {
  addSuspect,
  type Explanation,
  explain,
  findSuspects,
  hasSuspect,
  noiseOf,
  type SidesOf,
} from '../core/report/explain.ts';
import { listedReport } from '../core/report/listed-report.ts';
import { partsOf, type RolledUp, type SummaryDate } from '../core/report/parts.ts';
import { endsOf } from '../core/report/range.ts';
import { needsNames, type Scope } from '../core/report/report.ts';
import { summaryUntil } from '../core/report/summary-until.ts';
import type { Suspect } from '../core/report/suspects.ts';
import { type History, weeksOfHistory } from '../core/report/usual.ts';
import { noVisits, sideOfReport } from '../core/report/visits-side.ts';
import { dayTotalsStore } from './day-totals.ts';
import { type OnSummary, type Reports, reportsFrom } from './reports.ts';
import { TornSummary } from './summary-chunks.ts';

/** Reports, and why their visits differ. */
export interface ExplainedReports extends Reports {
  /** Undefined under a filter, and without an earlier range. */
  why: Explanation | undefined;
}

/** Longer ranges are explained without names by page. */
const maxDaysWithNames = 31;
/** A page on a day is about 75 bytes of names. These are about 40 read units. */
const maxPagesWithNames = 4_000;
/** The rows of more open days are not kept: a flood can fill each. */
const maxOpenDays = 2;

/** A summary that was read. */
interface Kept {
  site: string;
  date: SummaryDate;
  summary: Summary;
  hasNames: boolean;
}

/** The numbers of the dashboard with what explains them, read at `epoch` (ms). The methods throw the SDK's errors. */
export function explainedReportsFrom(client: DynamoDBClient, tableName: string) {
  const reports = reportsFrom(client, tableName);
  const dayTotals = dayTotalsStore(client, tableName);

  /** Reads the eight weeks before a range, and its closed days. Of long ranges, only the weeks. */
  async function readHistory(
    { range, site }: Scope,
    { through, since }: RolledUp,
    epoch: number,
  ): Promise<History | undefined> {
    if (through === undefined) return undefined;
    const [firstShown, lastShown] = endsOf(range);
    const lastWanted = range.unit === 'month' || range.unit === 'year' ? dayAfter(firstShown, -1) : lastShown;
    const ends = {
      first: dayAfter(firstShown, -7 * weeksOfHistory),
      last: lastWanted < through ? lastWanted : through,
    };
    const sites = site === undefined ? [...since.keys()] : [siteOf(site)];
    const days: History['days'] = new Map();
    await Promise.all(
      sites.map((each) =>
        dayTotals.each({ site: each, ...ends }, epoch, (totals, day) => {
          const known = days.get(day);
          if (known) addAll(known, totals);
          else days.set(day, totals);
        }),
      ),
    );
    const [first] = [...days.keys()].sort();
    return first && { first, last: ends.last, days };
  }

  /** Reads what is known of suspects alone. Returns undefined if it is too much. */
  async function readSuspects(suspects: Suspect[], scope: Scope, kept: Kept[], rolledUp: RolledUp, epoch: number) {
    const { range, earlier, site } = scope;
    const alone = new Map(suspects.map((suspect) => [suspect, { now: noVisits(), before: noVisits() }]));
    const add = (summary: Summary, date: SummaryDate) => {
      const isNow = range.days.includes(date as Day);
      const until = !isNow && date === earlier?.range.days.at(-1) ? earlier.until : undefined;
      const counted = until ? summaryUntil(summary, until) : summary;
      for (const [suspect, { now, before }] of alone) addSuspect(isNow ? now : before, counted, suspect);
    };
    const missing = kept.filter(
      ({ summary, hasNames }) => !hasNames && suspects.some((suspect) => hasSuspect(summary, suspect)),
    );
    if (missing.reduce((sum, { summary }) => sum + summary.pages.length, 0) > maxPagesWithNames) return undefined;
    for (const { summary, date, hasNames } of kept) if (hasNames) add(summary, date);
    const wanted = { site: site && siteOf(site), page: undefined, withNames: true };
    const parts = { open: [], summaries: [...new Set(missing.map(({ date }) => date))] };
    const isMissing = new Set(missing.map(({ site, date }) => `${date} ${site}`));
    await reports.each(parts, wanted, rolledUp, epoch, (summary, of) => {
      if (isMissing.has(`${of.date} ${of.site}`)) add(summary, of.date);
    });
    return alone;
  }

  async function readExplained(scope: Scope, rolledUp: RolledUp, epoch: number): Promise<ExplainedReports> {
    const { range, filter, earlier, site } = scope;
    const isExplained = earlier !== undefined && filter.page === undefined && filter.name === undefined;
    if (!isExplained) return { ...(await reports.read(scope, rolledUp, epoch)), why: undefined };
    const kept = new Map<string, Kept>();
    const open = new Set<SummaryDate>(
      partsOf({ days: [...range.days, ...earlier.range.days], unit: 'day' }, rolledUp).open,
    );
    const isKept = range.days.length <= maxDaysWithNames && open.size <= maxOpenDays;
    const keep: OnSummary = (summary, of) => {
      if (!isKept || (site !== undefined && of.site !== siteOf(site))) return;
      kept.set(`${of.date} ${of.site}`, { ...of, summary, hasNames: needsNames(scope) || open.has(of.date) });
    };
    const [read, history] = await Promise.all([
      reports.read(scope, rolledUp, epoch, keep),
      readHistory(scope, rolledUp, epoch),
    ]);
    const { report, previous } = read;
    if (!previous?.totals.visits) return { ...read, why: undefined };
    const [now, before] = [sideOfReport(report), sideOfReport(previous)];
    const noise = noiseOf({ range, earlier: earlier.range, report, previous, history });
    const suspects = findSuspects(now, before, noise);
    const alone =
      suspects.length > 0 && isKept
        ? await readSuspects(suspects, scope, [...kept.values()], rolledUp, epoch).catch((error) => {
            if (error instanceof TornSummary) return undefined;
            throw error;
          })
        : undefined;
    const sidesOf: SidesOf = (suspect) => alone?.get(suspect);
    return { ...read, why: explain(now, before, { noise, suspects, sidesOf }) };
  }

  return {
    rolledUp: reports.rolledUp,
    viewsBySite: reports.viewsBySite,

    /**
     * Reads the report of a scope and that of the earlier range, and explains how they differ. The first lists the pages of
     * the scope, and has the counts of the second.
     */
    async read(scope: Scope, rolledUp: RolledUp, epoch: number): Promise<ExplainedReports> {
      const read = await readExplained(scope, rolledUp, epoch);
      return { ...read, report: listedReport(read.report, read.previous, scope) };
    },
  };
}
