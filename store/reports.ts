import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { siteOf } from '../core/counters/names.ts';
import { noSite, type Summary, siteOfRow } from '../core/counters/summary.ts';
import { type Builders, builderOf } from '../core/counters/summary-builder.ts';
import { isFolder } from '../core/report/folders.ts';
import {
  isPartOf,
  joinedParts,
  type Parts,
  partsOf,
  partsOfEarlier,
  type RolledUp,
  runsOf,
  type SummaryKey,
} from '../core/report/parts.ts';
import { parseRange } from '../core/report/range.ts';
import { type Report, reporter } from '../core/report/report.ts';
import { needsNames, type Scope } from '../core/report/scope.ts';
import { concurrently } from './concurrently.ts';
import { rollupState } from './rollup-state.ts';
import { statisticsStore } from './statistics.ts';
import { type SummaryRange, summariesStore } from './summaries.ts';
import { TornSummary } from './summary-chunks.ts';

/** Milliseconds until a throttled table is given up. The functions that read reports have 20 s in serverless.yml. */
export const msToRead = 16_000;

const queriesAtOnce = 14;
/** All rows of an open day are held at once, and a flood can fill it. Most ranges have one or two. */
const openDaysAtOnce = 3;
const maxAttempts = 3;

/** What to read of the parts of a range. */
interface Wanted {
  /** The bare host of one site. Undefined for all. */
  site: string | undefined;
  page: string | undefined;
  withNames: boolean;
}

/** The report of a scope, and that of the range that it is compared with, if any. */
export interface Reports {
  report: Report;
  previous: Report | undefined;
}

/** Takes a summary of a site, of the hits without a site, or of an import, on a date. A date can have several. */
export type OnSummary = (summary: Summary, of: SummaryKey) => void;

/** The numbers of the dashboard, read at `epoch` (ms). The methods throw the SDK's errors. */
export function reportsFrom(client: DynamoDBClient, tableName: string) {
  const statistics = statisticsStore(client, tableName);
  const summaries = summariesStore(client, tableName);
  const state = rollupState(client, tableName);

  /** Reads the rows of an open day as one summary for each site. */
  async function readOpen(day: Day, { site, page }: Wanted, epoch: number, onSummary: OnSummary): Promise<void> {
    const builders: Builders = new Map();
    const add = (url: string, counters: Map<string, number>) => {
      const found = siteOfRow(url);
      if (site !== undefined && found !== site && found !== noSite) return;
      builderOf(builders, found).addRow(url, counters);
    };
    await statistics.eachRow(day, epoch, add, page === undefined ? undefined : { url: page });
    for (const [found, builder] of builders) onSummary(builder.summary(), { site: found, date: day });
  }

  /** Reads the parts of ranges in as few Queries as possible. */
  async function readParts(parts: Parts, wanted: Wanted, rolledUp: RolledUp, epoch: number, onSummary: OnSummary) {
    const isWanted = (site: string) => wanted.site === undefined || site === wanted.site;
    const sites = [...rolledUp.since.keys()].filter(isWanted);
    const live = runsOf(parts.summaries).flatMap((run) => [...sites, noSite].map((site) => ({ site, ...run })));
    const imported = rolledUp.imports
      .filter(({ site }) => isWanted(site) || site === noSite)
      .flatMap(({ name, site }) =>
        runsOf(parts.imported.get(name) ?? []).map((run) => ({ site, importName: name, ...run })),
      );
    await Promise.all([
      concurrently(openDaysAtOnce, parts.open, (day) => readOpen(day, wanted, epoch, onSummary)),
      concurrently(queriesAtOnce, [...live, ...imported], ({ first, last, ...owner }: SummaryRange) =>
        summaries.each({ first, last, ...owner }, wanted.withNames, epoch, (summary, date) =>
          onSummary(summary, { ...owner, date }),
        ),
      ),
    ]);
  }

  async function readReports(scope: Scope, rolledUp: RolledUp, epoch: number, onSummary?: OnSummary) {
    const { range, site, earlier } = scope;
    const current = { ...reporter(scope), parts: partsOf(range, rolledUp, site) };
    const before = earlier && {
      ...reporter({ ...scope, range: earlier.range }, { until: earlier.until, isEarlier: true }),
      parts: partsOfEarlier(earlier, rolledUp, site),
    };
    const reports = before ? [current, before] : [current];
    const { page } = scope.filter;
    const wanted = {
      site: site && siteOf(site),
      page: page !== undefined && isFolder(page) ? undefined : page,
      withNames: needsNames(scope),
    };
    const wantedBy = reports.map(({ add, parts }) => ({ add, isWanted: isPartOf(parts) }));
    await readParts(joinedParts(reports.map(({ parts }) => parts)), wanted, rolledUp, epoch, (summary, of) => {
      for (const { add, isWanted } of wantedBy) if (isWanted(of)) add(summary, of);
      onSummary?.(summary, of);
    });
    return { report: current.report(), previous: before?.report() };
  }

  return {
    /** Reads what is rolled up. */
    rolledUp: (epoch: number): Promise<RolledUp> => state.read(epoch),

    /** Passes the summaries of parts to `onSummary`. Throws `TornSummary` if a roll-up replaces one meanwhile. */
    each: readParts,

    /** Reads the report of a scope, and that of the earlier range. Passes their parts to `onSummary`, some again. */
    async read(scope: Scope, rolledUp: RolledUp, epoch: number, onSummary?: OnSummary): Promise<Reports> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await readReports(scope, attempt === 1 ? rolledUp : await state.read(epoch), epoch, onSummary);
        } catch (error) {
          if (!(error instanceof TornSummary) || attempt === maxAttempts) throw error;
        }
      }
    },

    /** Reads how many views each site had in the default range, the last 7 days. */
    async viewsBySite(sites: string[], today: Day, epoch: number): Promise<{ host: string; views: number }[]> {
      const { range } = parseRange({}, { today, since: undefined });
      const views = new Map<string, number>();
      const rolledUp = await state.read(epoch);
      const all = { site: undefined, page: undefined, withNames: false };
      await readParts(partsOf(range, rolledUp), all, rolledUp, epoch, ({ totals }, { site }) => {
        views.set(site, (views.get(site) ?? 0) + (totals.get('views') ?? 0));
      });
      return sites.map((host) => ({ host, views: views.get(siteOf(host)) ?? 0 }));
    },
  };
}
