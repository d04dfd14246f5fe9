/** AWS's list prices in us-east-1, in US dollars, read on 2026-11-24 from the pages that docs/costs.md names. */
export const prices = {
  apiRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64 */
  lambdaGbSecond: 0.0000133334,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  storedGbMonth: 0.25,
  backedUpGbMonth: 0.2,
  queueRequest: 0.4 / 1e6,
  loggedGb: 0.5,
  sentGb: 0.09,
};

/** What every account has for nothing each month, for good. What new accounts get besides is left out. */
export const free: Partial<Record<keyof typeof prices, number>> = {
  lambdaRequest: 1e6,
  lambdaGbSecond: 400_000,
  storedGbMonth: 25,
  queueRequest: 1e6,
  loggedGb: 5,
  sentGb: 100,
};

/** How much of each is used in a month. */
export type Usage = Record<keyof typeof prices, number>;

/** US dollars for a month's use, at list prices, or with what is free taken off. */
export function dollars(usage: Usage, taken: typeof free = {}): number {
  const of = (what: keyof Usage) => Math.max(0, usage[what] - (taken[what] ?? 0)) * prices[what];
  return (Object.keys(prices) as (keyof Usage)[]).reduce((sum, what) => sum + of(what), 0);
}
