import type { CampaignField } from './dimensions.ts';

/** The utm parameters by which Footfall counts what became of visits. */
export const followedFields = ['source', 'campaign'] as const satisfies CampaignField[];

/** The source and the campaign of a visit, as far as the link of its first page has them. */
export type FollowedLink = { [Field in (typeof followedFields)[number]]?: string | undefined };

/** What is counted of such visits: those with a visitor record, those with a second view, and their events. */
export const outcomes = ['linked', 'engaged', 'events'] as const;
export type Outcome = (typeof outcomes)[number];

/** Returns the counters of an outcome of a visit: `engaged_source_twitter`, `engaged_campaign_spring`. */
export function outcomeCounters(outcome: Outcome, link: FollowedLink): Record<string, number> {
  const named = followedFields.filter((field) => link[field]);
  return Object.fromEntries(named.map((field) => [`${outcome}_${field}_${link[field]}`, 1]));
}

/** Returns whether outcomes are counted by a dimension. */
export const isFollowed = (dimension: string): boolean => followedFields.some((field) => field === dimension);

const counterOfOutcome = new RegExp(`^(?:${outcomes.join('|')})_(?:${followedFields.join('|')})_`);

/** Returns what comes before the name in a counter of an outcome: `engaged_source_`. Returns undefined for other counters. */
export const outcomePrefix = (counter: string): string | undefined => counterOfOutcome.exec(counter)?.[0];
