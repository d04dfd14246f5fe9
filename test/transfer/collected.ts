import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { isDay } from '../../core/calendar/day.ts';
import type { Counters } from '../../core/counters/names.ts';
import { readImport } from '../../transfer/days/read-import.ts';
import { type Entry, type Format, type ImportedView, type ImportScope, UnreadableFile } from '../../transfer/format.ts';

/** What a format passed on. */
export interface Collected {
  /** By day and URL: `2026-01-02 https://blog.example/`. Numbers of no page have the day alone. */
  counters: Record<string, Counters>;
  views: ImportedView[];
  /** How often each table lost a line for a reason: `imported_pages: spam`. */
  drops: Record<string, number>;
  /** By day and metric: `2026-01-02 views`. */
  told: Record<string, number>;
}

const add = (sums: Record<string, number>, name: string, count: number) => {
  sums[name] = (sums[name] ?? 0) + count;
};

/** Returns entries of an export. Their bytes come in small chunks. */
export const entriesOf = (files: Record<string, string | Uint8Array>): Entry[] =>
  Object.entries(files).map(([name, content]) => {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    return {
      name,
      head: new TextDecoder(bytes[1] === 0 || bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(
        bytes.subarray(0, 64 * 1024),
      ),
      async *chunks() {
        for (let i = 0; i < bytes.length; i += 100) yield bytes.subarray(i, i + 100);
      },
    };
  });

/** Reads files with a format, and returns what it passed on. */
export async function collected(
  format: Format,
  files: Record<string, string | Uint8Array>,
  scope: Partial<ImportScope> = {},
): Promise<Collected> {
  const found: Collected = { counters: {}, views: [], drops: {}, told: {} };
  await format.read(
    entriesOf(files),
    { site: 'blog.example', timeZone: 'UTC', now: Date.UTC(2030), ...scope },
    {
      view: (_, view) => found.views.push(view),
      counts(_, { day, url, counters, told = {} }) {
        const key = url === undefined ? day : `${day} ${url}`;
        const sums = found.counters[key] ?? {};
        found.counters[key] = sums;
        for (const [name, count] of Object.entries(counters)) if (count > 0) add(sums, name, count);
        for (const [metric, count] of Object.entries(told)) if (count > 0) add(found.told, `${day} ${metric}`, count);
      },
      drop: (table, reason) => add(found.drops, `${table}: ${reason}`, 1),
    },
  );
  return found;
}

/** Returns the sums of all pages, and of what stands on none. */
export function totalsOf({ counters }: Collected): Counters {
  const sums: Counters = {};
  for (const each of Object.values(counters)) for (const [name, count] of Object.entries(each)) add(sums, name, count);
  return sums;
}

export const smallCaps = {
  caps: { maxPagesPerDay: 100, maxNamesPerDimension: 24 },
  summaryCaps: { maxPages: 100, maxUrlBytes: 100_000, maxNames: 100 },
};

/** Returns the sums of all days, as an import would store them. Fails if they are not those that the file tells. */
export async function addedUp(format: Format, files: Record<string, string | Uint8Array>): Promise<Counters> {
  const { summaries, taken, close } = await readImport(format, entriesOf(files), {
    ...{ origin: 'https://blog.example', timeZone: 'UTC', pageUrls: 'merged', now: Date.parse('2030-01-01') },
    ...smallCaps,
    whyLeftOut: () => undefined,
  });
  try {
    const sums: Counters = {};
    for (const { date, summary } of summaries())
      if (isDay(date)) for (const [name, count] of summary.totals) add(sums, name, count);
    const { views = 0, visits = 0, site_visitors: visitors = 0 } = sums;
    const stored = { views, visits, visitors, events: sumOf(sums, 'event') };
    assert.deepEqual({ views: 0, visits: 0, visitors: 0, events: 0, ...Object.fromEntries(taken.told) }, stored);
    return sums;
  } finally {
    close();
  }
}

/** Returns the sum of the names of a dimension. */
export const sumOf = (counters: Counters, dimension: string): number =>
  Object.entries(counters).reduce((sum, [name, count]) => sum + (name.startsWith(`${dimension}_`) ? count : 0), 0);

/** Fails unless each visit has a name in each of the dimensions that have one for all visits. */
export function assertAllNamed(counters: Counters): void {
  for (const dimension of ['channel', 'referrer', 'country', 'language', 'device', 'browser', 'os'])
    assert.equal(sumOf(counters, dimension), counters.visits, dimension);
}

/** Fails unless a format refuses files with a sentence that begins with a text. */
export const refuses = (format: Format, files: Record<string, string>, start: string) =>
  assert.rejects(collected(format, files), (error) => {
    assert.ok(error instanceof UnreadableFile && error.message.startsWith(start), String(error));
    return true;
  });
