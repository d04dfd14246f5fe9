/** A page of a site: its path and its title. */
export interface SitePage {
  path: string;
  title: string;
}

/** A post. It is read only from its day on. */
export interface Post extends SitePage {
  /** How many days before the end of a history it appeared. Undefined if it was always there. */
  publishedDaysBefore?: number;
}

/**
 * A page that links here. `name` is the expected referrer, if it differs from the host without `www.`. `channel` is the
 * expected channel, if it is not `website`.
 */
export interface Referrer {
  url: string;
  name?: string;
  channel?: string;
}

/** A link with utm parameters. `channel` is the expected channel, if it is not `campaign`. */
export interface CampaignLink {
  channel?: string;
  fields: Record<string, string>;
}

/** Many visits at once to one page, from one link. */
export interface Spike {
  path: string;
  /** How many days before the end of a history it begins. */
  daysBefore: number;
  /** How many times the usual visits come on that day. */
  times: number;
  /** What is left of it the day after, and so on: 0.3 by default. */
  fade?: number;
  /** Where its visits come from. */
  referrer?: Referrer;
  campaign?: CampaignLink;
}

/** The description of a simulated site. demo-site.json is one, and you can write your own. */
export interface Site {
  name: string;
  home: string;
  /** Topic pages with their posts, most read first. */
  topics: (SitePage & { posts: Post[] })[];
  /** Pages that are neither, such as "About". */
  others: SitePage[];
  /** How many times the visits of a year before come at the end. */
  growth: number;
  spikes: Spike[];
  referrers: (Referrer & { weight: number })[];
  /** A campaign may begin and end some days before the end of a history. */
  campaigns: (CampaignLink & { weight: number; fromDaysBefore?: number; toDaysBefore?: number })[];
}

/** Returns all posts: the first of each topic, then the second of each topic, and so on. */
export function postsByRank({ topics }: Pick<Site, 'topics'>): Post[] {
  const longest = Math.max(...topics.map(({ posts }) => posts.length));
  return Array.from({ length: longest }, (_, i) => topics.flatMap(({ posts }) => posts[i] ?? [])).flat();
}
