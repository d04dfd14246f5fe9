import { DeleteItemCommand, type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { type Item, itemKey, keysPartition, numberValue } from './item.ts';
import { sharedSecret } from './secret.ts';

const installation = 'installation';
const linkPrefix = 'share/';

/**
 * The partition `(keys)` of the statistics table: the installation's key, how often each kind of token was revoked, and
 * the read-only links. The methods throw the SDK's errors.
 */
export function keysStore(client: DynamoDBClient, tableName: string) {
  const placeOf = (url: string) => ({ TableName: tableName, Key: itemKey(keysPartition, url) });

  return {
    /** Returns all of it as it is now, by one Query, or undefined if there is no key yet. */
    async readKeys() {
      const query = new QueryCommand({
        TableName: tableName,
        // An eventually consistent read could miss a revocation.
        ConsistentRead: true,
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': { S: keysPartition } },
      });
      const { Items = [] } = await client.send(query);
      const own = Items.find(({ url }) => url?.S === installation);
      if (!own?.salt?.B) return undefined;
      const generation = (kind: string) => Number(own[kind]?.N ?? 0);
      return {
        key: own.salt.B,
        generations: { owner: generation('owner'), api: generation('api'), feed: generation('feed') },
        links: Items.filter(({ url }) => url?.S?.startsWith(linkPrefix)).map(linkOf),
      };
    },

    /** Makes the key, 32 random bytes, unless somebody else just made it. */
    async makeKeys() {
      const key = await sharedSecret(client, placeOf(installation));
      return { key, generations: { owner: 0, api: 0, feed: 0 }, links: [] };
    },

    /** Begins the next generation of a kind of tokens. */
    async renew(kind: 'owner' | 'api' | 'feed'): Promise<void> {
      const update = new UpdateItemCommand({
        ...placeOf(installation),
        UpdateExpression: 'ADD #kind :one',
        ExpressionAttributeNames: { '#kind': kind },
        ExpressionAttributeValues: { ':one': numberValue(1) },
      });
      await client.send(update);
    },

    /** Adds a read-only link, which the table deletes some time after `expires` (seconds). */
    async addLink({ id, site, until, created }: ReturnType<typeof linkOf>, expires: number): Promise<void> {
      const update = new UpdateItemCommand({
        ...placeOf(linkPrefix + id),
        UpdateExpression: 'SET #site = :site, #until = :until, #created = :created, #expires = :expires',
        ExpressionAttributeNames: { '#site': 'site', '#until': 'until', '#created': 'created', '#expires': 'expires' },
        ExpressionAttributeValues: {
          ':site': { S: site },
          ':until': { S: until },
          ':created': numberValue(created),
          ':expires': numberValue(expires),
        },
      });
      await client.send(update);
    },

    /** Deletes a read-only link, if there is such a one. */
    async deleteLink(id: string): Promise<void> {
      await client.send(new DeleteItemCommand(placeOf(linkPrefix + id)));
    },
  };
}

const linkOf = ({ url, site, until, created }: Item) => ({
  id: url?.S?.slice(linkPrefix.length) ?? '',
  site: site?.S ?? '',
  until: until?.S as Day,
  created: Number(created?.N),
});
