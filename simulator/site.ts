import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A page of a site: its path and its title. */
export interface SitePage {
  path: string;
  title: string;
}

/** The description of a simulated site. demo-site.json is one, and you can write your own. */
export interface Site {
  name: string;
  home: string;
  /** Topic pages with their posts, most read first. */
  topics: (SitePage & { posts: SitePage[] })[];
  /** Pages that are neither, such as "About". */
  others: SitePage[];
  /** A post with `times` times the usual visits on one day, `daysBeforeEnd` days before the end. */
  spike?: { path: string; daysBeforeEnd: number; times: number };
  /**
   * Pages that link here. `name` is the expected referrer, if it differs from the host without `www.`. `channel` is the
   * expected channel, if it is not `website`.
   */
  referrers: { url: string; name?: string; channel?: string; weight: number }[];
  /** Links with utm parameters. `channel` is the expected channel, if it is not `campaign`. */
  campaigns: { weight: number; channel?: string; fields: Record<string, string> }[];
}

export const demoSite = readSite(fileURLToPath(new URL('demo-site.json', import.meta.url)));

/** Reads a site's description. Throws an Error whose sentence says what is wrong with it. */
export function readSite(file: string): Site {
  const site: Partial<Site> = JSON.parse(readFileSync(file, 'utf8'));
  const lacks = (what: string) => new Error(`${file} does not describe a site: ${what}. See simulator/demo-site.json.`);
  const { name = '', home = '/', topics, others = [], spike, referrers = [], campaigns = [] } = site;
  if (!Array.isArray(topics) || topics.length === 0) throw lacks('"topics" must list at least one topic');
  if (!topics.every(({ posts }) => Array.isArray(posts) && posts.length > 0)) throw lacks('each topic needs "posts"');
  const pages = [{ path: home }, ...others, ...topics, ...topics.flatMap(({ posts }) => posts)];
  // Other characters have several spellings, and the app brings them to one form.
  const wrong = pages.find(({ path }) => typeof path !== 'string' || !/^\/(?!\/)[\p{L}\p{N}._~/-]*$/u.test(path));
  if (wrong)
    throw lacks(`the path ${JSON.stringify(wrong.path)} is not a "/" with letters, digits, ".", "_", "~", "-" and "/"`);
  if (spike && !pages.some(({ path }) => path === spike.path))
    throw lacks(`the spike ${spike.path} is not one of its pages`);
  if (spike && !(spike.times >= 1 && spike.daysBeforeEnd >= 0))
    throw lacks('the spike needs "daysBeforeEnd" and "times"');
  for (const { weight } of [...referrers, ...campaigns]) {
    if (!(weight > 0)) throw lacks('each referrer and campaign needs a "weight" over 0');
  }
  for (const { url } of referrers) {
    if (!URL.canParse(url)) throw lacks(`the referrer ${JSON.stringify(url)} is not a URL`);
  }
  for (const value of campaigns.flatMap(({ fields }) => Object.values(fields ?? {}))) {
    if (typeof value !== 'string' || !/^\S(.{0,62}\S)?$/.test(value))
      throw lacks(`the value ${JSON.stringify(value)} is not a text of 1 to 64 characters`);
  }
  return { name, home, topics, others, referrers, campaigns, ...(spike && { spike }) };
}
