import { parseArgs } from 'node:util';
import { isLoopback } from './http.ts';
import { demoSite, readSite, type Site } from './site.ts';

/** What `npm run simulate` was asked for. */
export interface Options {
  target: string;
  site: Site;
  origin: string;
  seed: number;
  /** History: visitors of some days before `until` (ms). Live: hits a second, for so many seconds at most. */
  mode: { visitors: number; days: number; until: number } | { rate: number; seconds: number };
  timeZone: string | undefined;
  table: string;
  concurrency: number;
  processes: number;
  verify: boolean;
}

export const usage = `npm run simulate -- [options]

  --target URL        where /track is                        http://localhost:3000
  --seed N            the same seed, the same clickstream    1

history, through the handlers of a running npm start:
  --visitors N        how many                               500
  --days N            in so many days                        30
  --until DATE        up to this instant                     now

live, over HTTP:
  --rate N            hits a second, instead of a history
  --for 90s|5m|2h     ends by itself                         24h

  --site FILE         the site to walk over                  simulator/demo-site.json
  --origin URL        where the site's pages are             the target's port + 1
  --time-zone ZONE    the app's TIME_ZONE                    that of npm start, else UTC
  --table NAME        the app's table, to verify             SiteStatistics
  --concurrency N     hits under way at once, a process      20
  --processes N       so many processes                      1
  --verify            compare what was counted with what was sent; exit 1 where they differ
  --yes-this-is-my-site   needed for a target that is not on this machine`;

const definitions = {
  target: { type: 'string', default: 'http://localhost:3000' },
  seed: { type: 'string', default: '1' },
  visitors: { type: 'string', default: '500' },
  days: { type: 'string', default: '30' },
  until: { type: 'string' },
  rate: { type: 'string' },
  for: { type: 'string', default: '24h' },
  site: { type: 'string' },
  origin: { type: 'string' },
  'time-zone': { type: 'string' },
  table: { type: 'string', default: 'SiteStatistics' },
  concurrency: { type: 'string', default: '20' },
  processes: { type: 'string', default: '1' },
  verify: { type: 'boolean', default: false },
  'yes-this-is-my-site': { type: 'boolean', default: false },
} as const;

/** Reads the command line; throws an Error that says, in a sentence, what is wrong with it. `now` in ms. */
export function parseOptions(args: string[], now: number): Options {
  const { values } = parseArgs({ args, options: definitions });
  const number = (name: 'seed' | 'visitors' | 'days' | 'concurrency' | 'processes', least: number, most: number) => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`--${name} takes a whole number from ${least} to ${most}, not "${values[name]}".`);
  };
  const target = parseOrigin('target', values.target);
  if (!isLoopback(target) && !values['yes-this-is-my-site']) {
    throw new Error(
      `${target} is not on this machine: add --yes-this-is-my-site if it is yours to send made-up traffic to.`,
    );
  }
  const until = values.until === undefined ? now : Date.parse(values.until);
  if (Number.isNaN(until)) throw new Error(`--until takes a date like 2026-11-21, not "${values.until}".`);
  return {
    target,
    site: values.site === undefined ? demoSite : readSite(values.site),
    origin: parseOrigin('origin', values.origin ?? blogBeside(target)),
    seed: number('seed', 0, 2 ** 31 - 1),
    mode:
      values.rate === undefined
        ? { visitors: number('visitors', 1, 1_000_000), days: number('days', 1, 366), until }
        : { rate: parseRate(values.rate), seconds: parseDuration(values.for) },
    timeZone: values['time-zone'],
    table: values.table,
    concurrency: number('concurrency', 1, 200),
    processes: number('processes', 1, 16),
    verify: values.verify,
  };
}

function parseOrigin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`--${name} takes an address like http://localhost:3000, not "${text}".`);
}

/** npm start serves the demo blog on the port after that of the API. */
function blogBeside(target: string): string {
  const url = new URL(target);
  if (!isLoopback(target)) throw new Error('--origin is needed: the address of the site that /track counts.');
  url.port = String(Number(url.port || 80) + 1);
  return url.origin;
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (rate > 0 && rate <= 1_000) return rate;
  throw new Error(`--rate takes a number over 0 and up to 1000, not "${text}".`);
}

function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const seconds = Number(count) * ({ s: 1, m: 60, h: 3600 }[unit] ?? Number.NaN);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new Error(`--for takes a time like 90s, 5m or 2h, at most 24h, not "${text}".`);
}
