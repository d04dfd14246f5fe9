import type { Day } from '../core/calendar/day.ts';
import type { ImportTotals } from '../store/imports.ts';
import { type ComparedMetric, comparedMetrics, comparedNumbers } from './compared-metrics.ts';
import type { Taken } from './days/taken.ts';

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

/** Compares what the file says with what is stored of months and of years. */
export function comparedSums(told: Map<ComparedMetric, number>, { month, year }: ImportTotals): ComparedSum[] {
  const [ofMonths, ofYears] = [comparedNumbers(month), comparedNumbers(year)];
  return comparedMetrics.map((metric) => {
    const file = told.get(metric);
    const stored = ofMonths[metric];
    return { metric, file, stored, isEqual: stored === ofYears[metric] && (file === undefined || file === stored) };
  });
}
