import { parseArgs } from 'node:util';
import { type ForeignFormat, foreignFormats } from './foreign-file.ts';
import { isLoopback } from './http.ts';
import { demoSite, maxDays, readSite } from './read-site.ts';
import type { Site } from './site.ts';

/** The options of `npm run simulate`. */
export interface Options {
  target: string;
  site: Site;
  /** The origin of the site's pages, if given. */
  origin: string | undefined;
  seed: number;
  /** A history: visitors of `days` days before `until` (ms). Live traffic: hits a second, for at most `seconds`. */
  mode: { visitors: number; days: number; until: number } | { rate: number; seconds: number };
  timeZone: string | undefined;
  table: string;
  /** Whether the app has VISITORS=off. */
  visitorsOff: boolean;
  /** Whether the app has PAGE_URLS=exact. */
  exactUrls: boolean;
  concurrency: number;
  verify: boolean;
  /** Files to write what was sent to, as exports of other tools. */
  write: { format: ForeignFormat; file: string }[];
}

export const usage = `npm run simulate -- [options]

Option                What it sets                           Default
  --target URL        the origin of /track                   http://localhost:3000
  --seed N            the seed of the clickstream            1

A history, through the handlers of a running npm start:
  --visitors N        the number of visitors                 500
  --days N            the number of days                     30
  --until INSTANT     the end, as 2026-11-21 or 2026-11-21T18:00Z  now
  --write FORMAT=FILE write it as an export of another tool: access-log, umami or plausible

Live traffic over HTTP:
  --rate N            hits a second
  --for 90s|5m|2h     the longest time                       24h

Both:
  --site FILE         the site to simulate                   simulator/demo-site.json
  --origin URL        the origin of the site's pages         the demo blog of npm start
  --time-zone ZONE    the app's TIME_ZONE                    that of npm start, or UTC
  --table NAME        the app's table, for --verify          SiteStatistics
  --visitors-off      the app has VISITORS=off               as npm start has it, or on
  --exact-urls        the app has PAGE_URLS=exact            as npm start has it, or merged
  --concurrency N     hits in flight at once                 20
  --verify            compare the counters with the hits sent, and exit with 1 if they differ
  --yes-this-is-my-site   allow a target that is not on this machine`;

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
  'exact-urls': { type: 'boolean', default: false },
  concurrency: { type: 'string', default: '20' },
  verify: { type: 'boolean', default: false },
  write: { type: 'string', multiple: true },
  'yes-this-is-my-site': { type: 'boolean', default: false },
} as const;

/** Parses the command line. Throws an Error whose sentence says what is wrong with it. `now` is in ms. */
export function parseOptions(args: string[], now: number): Options {
  const { values } = parseArgs({ args, options: definitions });
  const number = (name: 'seed' | 'visitors' | 'days' | 'concurrency', least: number, most: number, usual = '') => {
    const text = values[name] ?? usual;
    const value = Number(text);
    if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
  };
  const live = values.rate !== undefined;
  const unfit = (['visitors', 'days', 'until', 'write', 'for'] as const).find(
    (name) => values[name] !== undefined && live !== (name === 'for'),
  );
  if (unfit)
    throw new Error(`--${unfit} is for ${live ? 'a history. Remove it or --rate' : 'live traffic. Add --rate'}.`);
  const target = parseOrigin('target', values.target);
  if (!isLoopback(target) && !values['yes-this-is-my-site']) {
    throw new Error(
      `${target} is not on this machine. Add --yes-this-is-my-site if you may send simulated traffic there.`,
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
            days: number('days', 1, maxDays, '30'),
            until: values.until === undefined ? now : parseInstant(values.until),
          }
        : { rate: parseRate(values.rate), seconds: parseDuration(values.for ?? '24h') },
    timeZone: values['time-zone'],
    table: values.table,
    visitorsOff: values['visitors-off'],
    exactUrls: values['exact-urls'],
    concurrency: number('concurrency', 1, 200),
    verify: values.verify,
    write: (values.write ?? []).map(parseWrite),
  };
}

function parseWrite(text: string): Options['write'][number] {
  const [, name, file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const format = foreignFormats.find((each) => each === name);
  if (format) return { format, file };
  throw new Error(
    `--write takes ${foreignFormats.join(', ')}, each with a file, like umami=events.csv, not "${text}".`,
  );
}

function parseOrigin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`--${name} takes a URL like http://localhost:3000, not "${text}".`);
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
