import type { Day } from '../core/calendar/day.ts';
import { siteOf } from '../core/counters/names.ts';
import type { Summary } from '../core/counters/summary.ts';
import { addSuspect, hasSuspect } from '../core/report/explain.ts';
import { type Parts, partsOf, type RolledUp, type SummaryDate, type SummaryKey } from '../core/report/parts.ts';
import { needsNames, type Scope } from '../core/report/scope.ts';
import { summaryUntil } from '../core/report/summary-until.ts';
import type { Suspect } from '../core/report/suspects.ts';
import { addSummaryTo, noVisits, type VisitsSide } from '../core/report/visits-side.ts';
import type { OnSummary } from './reports.ts';

/** Longer ranges are explained without names by page. */
const maxDays = 31;
/** A page on a day is about 75 bytes of names. These are about 40 read units. */
const maxPagesWithNames = 4_000;
/** The rows of more open days are not kept: a flood can fill each. */
const maxOpenDays = 2;

interface Kept extends SummaryKey {
  summary: Summary;
  hasNames: boolean;
}

/** Keeps the summaries of a scope and its earlier range while they are read. Of a long range it keeps none. */
export function keptSummaries(scope: Scope, rolledUp: RolledUp) {
  const { range, earlier, site } = scope;
  const days = new Set<SummaryDate>([...range.days, ...(earlier?.range.days ?? [])]);
  const { open } = partsOf({ days: [...days] as Day[], unit: 'day' }, rolledUp);
  const areKept = range.days.length <= maxDays && open.length <= maxOpenDays;
  const kept = new Map<string, Kept>();
  const isOpen = new Set<SummaryDate>(open);
  const keyOf = ({ site, date, importName = '' }: SummaryKey) => `${date} ${site} ${importName}`;

  const keep: OnSummary = (summary, of) => {
    if (!areKept || (site !== undefined && of.site !== siteOf(site))) return;
    kept.set(keyOf(of), { ...of, summary, hasNames: needsNames(scope) || isOpen.has(of.date) });
  };

  return {
    keep,

    /** Returns the visits of a day. Undefined if its summaries are not kept. */
    visitsOn(day: Day): VisitsSide | undefined {
      if (!areKept || !days.has(day)) return undefined;
      const side = noVisits();
      for (const { date, summary } of kept.values()) if (date === day) addSummaryTo(side, summary);
      return side;
    },

    /**
     * Returns what is known of each suspect alone. `readNames` reads summaries that have names by page. Returns undefined
     * if they are too many.
     */
    async alone(suspects: Suspect[], readNames: (parts: Parts, onSummary: OnSummary) => Promise<void>) {
      if (!areKept) return undefined;
      const sides = new Map(suspects.map((suspect) => [suspect, { now: noVisits(), before: noVisits() }]));
      const add = (summary: Summary, date: SummaryDate) => {
        const isNow = range.days.includes(date as Day);
        const until = !isNow && date === earlier?.range.days.at(-1) ? earlier.until : undefined;
        const counted = until ? summaryUntil(summary, until) : summary;
        for (const [suspect, { now, before }] of sides) addSuspect(isNow ? now : before, counted, suspect);
      };
      const missing = [...kept.values()].filter(
        ({ summary, hasNames }) => !hasNames && suspects.some((suspect) => hasSuspect(summary, suspect)),
      );
      if (missing.reduce((sum, { summary }) => sum + summary.pages.length, 0) > maxPagesWithNames) return undefined;
      for (const { summary, date, hasNames } of kept.values()) if (hasNames) add(summary, date);
      const isMissing = new Set(missing.map(keyOf));
      await readNames(partsWith(missing), (summary, of) => {
        if (isMissing.has(keyOf(of))) add(summary, of.date);
      });
      return sides;
    },
  };
}

/** Returns the parts that some summaries are of. */
function partsWith(keys: SummaryKey[]): Parts {
  const { '': live = [], ...byImport } = Object.groupBy(keys, ({ importName = '' }) => importName);
  const datesOf = (of: SummaryKey[] = []) => [...new Set(of.map(({ date }) => date))];
  const imported = Object.entries(byImport).map(([name, of]): [string, SummaryDate[]] => [name, datesOf(of)]);
  return { open: [], summaries: datesOf(live), imported: new Map(imported) };
}
