import type { Moment } from '../calendar/day.ts';
import { audienceOf } from '../collect/audience.ts';
import type { PageEvent, PageView, RefusedHit } from '../collect/hit.ts';
import { channelCounter, channelOf } from './channels.ts';
import { campaignFields } from './dimensions.ts';
import { botPrefix, type Counters, direct, sourcePrefix } from './names.ts';

/** Returns what a refused hit adds to the item `notCountedOf` its site. */
export const refusalCounters = ({ refusal, bot }: RefusedHit): Counters => ({ [bot ? botPrefix + bot : refusal]: 1 });

/** Returns what an event adds to its (day, url) item. */
export const eventCounters = ({ event }: PageEvent): Counters => ({ [`event_${event}`]: 1 });

/** Returns what a page view adds to its (day, url) item, with the counters that `visitOf` returns for its visit. */
export function viewCounters(view: PageView, { hour }: Moment, visit: Counters): Counters {
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
function originOf({ referrer, campaign, client }: PageView): Counters {
  const channel = channelOf({ referrer, campaign });
  const counters: Counters = { [channelCounter(channel)]: 1, [`referrer_${referrer || direct}`]: 1 };
  for (const field of campaignFields) {
    if (campaign[field] !== undefined) counters[`${field}_${campaign[field]}`] = 1;
  }
  for (const [dimension, name] of Object.entries(audienceOf(client))) counters[`${dimension}_${name}`] = 1;
  return counters;
}
