import type { Metrics } from './report.ts';

/** The numbers that are a quotient of sums. */
export const rates = ['views-per-visit', 'bounce-rate', 'visit-duration'] as const;
export type Rate = (typeof rates)[number];

/** Counts the visits that have a bounce and a duration. */
export const linkedVisits = ({ visits = 0, unlinked = 0, linked = visits - unlinked }: Metrics): number => linked;

/** Returns a rate of sums: views, a share of 1, or seconds. Returns undefined if there is nothing to divide by. */
export function rateOf(rate: Rate, sums: Metrics): number | undefined {
  const { views = 0, visits = 0, engaged, seconds } = sums;
  if (engaged === undefined) return undefined;
  if (rate !== 'bounce-rate' && seconds === undefined) return undefined;
  if (rate === 'views-per-visit') return visits > 0 ? views / visits : undefined;
  const linked = linkedVisits(sums);
  if (linked <= 0) return undefined;
  // A write that is lost or counted twice must not show a rate below 0.
  return rate === 'bounce-rate' ? Math.max(0, 1 - engaged / linked) : (seconds ?? 0) / linked;
}
