import type { Chartable } from '../core/report/filter.ts';
import { rateOf, rates } from '../core/report/rates.ts';
import type { Metrics, Report } from '../core/report/report.ts';
import { duration } from './duration.ts';
import { counted, grouped } from './text.ts';

/** How the dashboard shows a number that it can chart. */
export interface Measure {
  title: string;
  /** Returns the number for some sums. Undefined if they do not tell it. */
  of(sums: Metrics): number | undefined;
  /** Formats the number. */
  show(value: number): string;
  /** Formats the number with its unit: `96 views`. */
  say(value: number): string;
  /** Whether less is better. */
  isBad?: true;
}

const percent = (share: number) => `${Math.round(100 * share)}%`;

const countOf = (metric: 'views' | 'visitors' | 'visits' | 'events', title: string, noun: string): Measure => ({
  title,
  of: (sums) => sums[metric],
  show: grouped,
  say: (value) => counted(value, noun),
});

/** All measures, in the order of their tiles. */
export const measures: Record<Chartable, Measure> = {
  views: countOf('views', 'Views', 'view'),
  visitors: countOf('visitors', 'Visitors', 'visitor'),
  visits: countOf('visits', 'Visits', 'visit'),
  events: countOf('events', 'Events', 'event'),
  'views-per-visit': {
    title: 'Views per visit',
    of: (sums) => rateOf('views-per-visit', sums),
    show: (value) => value.toFixed(1),
    say: (value) => `${value.toFixed(1)} views per visit`,
  },
  'bounce-rate': {
    title: 'Bounce rate',
    of: (sums) => rateOf('bounce-rate', sums),
    show: percent,
    say: (value) => `${percent(value)} bounces`,
    isBad: true,
  },
  'visit-duration': {
    title: 'Visit duration',
    of: (sums) => rateOf('visit-duration', sums),
    show: duration,
    say: (value) => `${duration(value)} per visit`,
  },
};

/** Returns what the chart shows: the chosen rate if the report can tell it for each point, or else the report's metric. */
export function chartedBy(report: Report, chosen: Chartable | undefined, isHourly: boolean): Chartable {
  const isKnownRate = rates.some((rate) => rate === chosen && rateOf(rate, report.totals) !== undefined);
  return chosen && isKnownRate && !isHourly ? chosen : (report.metric as Chartable);
}
