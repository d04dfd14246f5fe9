import { type KeyObject, randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { type VisitorRecord, visitOf, visitorCaps } from '../core/collect/visit.ts';
import { abortedBy } from './client.ts';
import { type Item, numberValue } from './item.ts';
import { type SaltOf, saltedHash, visitorLifetime } from './salts.ts';

/** The properties by which a visitor is recognised for a day. The store hashes them with the day's salt. */
export interface VisitorIdentity {
  site: string;
  ip: string;
  userAgent: string;
}

/**
 * The table of visitor records, one for each visitor and day. A record's key is a hash with the day's salt. It holds
 * instants, and hashes of the pages that were viewed (decision 008). The methods throw the SDK's errors.
 */
export function visitorsStore(client: DynamoDBClient, tableName: string, saltOf: SaltOf) {
  const keyOf = (visitor: string) => ({ TableName: tableName, Key: { visitor: { S: visitor } } });

  /**
   * Returns the record as it was before a write that the SDK sent twice. Returns undefined if the first attempt was not
   * made. Which pages the record had is lost: then it counts as seen.
   */
  async function recordBefore(visitor: string, write: string, signal: AbortSignal | undefined) {
    const touch = new UpdateItemCommand({
      ...keyOf(visitor),
      UpdateExpression: 'SET #last = :last',
      ConditionExpression: '#last = :last',
      ExpressionAttributeNames: { '#last': 'last' },
      ExpressionAttributeValues: { ':last': { S: write } },
      ReturnValues: 'ALL_NEW',
    });
    const { Attributes } = await client.send(touch, abortedBy(signal));
    return { seen: Number(Attributes?.seenBefore?.N), seenBefore: Number(Attributes?.seenEarlier?.N), sawPage: true };
  }

  return {
    /**
     * Records a visitor's view of a page at `now` (seconds). Returns what the view adds to the counters of visits, or
     * undefined if the visitor is over a cap. `signal` ends the wait.
     */
    async record(day: Day, visitor: VisitorIdentity, url: string, now: number, signal?: AbortSignal) {
      const salt = await saltOf(day, now, signal);
      const key = recordKey(day, visitor, salt);
      const page = saltedHash(salt, 'page', url, 8);
      const write = randomBytes(6).toString('base64');
      const update = new UpdateItemCommand({
        ...keyOf(key),
        UpdateExpression:
          'SET seenEarlier = if_not_exists(seenBefore, :zero), seenBefore = if_not_exists(seen, :zero), seen = :now, #last = :last, expires = if_not_exists(expires, :expires) ADD pages :page, #views :one',
        ConditionExpression:
          'attribute_not_exists(seen) OR (#last <> :last AND size(pages) < :maxPages AND #views < :maxViews)',
        ExpressionAttributeNames: { '#views': 'views', '#last': 'last' },
        ExpressionAttributeValues: {
          ':zero': numberValue(0),
          ':one': numberValue(1),
          ':now': numberValue(now),
          ':last': { S: write },
          ':expires': numberValue(now + visitorLifetime),
          ':page': { BS: [page] },
          ':maxPages': numberValue(visitorCaps.pages),
          ':maxViews': numberValue(visitorCaps.views),
        },
        ReturnValues: 'ALL_OLD',
      });
      try {
        const { Attributes } = await client.send(update, abortedBy(signal));
        return visitOf(recordOf(Attributes, page), now);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        if (error.$metadata.attempts === 1) return undefined;
        const before = await recordBefore(key, write, signal);
        return visitOf(before.seen === 0 ? undefined : before, now);
      }
    },
  };
}

function recordKey(day: Day, { site, ip, userAgent }: VisitorIdentity, salt: KeyObject): string {
  return `${day}/${saltedHash(salt, 'visitor', [site, ip, userAgent].join('\n'), 16).toString('base64url')}`;
}

function recordOf(item: Item | undefined, page: Uint8Array): VisitorRecord | undefined {
  if (item?.seen === undefined) return undefined;
  const sawPage = item.pages?.BS?.some((seen) => Buffer.compare(seen, page) === 0) ?? false;
  return { seen: Number(item.seen.N), seenBefore: Number(item.seenBefore?.N), sawPage };
}
