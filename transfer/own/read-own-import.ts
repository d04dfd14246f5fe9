import type { Day } from '../../core/calendar/day.ts';
import { monthOf } from '../../core/calendar/month.ts';
import { addTo } from '../../core/counters/counter-sums.ts';
import { type PackedSummary, packSummary, type Summary, unpackSummary } from '../../core/counters/summary.ts';
import type { SummaryCaps } from '../../core/counters/summary-builder.ts';
import type { Note } from '../../core/report/notes.ts';
import type { SummaryDate } from '../../core/report/parts.ts';
import { addCounter, type ComparedNumbers, comparedMetrics, noNumbers } from '../compared-metrics.ts';
import { dayFiles } from '../days/day-files.ts';
import type { ReadImport } from '../days/read-import.ts';
import { countOf, leaveOut, nothingTaken } from '../days/taken.ts';
import type { OpenedExport } from './exported-files.ts';
import { readOwnExport } from './read-own-export.ts';
import { coveredDays, isMonth, joinedSummary, restoredSummaries, wholeDates } from './restored-summaries.ts';

/** An export of Footfall that is read, and the notes in it. */
export interface ReadOwnImport extends ReadImport {
  notes: Note[];
}

/** How to read an export of Footfall. */
interface OwnOptions {
  /** A bare host. Empty for hits without a site. */
  site: string;
  /** Returns why a day is left out, or undefined. */
  whyLeftOut: (day: Day) => string | undefined;
  summaryCaps: SummaryCaps;
}

/** Reads what exports have of a site into temporary files. Throws `UnreadableFile` if one is not as it was exported. */
export async function readOwnImport(
  exports: OpenedExport[],
  { site, whyLeftOut, summaryCaps }: OwnOptions,
): Promise<ReadOwnImport> {
  const files = dayFiles<PackedSummary, SummaryDate>();
  const notes: Note[] = [];
  const dates = new Map<SummaryDate, { rows: [file: string, rows: number][]; sums: ComparedNumbers }>();
  const taken = nothingTaken();
  try {
    for (const each of exports)
      await readOwnExport(each, site, {
        summary(file, date, summary, rows) {
          const known = dates.get(date) ?? { rows: [], sums: noNumbers() };
          known.rows.push([file, rows]);
          for (const [counter, count] of summary.totals) addCounter(known.sums, counter, count);
          dates.set(date, known);
          taken.hasHours ||= [...summary.totals.keys()].some((name) => name.startsWith('hour_'));
          files.append(date, '', packSummary(summary));
        },
        note: (note) => notes.push(note),
      });
  } catch (error) {
    files.remove();
    throw error;
  }

  const exported = { dates: files.days(), ...endsOf(exports, site) };
  const covered = coveredDays(exported);
  for (const day of covered) {
    const reason = whyLeftOut(day);
    if (reason) leaveOut(taken, reason, day);
  }
  const keeps = (day: Day) => whyLeftOut(day) === undefined;
  const whole = wholeDates(exported, keeps);
  for (const [date, { rows, sums }] of dates) {
    for (const [file, count] of rows) countRows(file, count, whole.has(date));
    const isCounted = whole.has(date) && (isMonth(date) || (date.length === 10 && !whole.has(monthOf(date as Day))));
    if (isCounted) for (const metric of comparedMetrics) addTo(taken.told, metric, sums[metric]);
  }

  function countRows(file: string, rows: number, isKept: boolean): void {
    const table = countOf(taken, file);
    if (isKept) table.kept += rows;
    else addTo(table.dropped, 'of days left out', rows);
  }

  const read = (date: SummaryDate): Summary =>
    joinedSummary([...files.parts(date)].flat().map(unpackSummary), twice(summaryCaps));
  return {
    days: covered.filter((day) => keeps(day) && (whole.has(day) || whole.has(monthOf(day)))),
    ...{ taken, notes },
    summaries: () => restoredSummaries(whole, read, summaryCaps),
    close: files.remove,
  };
}

/** Returns the first and the last day of a site in exports. */
function endsOf(exports: OpenedExport[], site: string): { first: Day; last: Day } {
  const manifests = exports.map(({ manifest }) => manifest);
  const sites = manifests.flatMap(({ sites }) => sites).filter((each) => each.site === site);
  const [first] = sites.map((each) => each.first).sort();
  const last = manifests
    .map((each) => each.last)
    .sort()
    .at(-1);
  return { first: first as Day, last: last as Day };
}

/** A day that is not rolled up yet has up to twice as many pages as a summary. */
const twice = ({ maxPages, maxUrlBytes, maxNames }: SummaryCaps): SummaryCaps => ({
  maxPages: 2 * maxPages,
  maxUrlBytes: 2 * maxUrlBytes,
  maxNames: 2 * maxNames,
});
