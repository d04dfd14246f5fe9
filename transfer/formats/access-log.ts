import type { Client } from '../../core/collect/audience.ts';
import { unknown } from '../../core/counters/names.ts';
import { eachLine } from '../files/lines.ts';
import type { Entry, Format, ImportedView, ImportScope, Sink } from '../format.ts';
import { cloudFrontReader } from './cloudfront-log.ts';
import { type LoggedRequest, readApacheLine, readS3Line } from './log-line.ts';
import { isPagePath } from './page-path.ts';
import { isPossibleTime } from './parse-time.ts';

/** Returns the request that a line logs, a text that says why it logs none, or undefined for a comment. */
type LineReader = (line: string) => LoggedRequest | string | undefined;

const readers: { [kind: string]: () => LineReader } = {
  'CloudFront log': cloudFrontReader,
  'S3 log': () => readS3Line,
  'access log': () => readApacheLine,
};

const linesLookedAt = 20;

/** Logs of web servers: common, combined, with the virtual host before, of CloudFront and of S3. */
export const accessLog: Format = {
  name: 'access-log',
  title: 'access log',
  lacks: ['countries', 'languages', 'whether a browser ran scripts'],

  recognizes(entries) {
    const [other, ...others] = entries.filter((entry) => kindOf(entry) === undefined);
    if (!other || others.length + 1 === entries.length) return !other;
    return `${other.name} is not an access log, but other files are. Leave it out.`;
  },

  async read(entries, scope, sink) {
    for (const entry of entries) {
      const kind = kindOf(entry) ?? '';
      const reader = readers[kind]?.();
      if (reader) await eachLine(entry, (line) => takeLine(kind, reader(line), scope, sink));
    }
  },
};

/** Returns the kind of a log, if one of its first lines is a request. */
function kindOf({ head }: Entry): string | undefined {
  const lines = head.split(/\r?\n/).slice(0, linesLookedAt);
  return Object.keys(readers).find((kind) => {
    const reader = readers[kind]?.();
    return reader && lines.some((line) => typeof reader(line) === 'object');
  });
}

function takeLine(table: string, request: ReturnType<LineReader>, { now }: ImportScope, sink: Sink): void {
  if (request === undefined) return;
  if (typeof request === 'string') {
    sink.drop(table, request);
    return;
  }
  const reason = whyNoView(request, now);
  if (reason === undefined) sink.view(table, viewOf(request));
  else sink.drop(table, reason);
}

/** Returns why a request is no view of a page, or undefined if it is one. */
function whyNoView({ time, method, status, path }: LoggedRequest, now: number): string | undefined {
  if (method !== 'GET') return 'not a GET';
  if (status !== 200 && status !== 304) return 'redirect or error';
  if (!isPagePath(path)) return 'not a page';
  return isPossibleTime(time, now) ? undefined : 'date before 1990 or in the future';
}

function viewOf({ time, host, path, query, referrer, ip, userAgent }: LoggedRequest): ImportedView {
  return {
    time,
    url: `${host === '' ? '' : `https://${host}`}${path}${query}`,
    visitor: `${ip}\n${userAgent}`,
    referrer,
    campaign: query.includes('utm_') ? campaignOf(query) : {},
    client: userAgent === undefined ? unknownAudience : clientOf(userAgent),
  };
}

/** The common format has no user agent, so nothing tells its bots. */
const unknownAudience = {
  country: unknown,
  device: unknown,
  browser: unknown,
  os: unknown,
  language: unknown,
} as const;

const clientOf = (userAgent: string): Client => ({ userAgent, timeZone: '', width: 0, languages: '' });

function campaignOf(query: string) {
  const parameters = new URLSearchParams(query);
  const of = (field: string) => parameters.get(`utm_${field}`) ?? '';
  return {
    source: of('source'),
    medium: of('medium'),
    campaign: of('campaign'),
    term: of('term'),
    content: of('content'),
  };
}
