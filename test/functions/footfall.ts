import assert from 'node:assert/strict';
import { after, type TestContext } from 'node:test';
import type { VisitDimension } from '../../core/counters/dimensions.ts';
import type { Count, Metrics, Point } from '../../core/report/report.ts';
import { hashPassword } from '../../http/password-hash.ts';
import type { Response } from '../../http/response.ts';
import { startDatabase } from '../../local/database.ts';
import { type EventParts, httpEvent } from '../../local/event.ts';

/** Hashes a password at the least cost that the setting takes, so that tests need not wait. */
export const quickHash = (password: string) => hashPassword(password, { log2N: 10, r: 8, p: 1 });

export const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/** The fields of a /stats.json answer that tests read. docs/api.md defines them. */
export interface Numbers {
  totals: Metrics;
  previous: Metrics;
  series: (Point & { previous: number })[];
  pages: ({ url: string } & Metrics)[];
  viewsBySource: Count[];
  visitsBy: Record<VisitDimension, Count[]>;
  events: Count[];
  notCounted: Count[];
}

/**
 * Loads the functions with these settings and a database of their own. Call it once in a test file, because functions read
 * their settings once.
 */
export async function startFunctions(settings: Record<string, string>) {
  const database = await startDatabase();
  after(() => database.close());
  const names = ['TIME_ZONE', 'RETENTION_DAYS', 'VISITORS', 'MAX_PAGES_PER_DAY', 'MAX_NAMES_PER_PAGE'];
  const defaults = {
    ...Object.fromEntries([...names, 'TABLE_PREFIX', 'OVERFLOW_QUEUE_URL'].map((name) => [name, ''])),
    HIT_TIMEOUT: '20000', // this machine may be slow
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
    /** Returns what /stats.json answers at `epoch` (ms), by default for the last seven days. */
    async numbers(epoch: number, query: Record<string, string> = {}): Promise<Numbers> {
      const { statusCode, body = '' } = await stats.handler(httpEvent({ path: '/stats.json', query, epoch }));
      assert.equal(statusCode, 200);
      return JSON.parse(Buffer.from(body, 'base64').toString());
    },
    /** The numbers that the dashboard shows at `epoch`. */
    async shown(epoch: number) {
      const { body = '' } = await dashboard.handler(httpEvent({ epoch }));
      return numbersIn(Buffer.from(body, 'base64').toString());
    },
  };
}

/** Collects the lines of JSON that functions write, from now to the end of a test; lets the rest of standard output pass. */
export function linesLogged(t: TestContext): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const write = process.stdout.write.bind(process.stdout);
  t.mock.method(process.stdout, 'write', (chunk: string | Uint8Array) =>
    typeof chunk === 'string' && chunk.startsWith('{') ? lines.push(JSON.parse(chunk)) > 0 : write(chunk),
  );
  return lines;
}

/** What a reader of the dashboard sees: the tiles of views and of people, lists, the tables of days, of pages with their columns, of refusals. */
export function numbersIn(html: string) {
  const tableUnder = (heading: string) =>
    new RegExp(`<h2[^>]*>${heading}</h2>.*?(<table.*?</table>)`, 's').exec(html)?.[1] ?? '';
  const pages = (/<h2[^>]*>(?:Top URLs|Entry pages)<\/h2>.*?<\/section>/s.exec(html)?.[0] ?? '')
    .replace(/<p class="is-size-7.*?<\/p>/g, '')
    .replace(/<\/tbody><\/table><details>.*?<tbody>/s, ''); // as if the first ten and the rest were one table
  const all = [
    ...html.matchAll(
      /class="box tile"><p [^>]*><(?:a|span)[^>]*><bdi>(.*?)<\/bdi><\/(?:a|span)><\/p><p [^>]*>(.*?)<\/p>/g,
    ),
  ].map(([, name = '', value = '']) => [name.replace('Daily visitors, added up', 'Visitors'), value] as const);
  const ofViews = ([name]: readonly [string, string]) => /^(Views|from .*|without a source)$/s.test(name);
  return {
    tiles: Object.fromEntries(all.filter(ofViews)),
    people: Object.fromEntries(all.filter((tile) => !ofViews(tile))),
    /** The rows of a list of visits, by its title: name, number, share. */
    list: (title: string) =>
      rowsOf(`<tr></tr>${new RegExp(`aria-label="${title} by [a-z]+">(.*?)</table>`, 's').exec(html)?.[1] ?? ''}`),
    days: rowsOf(tableUnder('(?:Views|Visits|Events) per day')).map((cells) => cells.slice(0, 2)),
    hours: rowsOf(tableUnder('Views per hour')),
    months: rowsOf(tableUnder('Views per month')),
    refusals: rowsOf(tableUnder('Not counted, and why')).map(([reason = '', hits]) => [
      reason.replace(/:.*/, ''),
      hits,
    ]),
    /** Rank, URL, views, and views by source. */
    pages: columnsOf(pages, (column) => !/^(Open|Trend|Visitors)$/.test(column)),
    /** How many saw a page, and saw it first, by URL. */
    readers: columnsOf(pages, (column) => /^(URL|Visitors|Entrances)$/.test(column)),
  };
}

/** Some columns of a table, by their title. */
function columnsOf(table: string, wanted: (title: string) => boolean): string[][] {
  const titles = [...table.matchAll(/<th [^>]*>(.*?)<\/th>/g)].map(([, title = '']) => title.replace(/<[^>]+>/g, ''));
  return rowsOf(table).map((cells) => cells.filter((_, i) => wanted(titles[i] ?? '')));
}

const rowsOf = (table: string) =>
  [...table.matchAll(/<tr>(.*?)<\/tr>/g)]
    .map(([, row = '']) =>
      [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '')),
    )
    .slice(1);
