import type { Day } from '../core/calendar/day.ts';
import type { ImportTotals } from '../store/imports.ts';
import type { Taken } from './days/taken.ts';
import { type ComparedMetric, comparedMetrics } from './format.ts';

/** What an import did. */
export interface Receipt {
  name: string;
  /** The tool, as it spells itself. */
  tool: string;
  site: string;
  timeZone: string;
  files: string[];
  days: Day[];
  taken: Taken;
  sums: ComparedSum[];
  /** What the source cannot tell. */
  lacks: readonly string[];
  isDryRun: boolean;
  /** The settings that the numbers were counted with, if they differ from those here. */
  differing?: readonly string[];
}

/** A sum of the file and of the store. */
export interface ComparedSum {
  metric: ComparedMetric;
  /** Undefined if the file does not tell. */
  file: number | undefined;
  stored: number;
  isEqual: boolean;
}

const storedSums: Record<ComparedMetric, (totals: Map<string, number>) => number> = {
  views: (totals) => totals.get('views') ?? 0,
  visitors: (totals) => totals.get('site_visitors') ?? 0,
  visits: (totals) => totals.get('visits') ?? 0,
  events: (totals) => [...totals].reduce((sum, [name, count]) => (name.startsWith('event_') ? sum + count : sum), 0),
};

/** Returns a metric of counters that are added up over a site. */
export const storedSum = (totals: Map<string, number>, metric: ComparedMetric): number => storedSums[metric](totals);

/** Compares what the file says with what is stored of months and of years. */
export function comparedSums(told: Map<ComparedMetric, number>, { month, year }: ImportTotals): ComparedSum[] {
  return comparedMetrics.map((metric) => {
    const file = told.get(metric);
    const [stored, ofYears] = [storedSums[metric](month), storedSums[metric](year)];
    return { metric, file, stored, isEqual: stored === ofYears && (file === undefined || file === stored) };
  });
}
