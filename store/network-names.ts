import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { type Caps, quotaSize } from '../core/counters/caps.ts';
import { isUnbounded, type Quota, quotaOf } from '../core/counters/names.ts';
import { abortedBy } from './client.ts';
import { numberValue } from './item.ts';
import { type SaltOf, saltedHash, visitorLifetime } from './salts.ts';

/** The network that a hit comes from, and the site that it is for. */
export interface NetworkOnSite {
  site: string;
  /** An IPv4 address, or the first 64 bits of an IPv6 address. */
  network: string;
}

/**
 * Returns the part of a page's quota that one network can bring. So no network alone fills a quota. The readers of one
 * campaign bring up to six outcomes.
 */
const networkShare = (quota: Quota) => (quota === 'outcomes' ? 3 / 4 : 1 / 3);

/**
 * The names that networks bring on a day, in the visitors table. A record holds hashes with the day's salt: of the
 * network in its key, and of the names by quota. The methods throw the SDK's errors.
 */
export function networkNames(client: DynamoDBClient, tableName: string, saltOf: SaltOf, caps: Caps) {
  return {
    /**
     * Notes that a network brings these counters' names at `now` (seconds). Returns false, and notes nothing, if it has
     * brought too many of a quota on that day. `signal` ends the wait.
     */
    async bring(
      day: Day,
      sender: NetworkOnSite,
      counters: string[],
      now: number,
      signal?: AbortSignal,
    ): Promise<boolean> {
      const salt = await saltOf(day, now, signal);
      const byQuota = Map.groupBy(counters.filter(isUnbounded), quotaOf) as Map<Quota, string[]>;
      const brought = [...byQuota].map(([quota, names]) => ({
        quota,
        hashes: names.map((name) => saltedHash(salt, 'name', name, 8)),
        // Two names of a quota need room for two.
        room: Math.max(1, quotaSize(quota, caps, networkShare(quota))) - names.length,
      }));
      const mayBring = brought.map(({ hashes }, i) => {
        const hasAll = hashes.map((_, j) => `contains(#${i}, :name${i}_${j})`).join(' AND ');
        return `(attribute_not_exists(#${i}) OR size(#${i}) <= :room${i} OR (${hasAll}))`;
      });
      const update = new UpdateItemCommand({
        TableName: tableName,
        Key: {
          visitor: {
            S: `names/${day}/${saltedHash(salt, 'network', `${sender.site}\n${sender.network}`, 16).toString('base64url')}`,
          },
        },
        UpdateExpression: `SET expires = if_not_exists(expires, :expires) ADD ${brought.map((_, i) => `#${i} :names${i}`)}`,
        ConditionExpression: mayBring.join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(brought.map(({ quota }, i) => [`#${i}`, quota])),
        ExpressionAttributeValues: {
          ':expires': numberValue(now + visitorLifetime),
          ...Object.fromEntries(
            brought.flatMap(({ hashes, room }, i) => [
              ...hashes.map((hash, j) => [`:name${i}_${j}`, { B: hash }]),
              [`:names${i}`, { BS: hashes }],
              [`:room${i}`, numberValue(room)],
            ]),
          ),
        },
      });
      try {
        await client.send(update, abortedBy(signal));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
