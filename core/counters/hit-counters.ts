import type { Moment } from '../calendar/day.ts';
import { type Audience, audienceOf, type Client } from '../collect/audience.ts';
import type { PageEvent, PageView, RefusedHit } from '../collect/hit.ts';
import { channelCounter, channelOf } from './channels.ts';
import { campaignFields } from './dimensions.ts';
import { botPrefix, type Counters, direct, eventPrefix, sourcePrefix } from './names.ts';
import { type FollowedLink, outcomeCounters } from './outcomes.ts';

/** A view to count. An import may know the audience of its client already. */
export type CountedView = Omit<PageView, 'site' | 'client'> & { client: Client | Audience };

/** Returns what a refused hit adds to the item `notCountedOf` its site. */
export const refusalCounters = ({ refusal, bot }: RefusedHit): Counters => ({ [bot ? botPrefix + bot : refusal]: 1 });

/** Returns what an event adds to its (day, url) item. `link` is that of the visit in which it happens. */
export const eventCounters = ({ event }: Pick<PageEvent, 'event'>, link: FollowedLink = {}): Counters => ({
  [eventPrefix + event]: 1,
  ...outcomeCounters('events', link),
});

/** Returns what a page view adds to its (day, url) item, with the counters that `visitOf` returns for its visit. */
export function viewCounters(view: CountedView, { hour }: Moment, visit: Counters): Counters {
  const { source } = view.campaign;
  return {
    views: 1,
    ...(source !== undefined && { [sourcePrefix + source]: 1 }),
    [`hour_${hour}`]: 1,
    ...visit,
    ...(visit.visits && originOf(view)),
  };
}

/** Returns the counters of a visit's origin and client, which belong to its first view. */
function originOf({ referrer, campaign, client }: CountedView): Counters {
  const channel = channelOf({ referrer, campaign });
  const counters: Counters = { [channelCounter(channel)]: 1, [`referrer_${referrer || direct}`]: 1 };
  for (const field of campaignFields) {
    if (campaign[field] !== undefined) counters[`${field}_${campaign[field]}`] = 1;
  }
  const audience = 'userAgent' in client ? audienceOf(client) : client;
  for (const [dimension, name] of Object.entries(audience)) counters[`${dimension}_${name}`] = 1;
  return counters;
}
