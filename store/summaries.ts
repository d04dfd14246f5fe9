import { createHash } from 'node:crypto';
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isDay } from '../core/calendar/day.ts';
import { isEmpty, isLess, packSummary, type Summary } from '../core/counters/summary.ts';
import type { SummaryDate } from '../core/report/parts.ts';
import { dayTotalsStore } from './day-totals.ts';
import { itemKey, numberValue, type Owner, type SummaryPartition } from './item.ts';
import type { TableClient } from './query-json.ts';
import { bodiesOf } from './rows.ts';
import {
  bodiesOfText,
  bytesOf,
  type Chunk,
  isFirst,
  isWhole,
  partitionsOf,
  unpackedSummary,
  urlOfPart,
} from './summary-chunks.ts';

/** Summaries of one site or import, and of one kind of date. */
export interface SummaryRange extends Owner {
  first: SummaryDate;
  last: SummaryDate;
}

/** A summary to store. */
export interface DatedSummary extends Owner {
  date: SummaryDate;
  summary: Summary;
  /** In seconds since 1970. Undefined for never. */
  expires: number | undefined;
}

export type SummariesStore = ReturnType<typeof summariesStore>;

/** The summaries in the statistics table (docs/stored-data.md). The methods throw the SDK's errors. */
export function summariesStore(
  client: DynamoDBClient,
  tableName: string,
  reads: Pick<TableClient, 'ConsistentRead'> = {},
) {
  const table = { client, tableName, ...reads };
  const dayTotals = dayTotalsStore(client, tableName);

  async function chunksOf(partition: SummaryPartition, first: string, last: string, epoch: number): Promise<Chunk[]> {
    const all: Chunk[] = [];
    for await (const items of bodiesOf(table, partition, epoch, { first, last: `${last}/~` }))
      for (const { url, body, version, chunks, namesChunks, bytes } of items)
        all.push({
          ...{ partition, url: url?.S ?? '', body: body.B, version: version?.S ?? '' },
          ...{ chunks: Number(chunks?.N), namesChunks: Number(namesChunks?.N), bytes: Number(bytes?.N) },
        });
    return all;
  }

  const put = (partition: SummaryPartition, url: string, attributes: PutItemCommand['input']['Item']) =>
    client.send(new PutItemCommand({ TableName: tableName, Item: { ...itemKey(partition, url), ...attributes } }));

  /** Deletes the parts of other versions of a date's summary. */
  async function removeOthers(stored: Chunk[], date: SummaryDate, version: string): Promise<void> {
    for (const { partition, url } of stored)
      if (url !== date && !url.startsWith(`${date}/${version}/`))
        await client.send(new DeleteItemCommand({ TableName: tableName, Key: itemKey(partition, url) }));
  }

  return {
    /**
     * Passes the summaries from one date to another to `onSummary`, with or without the names by page. Throws
     * `TornSummary` if a roll-up replaces one meanwhile.
     */
    async each(
      { first, last, ...owner }: SummaryRange,
      withNames: boolean,
      epoch: number,
      onSummary: (summary: Summary, date: SummaryDate) => void,
    ): Promise<void> {
      const { main, names } = partitionsOf(first, owner);
      const [mains, others] = await Promise.all([
        chunksOf(main, first, last, epoch),
        withNames ? chunksOf(names, first, last, epoch) : [],
      ]);
      const bodies = new Map([...mains, ...others].map(({ url, body }) => [url, body]));
      for (const chunk of mains)
        if (isFirst(chunk)) onSummary(unpackedSummary(chunk, bodies, { withNames }), chunk.url);
    },

    /** Returns how many bytes the summaries from one date to another have, without reading names by page. */
    async sizes({ first, last, ...owner }: SummaryRange, epoch: number): Promise<Map<SummaryDate, number>> {
      const chunks = await chunksOf(partitionsOf(first, owner).main, first, last, epoch);
      return new Map(chunks.filter(isFirst).map((chunk) => [chunk.url, bytesOf(chunk)]));
    },

    /**
     * Stores a summary. Its first chunk is written last, so that readers see the earlier summary or the new one. Returns
     * `unchanged` if the same is stored already, and `kept` if a count would fall: then the earlier one stays, unless
     * `mayShrink` is true. An earlier one that lacks a part counts as none. `beforeWrite` runs unless it is unchanged or kept.
     */
    async replace(
      { date, summary, expires, ...owner }: DatedSummary,
      epoch: number,
      { mayShrink = false, beforeWrite }: { mayShrink?: boolean; beforeWrite?: () => Promise<void> } = {},
    ) {
      const packed = packSummary(summary);
      const version = createHash('sha256').update(packed.main).update(packed.names).digest('base64url').slice(0, 8);
      const { main, names } = partitionsOf(date, owner);
      const stored = (await Promise.all([main, names].map((each) => chunksOf(each, date, date, epoch)))).flat();
      const bodies = new Map(stored.map(({ url, body }) => [url, body]));
      const before = stored.filter(isFirst).find((first) => isWhole(first, bodies));
      if (stored.length === 0 && isEmpty(summary)) return 'unchanged';
      const hasLess = before && !mayShrink && isLess(summary, unpackedSummary(before, bodies, { withNames: false }));
      if (before && (hasLess || before.version === version)) {
        await removeOthers(stored, date, before.version);
        return before.version === version ? 'unchanged' : 'kept';
      }
      await beforeWrite?.();
      const expiry = expires === undefined ? {} : { expires: numberValue(expires) };
      const [first = Buffer.alloc(0), ...rest] = bodiesOfText(packed.main);
      const namesBodies = bodiesOfText(packed.names);
      for (const [i, body] of namesBodies.entries())
        await put(names, urlOfPart(date, version, 'names', i), { body: { B: body }, ...expiry });
      for (const [i, body] of rest.entries())
        await put(main, urlOfPart(date, version, 'main', i), { body: { B: body }, ...expiry });
      if (isDay(date)) await dayTotals.replace(owner, date, summary, expires);
      await put(main, date, {
        body: { B: first },
        version: { S: version },
        chunks: numberValue(1 + rest.length),
        namesChunks: numberValue(namesBodies.length),
        bytes: numberValue([first, ...rest, ...namesBodies].reduce((sum, { length }) => sum + length, 0)),
        ...expiry,
      });
      await removeOthers(stored, date, version);
      return 'stored';
    },
  };
}
