import assert from 'node:assert/strict';
import { after, type TestContext } from 'node:test';
import type { VisitDimension } from '../../core/counters/dimensions.ts';
import type { Count, Metrics } from '../../core/report/report.ts';
import type { Point } from '../../core/report/series.ts';
import { hashPassword } from '../../http/password-hash.ts';
import type { Response } from '../../http/response.ts';
import { startDatabase } from '../../local/database.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';

/** Hashes a password at the least cost that the setting takes, so that tests need not wait. */
export const quickHash = (password: string) => hashPassword(password, { log2N: 10, r: 8, p: 1 });

export const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** The fields of a /stats.json answer that tests read. docs/api.md defines them. */
export interface Numbers {
  range: { from: string; to: string; period: string | null; unit: string };
  totals: Metrics;
  previous: Metrics;
  compared: { by: string; from: string; to: string; until: string | null } | null;
  series: (Point & { previous: number | null })[];
  previousSeries: Point[];
  pages: ({ url: string } & Metrics)[];
  viewsBySource: Count[];
  visitsBy: Record<VisitDimension, Count[]>;
  events: Count[];
  notCounted: Count[];
  why: { sentences: string[] } | null;
  filter: Record<string, string>;
  lake: { missingDays: string[] } | null;
  flows: { before: Count[]; next: Count[] } | null;
}

/**
 * Loads the functions with these settings and a database of their own. Call it once in a test file, because functions read
 * their settings once.
 */
export async function startFunctions(settings: Record<string, string>) {
  const database = await startDatabase();
  after(() => database.close());
  const names = [
    'LIVE',
    'LIVE_CONNECTIONS_URL',
    'LAKE',
    'TIME_ZONE',
    'VISITORS',
    'PAGE_URLS',
    'MAX_PAGES_PER_DAY',
    'MAX_NAMES_PER_DIMENSION',
  ];
  const defaults = {
    ...Object.fromEntries([...names, 'TABLE_PREFIX', 'OVERFLOW_QUEUE_URL'].map((name) => [name, ''])),
    HIT_TIMEOUT: '20000', // this machine may be slow
    DETAIL_DAYS: '99999', // the days of tests pass
    RETENTION_DAYS: '99999',
  };
  Object.assign(process.env, database.environment, defaults, { PUBLIC_DASHBOARD: 'true' }, settings);
  const track = await import('../../functions/track.ts');
  const dashboard = await import('../../functions/dashboard.ts');
  const stats = await import('../../functions/stats.ts');
  return {
    track({ headers, ...parts }: EventParts): Promise<Response> {
      return track.handler(
        httpEvent({ method: 'POST', path: '/track', headers: { 'user-agent': firefox, ...headers }, ...parts }),
      );
    },
    stats: (parts: EventParts): Promise<Response> => stats.handler(httpEvent(parts)),
    dashboard: (parts: EventParts): Promise<Response> => dashboard.handler(httpEvent(parts)),
    /** Returns what /stats.json answers at `epoch` (ms), by default for the last seven days, compared with nothing. */
    async numbers(epoch: number, query: Record<string, string> = {}): Promise<Numbers> {
      const answer = await stats.handler(
        httpEvent({ path: '/stats.json', query: { compare: 'none', ...query }, epoch }),
      );
      assert.equal(answer.statusCode, 200);
      return JSON.parse(textOf(answer));
    },
  };
}

/** Returns the text of an answer that is not compressed. */
export const textOf = ({ body = '', isBase64Encoded }: Response): string =>
  isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;

/** Returns what the token of a live page says. */
export const socketClaim = (html: string): string =>
  Buffer.from(/\?token=([\w-]+)\./.exec(html)?.[1] ?? '', 'base64url').toString();

/** Collects the lines of JSON that functions write, from now to the end of a test; lets the rest of standard output pass. */
export function linesLogged(t: TestContext): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const write = process.stdout.write.bind(process.stdout);
  t.mock.method(process.stdout, 'write', (chunk: string | Uint8Array) =>
    typeof chunk === 'string' && chunk.startsWith('{') ? lines.push(JSON.parse(chunk)) > 0 : write(chunk),
  );
  return lines;
}
