import { gunzipSync, gzipSync } from 'node:zlib';
import { type Summary, unpackSummary } from '../core/counters/summary.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { type Owner, partitionOf, type SummaryPartition } from './item.ts';

/** With it, one write fits into a second of the default `MAX_WRITE_UNITS`. DynamoDB's limit is 400 KB. */
const maxChunkBytes = 48_000;

/** Most summaries are shorter. Node.js then makes one piece of them, which takes half the time of many. */
const usualBytes = 131_072;

/** A part of a summary. The first has the date as its `url`, each other `<date>/<version>/<part><number>`. */
export interface Chunk {
  partition: SummaryPartition;
  url: string;
  body: Buffer;
  version: string;
  chunks: number;
  namesChunks: number;
  /** The bytes of all parts. */
  bytes: number;
}

/** The first part of a summary. Its `url` is the summary's date. */
export type FirstChunk = Chunk & { url: SummaryDate };

/** A roll-up replaced a summary while it was read. To read again helps. */
export class TornSummary extends Error {}

/** Returns the partitions of a date's summary: `(day) blog.example.com`, or `(day)` for hits without a site. */
export function partitionsOf(date: SummaryDate, owner: Owner): { main: SummaryPartition; names: SummaryPartition } {
  const kind = date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';
  return { main: partitionOf(kind, owner), names: partitionOf(`${kind} names`, owner) };
}

export const isFirst = (chunk: Chunk): chunk is FirstChunk => !chunk.url.includes('/');

/** Returns the `url` of each further part of one kind: 0 for the first one after the item of the date. */
export const urlOfPart = (date: SummaryDate, version: string, part: 'main' | 'names', number: number): string =>
  `${date}/${version}/${part}${number}`;

/** Returns whether all parts of a summary are among those with a `url`. */
export const isWhole = (first: FirstChunk, urls: { has(url: string): boolean }): boolean =>
  [...restOf(first, 'main'), ...restOf(first, 'names')].every((url) => urls.has(url));

/** Returns a summary of its parts, with or without names by page. Throws `TornSummary` if one is missing. */
export function unpackedSummary(
  first: FirstChunk,
  bodies: Map<string, Buffer>,
  { withNames }: { withNames: boolean },
): Summary {
  const textOf = (begin: Buffer[], part: 'main' | 'names') => {
    const urls = restOf(first, part);
    const all = [...begin, ...urls.flatMap((url) => bodies.get(url) ?? [])];
    if (all.length < begin.length + urls.length)
      throw new TornSummary(`The summary of ${first.url} changed while it was read.`);
    return all.length === 0 ? '' : String(gunzipSync(Buffer.concat(all), { chunkSize: usualBytes }));
  };
  return unpackSummary({ main: textOf([first.body], 'main'), names: withNames ? textOf([], 'names') : '' });
}

/** Returns how many bytes a summary has in all its parts. One that does not say it has at most that of whole parts. */
export const bytesOf = ({ bytes, chunks, namesChunks }: FirstChunk): number =>
  bytes || (chunks + namesChunks) * maxChunkBytes;

function restOf({ url, version, chunks, namesChunks }: FirstChunk, part: 'main' | 'names'): string[] {
  const length = part === 'main' ? chunks - 1 : namesChunks;
  return Array.from({ length }, (_, i) => urlOfPart(url, version, part, i));
}

/** Returns a text as the bodies of its parts. */
export function bodiesOfText(text: string): Buffer[] {
  const bytes = text === '' ? Buffer.alloc(0) : gzipSync(text, { level: 9 });
  return Array.from({ length: Math.ceil(bytes.length / maxChunkBytes) }, (_, i) =>
    bytes.subarray(i * maxChunkBytes, (i + 1) * maxChunkBytes),
  );
}
