import { parseArgs } from 'node:util';
import { isLoopback } from './http.ts';
import { demoSite, readSite, type Site } from './site.ts';

/** What `npm run simulate` was asked for. */
export interface Options {
  target: string;
  site: Site;
  /** Where the site's pages are, if said. */
  origin: string | undefined;
  seed: number;
  /** History: visitors of some days before `until` (ms). Live: hits a second, for so many seconds at most. */
  mode: { visitors: number; days: number; until: number } | { rate: number; seconds: number };
  timeZone: string | undefined;
  table: string;
  /** Whether the app does not tell visitors apart, if said. */
  visitorsOff: boolean;
  concurrency: number;
  verify: boolean;
}

export const usage = `npm run simulate -- [options]

  --target URL        where /track is                        http://localhost:3000
  --seed N            the same seed, the same clickstream    1

history, through the handlers of a running npm start:
  --visitors N        how many                               500
  --days N            in so many days                        30
  --until INSTANT     up to 2026-11-21 or 2026-11-21T18:00Z  now

live, over HTTP:
  --rate N            hits a second, instead of a history
  --for 90s|5m|2h     ends by itself                         24h

  --site FILE         the site to walk over                  simulator/demo-site.json
  --origin URL        where the site's pages are             the demo blog of npm start
  --time-zone ZONE    the app's TIME_ZONE                    that of npm start, else UTC
  --table NAME        the app's table, to verify             SiteStatistics
  --visitors-off      the app's VISITORS is off              that of npm start, else on
  --concurrency N     hits under way at once                 20
  --verify            compare what was counted with what was sent; exit 1 where they differ
  --yes-this-is-my-site   needed for a target that is not on this machine`;

const definitions = {
  target: { type: 'string', default: 'http://localhost:3000' },
  seed: { type: 'string', default: '1' },
  visitors: { type: 'string' },
  days: { type: 'string' },
  until: { type: 'string' },
  rate: { type: 'string' },
  for: { type: 'string' },
  site: { type: 'string' },
  origin: { type: 'string' },
  'time-zone': { type: 'string' },
  table: { type: 'string', default: 'SiteStatistics' },
  'visitors-off': { type: 'boolean', default: false },
  concurrency: { type: 'string', default: '20' },
  verify: { type: 'boolean', default: false },
  'yes-this-is-my-site': { type: 'boolean', default: false },
} as const;

/** Reads the command line; throws an Error that says, in a sentence, what is wrong with it. `now` in ms. */
export function parseOptions(args: string[], now: number): Options {
  const { values } = parseArgs({ args, options: definitions });
  const number = (name: 'seed' | 'visitors' | 'days' | 'concurrency', least: number, most: number, usual = '') => {
    const text = values[name] ?? usual;
    const value = Number(text);
    if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
  };
  const live = values.rate !== undefined;
  const unfit = (['visitors', 'days', 'until', 'for'] as const).find(
    (name) => values[name] !== undefined && live !== (name === 'for'),
  );
  if (unfit)
    throw new Error(
      `--${unfit} ${live ? 'is for a history: leave it or --rate out' : 'is for live traffic: add --rate'}.`,
    );
  const target = parseOrigin('target', values.target);
  if (!isLoopback(target) && !values['yes-this-is-my-site']) {
    throw new Error(
      `${target} is not on this machine: add --yes-this-is-my-site if it is yours to send made-up traffic to.`,
    );
  }
  return {
    target,
    site: values.site === undefined ? demoSite : readSite(values.site),
    origin: values.origin === undefined ? undefined : parseOrigin('origin', values.origin),
    seed: number('seed', 0, 2 ** 31 - 1),
    mode:
      values.rate === undefined
        ? {
            visitors: number('visitors', 1, 100_000, '500'),
            days: number('days', 1, 366, '30'),
            until: values.until === undefined ? now : parseInstant(values.until),
          }
        : { rate: parseRate(values.rate), seconds: parseDuration(values.for ?? '24h') },
    timeZone: values['time-zone'],
    table: values.table,
    visitorsOff: values['visitors-off'],
    concurrency: number('concurrency', 1, 200),
    verify: values.verify,
  };
}

function parseOrigin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`--${name} takes an address like http://localhost:3000, not "${text}".`);
}

function parseInstant(text: string): number {
  const instant = /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new Error(`--until takes a date like 2026-11-21, or an instant like 2026-11-21T18:00Z, not "${text}".`);
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
