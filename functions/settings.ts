/** What the owner sets, all in `params` of serverless.yml. */
export interface Settings {
  /** Hosts whose pages are counted, as in the address bar: `blog.example.com`, `localhost:3001`. */
  sites: string[];
  /** IANA name of the zone whose midnight begins a day; checked before deploying, for that takes some 25 ms. */
  timeZone: string;
  /** How long a day's counters are kept, in days. */
  retentionDays: number;
  statisticsTable: string;
}

type Environment = Record<string, string | undefined>;

/** Reads the settings; throws an Error that says, in a sentence, which one is missing or wrong and what to do. */
export function parseSettings(env: Environment): Settings {
  return {
    sites: parseSites(env.SITES),
    timeZone: env.TIME_ZONE || 'UTC',
    retentionDays: parseRetention(env.RETENTION_DAYS || '760'),
    statisticsTable: parseTable(env.STATISTICS_TABLE || 'SiteStatistics'),
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

function parseRetention(days: string): number {
  if (/^[1-9]\d{0,4}$/.test(days)) return Number(days);
  throw new Error(`RETENTION_DAYS is "${days}": it takes a whole number of days from 1 to 99999.`);
}

function parseTable(name: string): string {
  if (/^[\w.-]{3,255}$/.test(name)) return name;
  throw new Error(
    `STATISTICS_TABLE is "${name}": a table's name has 3 to 255 letters, digits, dots, dashes and underscores.`,
  );
}
