import { createHash, createHmac } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Day, daysUpTo } from '../core/calendar/day.ts';
import type { Refusal } from '../core/collect/hit.ts';
import { type VisitorRecord, visitOf } from '../core/collect/visit.ts';
import { abortedBy } from './client.ts';
import { type Item, numberValue } from './item.ts';
import { sharedSecret } from './secret.ts';

/** The properties by which a visitor is recognised for a day. The store hashes them with the day's salt. */
export interface VisitorIdentity {
  site: string;
  ip: string;
  userAgent: string;
}

const overCap = 'visitor over daily cap' satisfies Refusal;

// A visitor with more is a machine, or many people behind one IP address.
const maxPages = 250;
const maxViews = 1000;

// Seconds. The longest day has 25 hours.
const lifetime = 26 * 3600;

// DynamoDB deletes expired items within a few days.
const daysToPurge = 4;

/**
 * The table of visitor records, one for each visitor and day. A record's key is a hash with the day's salt. It holds
 * instants, and hashes of the pages that were viewed (decision 008). The methods throw the SDK's errors.
 */
export function visitorsStore(client: DynamoDBClient, tableName: string) {
  const salts = new Map<Day, { salt: Promise<Uint8Array>; expires: number }>();
  const keyOf = (visitor: string) => ({ TableName: tableName, Key: { visitor: { S: visitor } } });

  /** Returns the salt of a day, 32 random bytes. Simultaneous calls share one request. */
  function saltOf(day: Day, now: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const known = salts.get(day);
    if (known) return known.salt;
    for (const [past, { expires }] of salts) if (expires <= now) salts.delete(past);
    const salt = sharedSecret(client, keyOf(saltKey(day)), now + lifetime, signal);
    salts.set(day, { salt, expires: now + lifetime });
    salt.catch(() => salts.delete(day));
    return salt;
  }

  return {
    /**
     * Records a visitor's view of a page at `now` (seconds). Returns what the view adds to the counters of visits, or a
     * refusal if the visitor is over a cap. `signal` ends the wait.
     */
    async record(day: Day, visitor: VisitorIdentity, url: string, now: number, signal?: AbortSignal) {
      const page = pageHash(url);
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            ...keyOf(recordKey(day, visitor, await saltOf(day, now, signal))),
            UpdateExpression:
              'SET seenBefore = if_not_exists(seen, :zero), seen = :now, expires = if_not_exists(expires, :expires) ADD pages :page, #views :one',
            ConditionExpression: 'attribute_not_exists(seen) OR (size(pages) < :maxPages AND #views < :maxViews)',
            ExpressionAttributeNames: { '#views': 'views' },
            ExpressionAttributeValues: {
              ':zero': numberValue(0),
              ':one': numberValue(1),
              ':now': numberValue(now),
              ':expires': numberValue(now + lifetime),
              ':page': { BS: [page] },
              ':maxPages': numberValue(maxPages),
              ':maxViews': numberValue(maxViews),
            },
            ReturnValues: 'ALL_OLD',
          }),
          abortedBy(signal),
        );
        return visitOf(recordOf(Attributes, page), now);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return overCap;
        throw error;
      }
    },

    /** Deletes the salts of the days before `today`. Nobody can link their visitor records to a visitor any more. */
    async purgeSalts(today: Day): Promise<void> {
      const past = daysUpTo(today, daysToPurge + 1).slice(0, -1);
      await Promise.all(past.map((day) => client.send(new DeleteItemCommand(keyOf(saltKey(day))))));
    },
  };
}

const saltKey = (day: Day) => `salt/${day}`;

function recordKey(day: Day, { site, ip, userAgent }: VisitorIdentity, salt: Uint8Array): string {
  const hash = createHmac('sha256', salt).update(`${site}\n${ip}\n${userAgent}`).digest().subarray(0, 16);
  return `${day}/${hash.toString('base64url')}`;
}

const pageHash = (url: string): Uint8Array => createHash('sha256').update(url).digest().subarray(0, 8);

function recordOf(item: Item | undefined, page: Uint8Array): VisitorRecord | undefined {
  if (item?.seen === undefined) return undefined;
  const sawPage = item.pages?.BS?.some((seen) => Buffer.compare(seen, page) === 0) ?? false;
  return { seen: Number(item.seen.N), seenBefore: Number(item.seenBefore?.N), sawPage };
}
