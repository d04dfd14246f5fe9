import type { Day } from '../core/calendar/day.ts';
import { firstDayOf, lastDayOf, type Month } from '../core/calendar/month.ts';
import type { Year } from '../core/calendar/year.ts';
import { noSite, siteOfRow } from '../core/counters/summary.ts';
import { type Builders, builderOf, type SummaryCaps, summaryBuilder } from '../core/counters/summary-builder.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { expiryOf } from './item.ts';
import type { StatisticsStore } from './statistics.ts';
import type { SummariesStore, SummaryRange } from './summaries.ts';

/** The dates that a roll-up stored, and those of which it kept an earlier summary, because that has more. */
export interface RollupOutcome {
  stored: Set<SummaryDate>;
  kept: Set<SummaryDate>;
}

/** How to roll up. */
export interface RollupSettings {
  caps: SummaryCaps;
  /** How many days the summary of a day is kept. */
  retentionDays: number;
  /** The dates whose summaries may lose counts. */
  mayShrink: ReadonlySet<SummaryDate>;
}

/**
 * Adds up rows and summaries into summaries, at `epoch` (ms). `since` is completed: it has the first counted day of each
 * site. The methods throw the SDK's errors, and change nothing if run again.
 */
export function rollUp(
  { statistics, summaries }: { statistics: StatisticsStore; summaries: SummariesStore },
  { caps, retentionDays, mayShrink: shrinking }: RollupSettings,
  since: Map<string, Day>,
  epoch: number,
) {
  const outcome: RollupOutcome = { stored: new Set(), kept: new Set() };

  async function store(
    date: SummaryDate,
    builders: Builders,
    { expires, mayShrink }: { expires?: number; mayShrink: boolean },
  ): Promise<void> {
    for (const site of new Set([noSite, ...since.keys(), ...builders.keys()])) {
      const summary = (builders.get(site) ?? summaryBuilder()).summary(caps);
      const result = await summaries.replace({ site, date, summary, expires }, epoch, { mayShrink });
      if (result !== 'unchanged') outcome[result].add(date);
    }
  }

  async function storeRows(date: Day | Month, firstDay: Day, options: Parameters<typeof store>[2]): Promise<void> {
    const builders: Builders = new Map();
    await statistics.eachRow(date, epoch, (url, counters) => builderOf(builders, siteOfRow(url)).addRow(url, counters));
    for (const site of builders.keys()) {
      const known = since.get(site);
      if (site !== noSite && (!known || firstDay < known)) since.set(site, firstDay);
    }
    await store(date, builders, options);
  }

  async function storeSum(date: Month | Year, parts: Omit<SummaryRange, 'site'>): Promise<void> {
    const builders: Builders = new Map();
    for (const site of [noSite, ...since.keys()])
      await summaries.each({ site, ...parts }, true, epoch, builderOf(builders, site).addSummary);
    await store(date, builders, { mayShrink: shrinking.has(date) });
  }

  return {
    outcome,
    /** Adds up the rows of a day. */
    day: (day: Day) => storeRows(day, day, { expires: expiryOf(day, retentionDays), mayShrink: shrinking.has(day) }),
    /** Adds up the rows of a month that an earlier version rolled up. It never shrinks: they may be deleted in part. */
    monthOfRows: (month: Month) => storeRows(month, firstDayOf(month), { mayShrink: false }),
    /** Adds up the summaries of a month's days. */
    month: (month: Month) => storeSum(month, { first: firstDayOf(month), last: lastDayOf(month) }),
    /** Adds up the summaries of a year's months. */
    year: (year: Year) => storeSum(year, { first: `${year}-01` as Month, last: `${year}-12` as Month }),
  };
}
