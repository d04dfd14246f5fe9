import { createHash, createHmac } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Day, daysUpTo } from '../core/calendar/day.ts';
import type { Refusal } from '../core/collect/hit.ts';
import { type VisitorRecord, visitOf } from '../core/collect/visit.ts';
import { abortedBy } from './client.ts';
import { sharedSecret } from './secret.ts';

/** What one visitor has in common with himself for a day. It is hashed before it goes anywhere. */
export interface VisitorIdentity {
  site: string;
  ip: string;
  userAgent: string;
}

const overCap = 'visitor over daily cap' satisfies Refusal;

// Past these a machine reads, or a whole institution behind one address.
const maxPages = 250;
const maxViews = 1000;

/** Longer than the longest day, which has 25 hours. */
const lifetime = 26 * 3600;

/** After so many days even a slow deletion of what has expired is done. */
const daysToPurge = 4;

type Item = Record<string, AttributeValue>;

/**
 * The table of today's markers, one for each visitor: when he was last seen, and hashes of the pages that he saw. Its key
 * is made with the day's salt, which `forget` erases when the day is over. Throws the SDK's errors.
 */
export function visitorsStore(client: DynamoDBClient, tableName: string) {
  const salts = new Map<Day, { salt: Promise<Uint8Array>; expires: number }>();
  const keyOf = (visitor: string) => ({ TableName: tableName, Key: { visitor: { S: visitor } } });

  /** The day's 32 random bytes; who asks at the same time gets the same answer. */
  function saltOf(day: Day, now: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const known = salts.get(day);
    if (known) return known.salt;
    for (const [other, { expires }] of salts) if (expires <= now) salts.delete(other);
    const salt = sharedSecret(client, keyOf(saltKey(day)), now + lifetime, signal);
    salts.set(day, { salt, expires: now + lifetime });
    salt.catch(() => salts.delete(day));
    return salt;
  }

  return {
    /**
     * Marks a visitor as seen on a page at `now` (seconds); returns what that view counts, or that he is over his cap.
     * `signal` ends the wait.
     */
    async record(day: Day, person: VisitorIdentity, url: string, now: number, signal?: AbortSignal) {
      const page = pageHash(url);
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            ...keyOf(recordKey(day, person, await saltOf(day, now, signal))),
            UpdateExpression:
              'SET seenBefore = if_not_exists(seen, :zero), seen = :now, expires = if_not_exists(expires, :expires) ADD pages :page, #views :one',
            ConditionExpression: 'attribute_not_exists(seen) OR (size(pages) < :maxPages AND #views < :maxViews)',
            ExpressionAttributeNames: { '#views': 'views' },
            ExpressionAttributeValues: {
              ':zero': number(0),
              ':one': number(1),
              ':now': number(now),
              ':expires': number(now + lifetime),
              ':page': { BS: [page] },
              ':maxPages': number(maxPages),
              ':maxViews': number(maxViews),
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

    /** Erases the salts of the days before `today`: their markers then mean nothing to anybody. */
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

const number = (value: number): AttributeValue => ({ N: String(value) });
