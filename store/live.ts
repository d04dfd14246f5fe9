import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type LiveBatch, minuteOf, packLiveBatch, parseLiveBatch } from '../core/live/live-hit.ts';
import { abortedBy } from './client.ts';
import { type Item, numberValue } from './item.ts';

/** An open connection of a browser that watches. */
export interface LiveConnection {
  id: string;
  /** The one site that it may see. Empty for all. */
  site: string;
}

/** What the ring holds since some time. */
export interface LiveRing extends LiveBatch {
  /** Whether older hits of that time are left out. */
  truncated: boolean;
}

/** How long a batch stays in the ring, in seconds. A page shows the last 30 minutes. */
const ringLifetime = 32 * 60;

// A page of DynamoDB has 1 MB, which are about 5,000 hits and 128 read units. A flood brings more than anybody reads.
const maxRingPages = 2;

const watch = { part: { S: 'watch' }, at: { S: '-' } };
const connection = (id: string) => ({ part: { S: 'connections' }, at: { S: id } });
/** Returns the minute of a time (ms), in seconds since 1970. */
const secondsOf = (time: number) => 60 * minuteOf(time);
// Ten digits hold seconds until the year 2286.
const placeOf = (time: number) => String(Math.max(0, secondsOf(time))).padStart(10, '0');

/**
 * The table of the live view: until when somebody watches, a ring of the last hits, and open connections. Each item ends
 * at `expires`, in seconds. The methods throw the SDK's errors.
 */
export function liveStore(client: DynamoDBClient, TableName: string) {
  const ofPart = (part: string) => ({
    TableName,
    ExpressionAttributeNames: { '#part': 'part' },
    ExpressionAttributeValues: { ':part': { S: part } },
  });

  return {
    /** Says that somebody watches until then (seconds), unless it is said that somebody watches for longer. */
    async watch(until: number): Promise<void> {
      const update = new UpdateItemCommand({
        TableName,
        Key: watch,
        UpdateExpression: 'SET expires = :until',
        ConditionExpression: 'attribute_not_exists(expires) OR expires < :until',
        ExpressionAttributeValues: { ':until': numberValue(until) },
      });
      await client.send(update).catch((error) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },

    /** Returns until when somebody watches (seconds), by half a read unit. Returns 0 if nobody ever did. */
    async watchedUntil(signal?: AbortSignal): Promise<number> {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: watch }), abortedBy(signal));
      return Number(Item?.expires?.N ?? 0);
    },

    /** Writes a batch of hits into the ring at `time` (ms). */
    async keep(batch: LiveBatch, time: number, signal?: AbortSignal): Promise<void> {
      const put = new PutItemCommand({
        TableName,
        Item: {
          part: { S: 'ring' },
          at: { S: `${placeOf(time)}-${randomBytes(6).toString('base64url')}` },
          batch: { S: packLiveBatch(batch) },
          expires: numberValue(secondsOf(time) + ringLifetime),
        },
      });
      await client.send(put, abortedBy(signal));
    },

    /** Returns the hits that were written since the minute of a time (ms), by minute. */
    async ring(since: number): Promise<LiveRing> {
      const query = ofPart('ring');
      const batches: LiveBatch[] = [];
      let from: Item | undefined;
      for (let pages = 0; pages < maxRingPages && (pages === 0 || from); pages++) {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            ...query,
            KeyConditionExpression: '#part = :part AND #at >= :since',
            ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#at': 'at' },
            ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':since': { S: placeOf(since) } },
            ScanIndexForward: false,
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        for (const { batch } of Items) batches.push(parseLiveBatch(batch?.S ?? '') ?? { hits: [], more: {} });
        from = LastEvaluatedKey;
      }
      return { ...joined(batches.reverse()), truncated: from !== undefined };
    },

    /** Notes an open connection until `expires` (seconds). */
    async connect({ id, site }: LiveConnection, expires: number): Promise<void> {
      const Item = { ...connection(id), site: { S: site }, expires: numberValue(expires) };
      await client.send(new PutItemCommand({ TableName, Item }));
    },

    /** Returns the connections that are open at `now` (seconds). */
    async connections(now: number, signal?: AbortSignal): Promise<LiveConnection[]> {
      const query = new QueryCommand({ ...ofPart('connections'), KeyConditionExpression: '#part = :part' });
      const { Items = [] } = await client.send(query, abortedBy(signal));
      // DynamoDB deletes expired items within a few days.
      const open = Items.filter(({ expires }) => Number(expires?.N) > now);
      return open.map(({ at, site }) => ({ id: at?.S ?? '', site: site?.S ?? '' }));
    },

    /** Forgets a connection. */
    async disconnect(id: string, signal?: AbortSignal): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName, Key: connection(id) }), abortedBy(signal));
    },
  };
}

function joined(batches: LiveBatch[]): LiveBatch {
  const more: LiveBatch['more'] = {};
  for (const batch of batches)
    for (const [site, count] of Object.entries(batch.more)) more[site] = (more[site] ?? 0) + count;
  return { hits: batches.flatMap(({ hits }) => hits), more };
}
