import { bareHost } from '../../core/collect/bare-host.ts';
import type { Campaign } from '../../core/collect/hit.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { channelCounter, channelOf } from '../../core/counters/channels.ts';
import { campaignFields } from '../../core/counters/dimensions.ts';
import { type Counters, direct, sourcePrefix } from '../../core/counters/names.ts';
import type { ImportScope } from '../format.ts';

/** What some visits and views have in common. */
export interface Origin {
  /** The host that linked here, as it is counted. Empty if there is none. */
  referrer: string;
  campaign: Campaign;
}

/** The columns that most tools have for the parameters of a link. */
export const utmColumns = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;

/** Returns the utm parameters in these columns. */
export const utmOf = (row: Record<(typeof utmColumns)[number], string>): Campaign => ({
  source: row.utm_source,
  medium: row.utm_medium,
  campaign: row.utm_campaign,
  term: row.utm_term,
  content: row.utm_content,
});

/** Returns the referrer of a link by its name. The site itself is none. */
export const referrerFrom = (link: string, { site }: ImportScope): string => (link === bareHost(site) ? '' : link);

const notSet = /^\(.*\)$/;

/** Returns the utm parameters under their names, without those that are empty or `(not set)`. */
export function campaignNamed(campaign: Campaign): Campaign {
  const named: Campaign = {};
  for (const field of campaignFields) {
    const name = normalizeName(campaign[field] ?? '');
    if (name !== '' && !notSet.test(name)) named[field] = name;
  }
  return named;
}

/** Returns the counters of visits with an origin, and those of their views by source. */
export function originCounters(origin: Origin, { views, visits }: { views: number; visits: number }): Counters {
  const { referrer, campaign } = origin;
  const counters: Counters = {
    [channelCounter(channelOf(origin))]: visits,
    [`referrer_${referrer || direct}`]: visits,
  };
  for (const field of campaignFields) {
    if (campaign[field] !== undefined) counters[`${field}_${campaign[field]}`] = visits;
  }
  if (campaign.source !== undefined) counters[sourcePrefix + campaign.source] = views;
  return counters;
}
