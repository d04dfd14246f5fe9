import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isDay } from '../core/calendar/day.ts';
import { isEmpty, isLess, packSummary, type Summary, unpackSummary } from '../core/counters/summary.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { dayTotalsStore } from './day-totals.ts';
import { itemKey, numberValue, type SummaryPartition } from './item.ts';
import { bodiesOf } from './rows.ts';

/** With it, one write fits into a second of the default `MAX_WRITE_UNITS`. DynamoDB's limit is 400 KB. */
const maxChunkBytes = 48_000;

/** Most summaries are shorter. Node.js then makes one piece of them, which takes half the time of many. */
const usualBytes = 131_072;

/** A part of a summary. The first has the date as its `url`, each other `<date>/<version>/<part><number>`. */
interface Chunk {
  partition: SummaryPartition;
  url: string;
  body: Buffer;
  version: string;
  chunks: number;
  namesChunks: number;
}

/** Summaries of one site and one kind of date. */
export interface SummaryRange {
  site: string;
  first: SummaryDate;
  last: SummaryDate;
}

/** A summary to store. */
export interface DatedSummary {
  site: string;
  date: SummaryDate;
  summary: Summary;
  /** In seconds since 1970. Undefined for never. */
  expires: number | undefined;
}

/** A roll-up replaced a summary while it was read. To read again helps. */
export class TornSummary extends Error {}

export type SummariesStore = ReturnType<typeof summariesStore>;

/** The summaries in the statistics table (docs/stored-data.md). The methods throw the SDK's errors. */
export function summariesStore(client: DynamoDBClient, tableName: string) {
  const table = { client, tableName };
  const dayTotals = dayTotalsStore(client, tableName);

  async function chunksOf(partition: SummaryPartition, first: string, last: string, epoch: number): Promise<Chunk[]> {
    const all: Chunk[] = [];
    for await (const items of bodiesOf(table, partition, epoch, { first, last: `${last}/~` }))
      for (const { url, body, version, chunks, namesChunks } of items)
        all.push({
          ...{ partition, url: url?.S ?? '', body: body.B, version: version?.S ?? '' },
          ...{ chunks: Number(chunks?.N), namesChunks: Number(namesChunks?.N) },
        });
    return all;
  }

  const put = (partition: SummaryPartition, url: string, attributes: PutItemCommand['input']['Item']) =>
    client.send(new PutItemCommand({ TableName: tableName, Item: { ...itemKey(partition, url), ...attributes } }));

  return {
    /**
     * Passes the summaries from one date to another to `onSummary`, with or without the names by page. Throws
     * `TornSummary` if a roll-up replaces one meanwhile.
     */
    async each(
      { site, first, last }: SummaryRange,
      withNames: boolean,
      epoch: number,
      onSummary: (summary: Summary, date: SummaryDate) => void,
    ): Promise<void> {
      const { main, names } = partitionsOf(first, site);
      const [mains, others] = await Promise.all([
        chunksOf(main, first, last, epoch),
        withNames ? chunksOf(names, first, last, epoch) : [],
      ]);
      const bodies = new Map([...mains, ...others].map(({ url, body }) => [url, body]));
      for (const chunk of mains) if (isFirst(chunk)) onSummary(unpacked(chunk, bodies, withNames), chunk.url);
    },

    /**
     * Stores a summary. Its first chunk is written last, so that readers see the earlier summary or the new one. Returns
     * `unchanged` if the same is stored already, and `kept` if a count would fall: then the earlier one stays, unless
     * `mayShrink` is true.
     */
    async replace({ site, date, summary, expires }: DatedSummary, epoch: number, { mayShrink = false } = {}) {
      const packed = packSummary(summary);
      const version = createHash('sha256').update(packed.main).update(packed.names).digest('base64url').slice(0, 8);
      const { main, names } = partitionsOf(date, site);
      const stored = (await Promise.all([main, names].map((each) => chunksOf(each, date, date, epoch)))).flat();
      const before = stored.find(isFirst);
      if (!before && isEmpty(summary)) return 'unchanged';
      if (before?.version === version) return 'unchanged';
      const bodies = new Map(stored.map(({ url, body }) => [url, body]));
      if (before && !mayShrink && isLess(summary, unpacked(before, bodies, false))) return 'kept';
      const expiry = expires === undefined ? {} : { expires: numberValue(expires) };
      const [first = Buffer.alloc(0), ...rest] = chunked(packed.main);
      const namesChunks = chunked(packed.names);
      for (const [i, body] of namesChunks.entries())
        await put(names, `${date}/${version}/names${i}`, { body: { B: body }, ...expiry });
      for (const [i, body] of rest.entries())
        await put(main, `${date}/${version}/main${i}`, { body: { B: body }, ...expiry });
      if (isDay(date)) await dayTotals.replace(site, date, summary, expires);
      await put(main, date, {
        body: { B: first },
        version: { S: version },
        chunks: numberValue(1 + rest.length),
        namesChunks: numberValue(namesChunks.length),
        ...expiry,
      });
      for (const { partition, url } of stored)
        if (url !== date && !url.startsWith(`${date}/${version}/`))
          await client.send(new DeleteItemCommand({ TableName: tableName, Key: itemKey(partition, url) }));
      return 'stored';
    },
  };
}

/** Returns the partitions of a date's summary: `(day) blog.example.com`, or `(day)` for hits without a site. */
function partitionsOf(date: SummaryDate, site: string): { main: SummaryPartition; names: SummaryPartition } {
  const kind = date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';
  const named = (name: string) => `(${name}) ${site}`.trimEnd() as SummaryPartition;
  return { main: named(kind), names: named(`${kind} names`) };
}

const isFirst = (chunk: Chunk): chunk is Chunk & { url: SummaryDate } => !chunk.url.includes('/');

function unpacked({ url, version, chunks, namesChunks, body }: Chunk, bodies: Map<string, Buffer>, withNames: boolean) {
  const textOf = (first: Buffer[], part: string, count: number) => {
    const rest = Array.from({ length: count }, (_, i) => bodies.get(`${url}/${version}/${part}${i}`));
    const all = [...first, ...rest].filter((each) => each !== undefined);
    if (all.length < first.length + count) throw new TornSummary(`The summary of ${url} changed while it was read.`);
    return all.length === 0 ? '' : String(gunzipSync(Buffer.concat(all), { chunkSize: usualBytes }));
  };
  return unpackSummary({
    main: textOf([body], 'main', chunks - 1),
    names: withNames ? textOf([], 'names', namesChunks) : '',
  });
}

function chunked(text: string): Buffer[] {
  const bytes = text === '' ? Buffer.alloc(0) : gzipSync(text, { level: 9 });
  return Array.from({ length: Math.ceil(bytes.length / maxChunkBytes) }, (_, i) =>
    bytes.subarray(i * maxChunkBytes, (i + 1) * maxChunkBytes),
  );
}
