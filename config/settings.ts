/** One setting of an installation. The owner sets it in the environment or in `.env`: docs/settings.md. */
export interface Setting<Value> {
  /** What stands for an unset setting. */
  default: string;
  /** What the setting takes, as the end of the sentence `NAME is "x": it takes …`. */
  takes: string;
  /** What to do if a required setting is not set, as the end of the sentence `NAME is not set: …`. */
  required?: string;
  /** Returns the value of a text, or undefined if the setting does not take the text. */
  parse(text: string): Value | undefined;
}

export type Environment = Record<string, string | undefined>;

/** What `npm run password` prints: log2 of N, r, p, salt and hash of scrypt. */
export const passwordHashPattern = /^scrypt:(1[0-9]):(8):([1-9]):([\w-]{22}):([\w-]{43})$/;

const count = (usual: string, most = 99_999, least = 1): Setting<number> => ({
  default: usual,
  takes: `a whole number from ${least} to ${most}`,
  parse(text) {
    const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
    return number >= least && number <= most ? number : undefined;
  },
});

const choice = <Word extends string>(usual: Word, ...others: Word[]): Setting<Word> => ({
  default: usual,
  takes: [[usual, ...others.slice(0, -1)].join(', '), others.at(-1)].join(' or '),
  parse: (text) => [usual, ...others].find((word) => word === text),
});

const optional = (takes: string, pattern: RegExp): Setting<string> => ({
  default: '',
  takes,
  parse: (text) => (text === '' || pattern.test(text) ? text : undefined),
});

/** Every setting. serverless.yml, the functions, `sls deploy` and local runs all read this table. */
export const settings = {
  /** Hosts whose pages are counted, as in the address bar: `blog.example.com`, `localhost:3001`. */
  SITES: {
    default: '',
    takes: 'hosts as in the address bar, separated by commas, like blog.example.com',
    required: 'name the hosts whose pages are counted, for example SITES=blog.example.com',
    parse: parseSites,
  } satisfies Setting<string[]>,
  AWS_REGION: {
    default: 'us-east-1',
    takes: 'an AWS region, like eu-central-1',
    parse: (text: string) => (/^[a-z]{2}(-[a-z]+)+-\d$/.test(text) ? text : undefined),
  } satisfies Setting<string>,
  /** Whose midnight begins a day. `sls deploy` checks the name against Intl, which takes 25 ms; the functions do not. */
  TIME_ZONE: {
    default: 'UTC',
    takes: 'an IANA time zone, like UTC or Europe/Berlin',
    parse: (text: string) => text,
  } satisfies Setting<string>,
  /** A hit waits for up to 14 days on the queue, and 14 more among the dead letters. Its rows must still be there. */
  DETAIL_DAYS: count('45', 99_999, 35),
  RETENTION_DAYS: count('760'),
  VISITORS: choice('on', 'off'),
  /** Whether `/about`, `/about/` and `/about/index.html` are one page: core/collect/page-url.ts. */
  PAGE_URLS: choice('merged', 'exact'),
  MAX_PAGES_PER_DAY: count('5000'),
  /** An item is written whole, so a flood costs as much as its items are large: 52 KB at most. */
  MAX_NAMES_PER_DIMENSION: count('24', 40),
  TABLE_PREFIX: {
    default: 'Site',
    takes: 'up to 200 letters, digits, dots, dashes and underscores',
    parse: (text: string) => (/^[\w.-]{1,200}$/.test(text) ? text : undefined),
  } satisfies Setting<string>,
  /** How the page of current readers gets new views: it asks again, a WebSocket tells it, or there is none. */
  LIVE: choice('refresh', 'websocket', 'off'),
  /** Whether each view and event is kept as a record in files: docs/lake.md. */
  LAKE: choice('off', 'on'),
  /** Days until the files of a day expire. A month is compacted when it is over, so its files must last a month. */
  LAKE_DAYS: count('400', 3650, 32),
  DASHBOARD_PASSWORD_HASH: optional('the whole line that npm run password prints', passwordHashPattern),
  PUBLIC_DASHBOARD: choice('false', 'true'),
  /** Milliseconds. `sls deploy` takes at most 3000: see check-settings.ts. A busy machine may need more for its tests. */
  HIT_TIMEOUT: count('1000'),
  API_RATE: count('25'),
  /** `free` provisions the tables within what AWS gives for nothing: infra/tables.yml, decision 022. */
  CAPACITY: choice('on-demand', 'free'),
  MAX_WRITE_UNITS: count('50'),
  MAX_READ_UNITS: count('4000'),
  ALARM_EMAIL: optional('an e-mail address', /^[^@\s]+@[^@\s]+\.[^@\s]+$/),
  MONTHLY_BUDGET: optional('US dollars, like 5 or 7.50', /^\d{1,7}(\.\d\d?)?$/),
  STATISTICS_ON_REMOVE: choice('Retain', 'Delete'),
  PERMISSIONS_BOUNDARY: optional('the name of a policy, like footfall-boundary', /^[\w+=,.@-]{1,128}$/),
  DOMAIN: optional('a host name like stats.example.com', /^([a-z0-9-]+\.)+[a-z]{2,}$/),
  CERTIFICATE_ARN: optional('the ARN of a certificate on ACM', /^arn:aws[\w-]*:acm:[\w-]+:\d+:certificate\/[\w-]+$/),
};

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = Exclude<ReturnType<(typeof settings)[Name]['parse']>, undefined>;

/** Reads one setting. Throws an Error whose sentence says what is wrong and what the setting takes. */
export function readSetting<Name extends SettingName>(name: Name, env: Environment): SettingValue<Name> {
  const setting: Setting<unknown> = settings[name];
  const text = env[name] || setting.default;
  const value = setting.parse(text);
  if (value !== undefined) return value as SettingValue<Name>;
  if (setting.required && text.replace(/[\s,]/g, '') === '')
    throw new Error(`${name} is not set: ${setting.required}.`);
  throw new Error(`${name} is "${text}": it takes ${setting.takes}.`);
}

function parseSites(list: string): string[] | undefined {
  const entries = list.split(',').map((entry) => entry.trim());
  const sites = entries.filter((entry) => entry !== '').map(hostOf);
  if (sites.length === 0 || sites.includes('')) return undefined;
  return [...new Set(sites)];
}

function hostOf(entry: string): string {
  const url = URL.parse(entry.includes('://') ? entry : `https://${entry}`);
  return url && /^https?:\/\/[\w.-]+(:\d+)?\/$/.test(url.href) ? url.host : '';
}
