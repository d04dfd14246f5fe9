/** What the owner sets, all in `params` of serverless.yml. */
export interface Settings {
  /** Hosts whose pages are counted, as in the address bar: `blog.example.com`, `localhost:3001`. */
  sites: string[];
  /** IANA name of the zone whose midnight begins a day; checked before deploying, for that takes some 25 ms. */
  timeZone: string;
  /** How long a day's counters are kept, in days. */
  retentionDays: number;
  /** Whether visitors are told apart, for a day, by markers. */
  visitors: boolean;
  maxPagesPerDay: number;
  /** How many sources, referrers, campaigns, events … one page may have on a day. */
  maxNamesPerPage: number;
  statisticsTable: string;
  visitorsTable: string;
  /** Where increments wait that the table could not take; empty where there is no such queue. */
  overflowQueueUrl: string;
  /** How long a hit may take, in ms: nine tenths of it for the tables; the queue, if need be, has four tenths more. */
  hitTimeout: number;
}

export type Environment = Record<string, string | undefined>;

/** Reads the settings; throws an Error that says, in a sentence, which one is missing or wrong and what to do. */
export function parseSettings(env: Environment): Settings {
  return {
    sites: parseSites(env.SITES),
    timeZone: env.TIME_ZONE || 'UTC',
    retentionDays: parseCount('RETENTION_DAYS', env.RETENTION_DAYS || '760'),
    visitors: parseSwitch('VISITORS', env.VISITORS || 'on'),
    maxPagesPerDay: parseCount('MAX_PAGES_PER_DAY', env.MAX_PAGES_PER_DAY || '5000'),
    maxNamesPerPage: parseCount('MAX_NAMES_PER_PAGE', env.MAX_NAMES_PER_PAGE || '100'),
    statisticsTable: parseTable('STATISTICS_TABLE', env.STATISTICS_TABLE || 'SiteStatistics'),
    visitorsTable: parseTable('VISITORS_TABLE', env.VISITORS_TABLE || 'SiteVisitors'),
    overflowQueueUrl: env.OVERFLOW_QUEUE_URL || '',
    hitTimeout: parseCount('HIT_TIMEOUT', env.HIT_TIMEOUT || '1000'),
  };
}

function parseSites(list = ''): string[] {
  const entries = list.split(',').map((entry) => entry.trim());
  const sites = entries.filter((entry) => entry !== '').map(parseSite);
  if (sites.length > 0) return [...new Set(sites)];
  throw new Error(
    'SITES is not set: name the hosts whose pages are counted, separated by commas, for example SITES=blog.example.com.',
  );
}

function parseSite(entry: string): string {
  const address = entry.includes('://') ? entry : `https://${entry}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:\/\/[\w.-]+(:\d+)?\/$/.test(url.href)) return url.host;
  throw new Error(
    `SITES has the entry "${entry}", which is not a host: write it as in the address bar, blog.example.com.`,
  );
}

function parseCount(name: string, value: string): number {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new Error(`${name} is "${value}": it takes a whole number from 1 to 99999.`);
}

function parseSwitch(name: string, value: string): boolean {
  if (value === 'on' || value === 'off') return value === 'on';
  throw new Error(`${name} is "${value}": it takes on or off.`);
}

function parseTable(name: string, table: string): string {
  if (/^[\w.-]{3,255}$/.test(table)) return table;
  throw new Error(`${name} is "${table}": a table's name has 3 to 255 letters, digits, dots, dashes and underscores.`);
}
