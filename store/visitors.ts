import { type KeyObject, randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import { isVisitOver, type VisitorRecord, visitOf, visitorCaps } from '../core/collect/visit.ts';
import { type FollowedLink, followedFields } from '../core/counters/outcomes.ts';
import { abortedBy } from './client.ts';
import { type Item, numberValue } from './item.ts';
import { type SaltOf, saltedHash, visitorLifetime } from './salts.ts';

/** The properties by which a visitor is recognised for a day. The store hashes them with the day's salt. */
export interface VisitorIdentity {
  site: string;
  ip: string;
  userAgent: string;
}

/** A view, as far as a visitor record notes it. */
export interface RecordedView {
  url: string;
  /** The source and the campaign of its link. */
  link: FollowedLink;
}

export type VisitorsStore = ReturnType<typeof visitorsStore>;

/**
 * The table of visitor records, one for each visitor and day. A record's key is a hash with the day's salt. It holds
 * instants, hashes of the pages that were viewed (decision 008), and the link that the visit began with (decision 031).
 * The methods throw the SDK's errors.
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
    const [seen, seenBefore] = [Number(Attributes?.seenBefore?.N), Number(Attributes?.seenEarlier?.N)];
    return seen === 0 ? undefined : { seen, seenBefore, sawPage: true, link: linkOf(Attributes) };
  }

  /** Replaces the link of a record. Only a further visit of the day needs it. */
  async function replaceLink(visitor: string, link: FollowedLink, signal: AbortSignal | undefined) {
    const update = new UpdateItemCommand({
      ...keyOf(visitor),
      UpdateExpression: 'SET #source = :source, #campaign = :campaign',
      ConditionExpression: 'attribute_exists(seen)', // never a record that would not expire
      ExpressionAttributeNames: linkNames,
      ExpressionAttributeValues: linkValues(link),
    });
    await client.send(update, abortedBy(signal));
  }

  return {
    /**
     * Records a visitor's view at `now` (seconds). Returns what the view adds to the counters of visits, or undefined if the
     * visitor is over a cap. `signal` ends the wait.
     */
    async record(day: Day, visitor: VisitorIdentity, { url, link }: RecordedView, now: number, signal?: AbortSignal) {
      const salt = await saltOf(day, now, signal);
      const key = recordKey(day, visitor, salt);
      const page = saltedHash(salt, 'page', url, 8);
      const write = randomBytes(6).toString('base64');
      const update = new UpdateItemCommand({
        ...keyOf(key),
        UpdateExpression:
          'SET seenEarlier = if_not_exists(seenBefore, :zero), seenBefore = if_not_exists(seen, :zero), seen = :now, #last = :last, expires = if_not_exists(expires, :expires), #source = if_not_exists(#source, :source), #campaign = if_not_exists(#campaign, :campaign) ADD pages :page, #views :one',
        ConditionExpression:
          'attribute_not_exists(seen) OR (#last <> :last AND size(pages) < :maxPages AND #views < :maxViews)',
        ExpressionAttributeNames: { '#views': 'views', '#last': 'last', ...linkNames },
        ExpressionAttributeValues: {
          ':zero': numberValue(0),
          ':one': numberValue(1),
          ':now': numberValue(now),
          ':last': { S: write },
          ':expires': numberValue(now + visitorLifetime),
          ':page': { BS: [page] },
          ':maxPages': numberValue(visitorCaps.pages),
          ':maxViews': numberValue(visitorCaps.views),
          ...linkValues(link),
        },
        ReturnValues: 'ALL_OLD',
      });
      let before: VisitorRecord | undefined;
      try {
        const { Attributes } = await client.send(update, abortedBy(signal));
        before = recordOf(Attributes, page);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        if (error.$metadata.attempts === 1) return undefined;
        before = await recordBefore(key, write, signal);
      }
      const counters = visitOf(before, now, link);
      if (before && counters.visits && !isSameLink(before.link, link)) await replaceLink(key, link, signal);
      return counters;
    },

    /** Returns the link of the visit that a visitor is in at `now` (seconds). Empty without one. `signal` ends the wait. */
    async linkOfVisit(day: Day, visitor: VisitorIdentity, now: number, signal?: AbortSignal): Promise<FollowedLink> {
      const key = recordKey(day, visitor, await saltOf(day, now, signal));
      const { Item } = await client.send(new GetItemCommand(keyOf(key)), abortedBy(signal));
      return Item?.seen === undefined || isVisitOver(Number(Item.seen.N), now) ? {} : linkOf(Item);
    },
  };
}

function recordKey(day: Day, { site, ip, userAgent }: VisitorIdentity, salt: KeyObject): string {
  return `${day}/${saltedHash(salt, 'visitor', [site, ip, userAgent].join('\n'), 16).toString('base64url')}`;
}

function recordOf(item: Item | undefined, page: Uint8Array): VisitorRecord | undefined {
  if (item?.seen === undefined) return undefined;
  const sawPage = item.pages?.BS?.some((seen) => Buffer.compare(seen, page) === 0) ?? false;
  return { seen: Number(item.seen.N), seenBefore: Number(item.seenBefore?.N), sawPage, link: linkOf(item) };
}

// A record always has both attributes. A visit without a source has an empty one, so that no later view fills it in.
const linkNames = { '#source': 'source', '#campaign': 'campaign' };
const linkValues = ({ source = '', campaign = '' }: FollowedLink) => ({
  ':source': { S: source },
  ':campaign': { S: campaign },
});
const linkOf = (item: Item | undefined): FollowedLink => ({ source: item?.source?.S, campaign: item?.campaign?.S });
const isSameLink = (a: FollowedLink | undefined, b: FollowedLink) =>
  followedFields.every((field) => (a?.[field] ?? '') === (b[field] ?? ''));
