import type { Day } from '../../core/calendar/day.ts';
import type { Summary } from '../../core/counters/summary.ts';
import { type Builders, builderOf } from '../../core/counters/summary-builder.ts';
import { type Parts, partsOf, type RolledUp, type SummaryDate } from '../../core/report/parts.ts';
import type { reportsFrom } from '../../store/reports.ts';
import { TornSummary } from '../../store/summary-chunks.ts';
import { kindOf } from './exported-dates.ts';

export type ExportedReports = Pick<ReturnType<typeof reportsFrom>, 'each' | 'rolledUp'>;

/** Dates that are read, and held, at once. A flooded one can be 50 MB. */
const datesAtOnce = 7;
const maxAttempts = 3;

/**
 * Yields the summaries of a site on dates of one kind, in their order. Counts of imports are added to those counted live.
 * Dates without counts are left out. Throws the SDK's errors.
 */
export async function* exportedSummaries(
  reports: ExportedReports,
  site: string,
  dates: SummaryDate[],
  epoch: number,
  onRead: (dates: number) => void = () => {},
): AsyncGenerator<{ date: SummaryDate; summary: Summary }> {
  for (let i = 0; i < dates.length; i += datesAtOnce) {
    const some = dates.slice(i, i + datesAtOnce);
    const found = await readTogether(reports, site, some, epoch);
    onRead(some.length);
    for (const date of some) {
      const summaries = found.get(date) ?? [];
      found.delete(date);
      const [only] = summaries;
      if (only) yield { date, summary: summaries.length === 1 ? only : sumOf(summaries) };
    }
  }
}

/** Reads summaries by date. If a roll-up replaces one meanwhile, reads all again. */
async function readTogether(reports: ExportedReports, site: string, dates: SummaryDate[], epoch: number) {
  for (let attempt = 1; ; attempt++) {
    const found = new Map<SummaryDate, Summary[]>();
    const rolledUp = await reports.rolledUp(epoch);
    try {
      await reports.each(
        partsFor(dates, rolledUp),
        { site, page: undefined, withNames: true },
        rolledUp,
        epoch,
        (summary, of) => {
          if (of.site === site) found.set(of.date, [...(found.get(of.date) ?? []), summary]);
        },
      );
      return found;
    } catch (error) {
      if (!(error instanceof TornSummary) || attempt === maxAttempts) throw error;
    }
  }
}

const partsFor = (dates: SummaryDate[], rolledUp: RolledUp): Parts =>
  dates.some((date) => kindOf(date) !== 'days')
    ? { open: [], summaries: dates, imported: new Map(rolledUp.imports.map(({ name }) => [name, dates])) }
    : partsOf({ days: dates as Day[], unit: 'day' }, rolledUp);

function sumOf(summaries: Summary[]): Summary {
  const builders: Builders = new Map();
  for (const each of summaries) builderOf(builders, '').addSummary(each);
  return builderOf(builders, '').summary();
}
