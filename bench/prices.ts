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

/** The monthly usage that is always free in every account, without the offers for new accounts. */
export const free: Partial<Record<keyof typeof prices, number>> = {
  lambdaRequest: 1e6,
  lambdaGbSecond: 400_000,
  storedGbMonth: 25,
  queueRequest: 1e6,
  loggedGb: 5,
  sentGb: 100,
};

/** The usage of a month. */
export type Usage = Record<keyof typeof prices, number>;

/** Returns the price of a month in US dollars, after an allowance. */
export function dollars(usage: Partial<Usage>, allowance: typeof free = {}): number {
  const of = (service: keyof Usage) => Math.max(0, (usage[service] ?? 0) - (allowance[service] ?? 0)) * prices[service];
  return (Object.keys(prices) as (keyof Usage)[]).reduce((sum, what) => sum + of(what), 0);
}
