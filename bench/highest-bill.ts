import { maxFromAll, window } from '../http/sign-in-limits.ts';
import type { Usage } from './prices.ts';

/** What limits a flood, and what its requests cost. */
export interface Flood {
  /** Requests a second, by route. */
  rates: Record<string, number>;
  functions: Record<string, { memory: number; timeout: number }>;
  /** Units a second: MAX_WRITE_UNITS of each table, and MAX_READ_UNITS of the statistics. */
  writeUnits: number;
  readUnits: number;
  maxPagesPerDay: number;
  /** Seconds that Lambda charges for the costliest hit, a page of the dashboard without a password, and a wrong password. */
  seconds: { hit: number; signInPage: number; wrongPassword: number };
  bytes: { hit: number; signInPage: number };
}

export const month = 30.4 * 86_400;
/** DynamoDB and Lambda count in GB of 1,024 MB, and items in KB of 1,024 bytes. Prices count in 10^9 bytes. */
const kb = 1024;
const maxItem = 32 * kb;
/** What functions/drain.ts does at once, its messages, and the seconds until it stops. */
export const drains = { atOnce: 2, messages: 1000, seconds: 45 };
const maxAnswer = 6 * kb * kb;

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Returns a month in which strangers send all that the route limits let through, each request of the costliest kind. */
export function floodMonth({ rates, functions, writeUnits, readUnits, maxPagesPerDay, seconds, bytes }: Flood): Usage {
  const { 'POST /track': hitRate = 0, ...others } = rates;
  const otherRate = sum(Object.values(others));
  const gb = (name: string) => (functions[name]?.memory ?? 0) / kb;
  // An item of 32 KB takes eight units. Before a write, a hit may look for its page today and the day before, once in
  // track and once in drain. A page of the dashboard reads what is revoked.
  const reads = hitRate * 2 * (1 + maxItem / kb / 4) + otherRate;
  // A day has twice as many items as pages, because pages of the day before keep a place. Days grow all month long.
  const statistics = (2 * maxPagesPerDay * maxItem * 30.4) / 2 / 1e9;
  // Each write can make a record of 0.3 KB. DynamoDB deletes expired ones within a few days.
  const visitors = (writeUnits * 86_400 * 300 * 3) / 1e9;
  // A message that fails is received again. Ten messages are received by one request, and deleted by another.
  const received = hitRate + (drains.atOnce * drains.messages) / drains.seconds;
  const lambda =
    hitRate * (seconds.hit + 0.05) * gb('track') + // a throttled attempt takes 50 ms more
    otherRate * seconds.signInPage * Math.max(gb('dashboard'), gb('stats')) +
    (maxFromAll / window) * seconds.wrongPassword * gb('dashboard') +
    drains.atOnce * gb('drain');
  return {
    apiRequest: (hitRate + otherRate) * month,
    lambdaRequest: (hitRate + otherRate) * month,
    lambdaGbSecond: lambda * month,
    writeUnit: 2 * writeUnits * month,
    readUnit: Math.min(reads, readUnits) * month,
    storedGbMonth: statistics + visitors,
    backedUpGbMonth: statistics,
    queueRequest: (hitRate + 0.2 * received) * month,
    loggedGb: 0,
    sentGb: ((hitRate * bytes.hit + otherRate * bytes.signInPage) * month) / 1e9,
  };
}

/** Returns what a public dashboard adds: each request that reads takes its whole time-out, and large answers 6 MB. */
export function publicFlood({ rates, functions, readUnits }: Flood): Partial<Usage> {
  const rate = (...routes: string[]) => sum(routes.map((route) => rates[`GET /${route}`] ?? 0));
  const gbSeconds = (name: string) => ((functions[name]?.memory ?? 0) / kb) * (functions[name]?.timeout ?? 0);
  return {
    readUnit: readUnits * month,
    lambdaGbSecond:
      (rate('dashboard', 'live', 'install', 'status') * gbSeconds('dashboard') +
        rate('stats.json', 'stats.csv', 'feed.xml', 'export.zip') * gbSeconds('stats')) *
      month,
    sentGb: (rate('dashboard', 'stats.json', 'stats.csv', 'export.zip') * maxAnswer * month) / 1e9,
  };
}

/** API Gateway counts each started 512 KB of a request, and takes 10 MB. */
export const countsOfLargestRequest = 20;
