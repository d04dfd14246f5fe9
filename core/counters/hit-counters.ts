import type { Moment } from '../calendar/day.ts';
import { audienceOf } from '../collect/audience.ts';
import type { PageEvent, PageView, Refusal } from '../collect/hit.ts';
import { campaignFields } from './dimensions.ts';
import { type Counters, direct, sourcePrefix } from './names.ts';

/** What a hit that is not counted adds to the day's item `notCounted`. */
export const refusalCounters = (refusal: Refusal): Counters => ({ [refusal]: 1 });

/** What an event adds to its (day, url) item. */
export const eventCounters = ({ event }: PageEvent): Counters => ({ [`event_${event}`]: 1 });

/** What one page view adds to its (day, url) item, where `visit` is what it says of its visitor. */
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

/** Where a visit comes from, and with what: counted on its first view. */
function originOf({ referrer, campaign, client }: PageView): Counters {
  const counters: Counters = { [`referrer_${referrer || direct}`]: 1 };
  for (const field of campaignFields) {
    if (campaign[field] !== undefined) counters[`${field}_${campaign[field]}`] = 1;
  }
  for (const [question, word] of Object.entries(audienceOf(client))) counters[`${question}_${word}`] = 1;
  return counters;
}
