import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A page of a site: its path and its title. */
export interface SitePage {
  path: string;
  title: string;
}

/** The description of a site to walk over; demo-site.json is one, and an owner can write his own. */
export interface Site {
  name: string;
  home: string;
  /** Topic pages with their posts, the most read first. */
  topics: (SitePage & { posts: SitePage[] })[];
  /** Pages that are neither, such as "About". */
  others: SitePage[];
  /** A post that is read by many on one day: so many days before the end, with so many times the usual visits. */
  spike?: { path: string; daysBeforeEnd: number; times: number };
  /** Pages that link here. `name` is what such a visit must be counted as, if that is not the host without `www.`. */
  referrers: { url: string; name?: string; weight: number }[];
  campaigns: { weight: number; fields: Record<string, string> }[];
}

export const demoSite = readSite(fileURLToPath(new URL('demo-site.json', import.meta.url)));

/** Reads a site's description; throws an Error that says, in a sentence, what is missing in it. */
export function readSite(file: string): Site {
  const site: Partial<Site> = JSON.parse(readFileSync(file, 'utf8'));
  const lacks = (what: string) =>
    new Error(`${file} is no description of a site: ${what}. See simulator/demo-site.json.`);
  const { name = '', home = '/', topics, others = [], spike, referrers = [], campaigns = [] } = site;
  if (!Array.isArray(topics) || topics.length === 0) throw lacks('"topics" has to list at least one topic');
  if (!topics.every(({ posts }) => Array.isArray(posts) && posts.length > 0)) throw lacks('each topic needs "posts"');
  const pages = [{ path: home }, ...others, ...topics, ...topics.flatMap(({ posts }) => posts)];
  // Other characters would have several spellings, and the app settles on one of its own.
  const wrong = pages.find(({ path }) => typeof path !== 'string' || !/^\/(?!\/)[\p{L}\p{N}._~/-]*$/u.test(path));
  if (wrong)
    throw lacks(`the path ${JSON.stringify(wrong.path)} is not a "/" with letters, digits, ".", "_", "~", "-" and "/"`);
  if (spike && !pages.some(({ path }) => path === spike.path))
    throw lacks(`the spike ${spike.path} is none of the pages`);
  if (spike && !(spike.times >= 1 && spike.daysBeforeEnd >= 0))
    throw lacks('the spike needs "daysBeforeEnd" and "times"');
  for (const { weight } of [...referrers, ...campaigns]) {
    if (!(weight > 0)) throw lacks('each referrer and campaign needs a "weight" over 0');
  }
  for (const { url } of referrers) {
    if (!URL.canParse(url)) throw lacks(`the referrer ${JSON.stringify(url)} is no address`);
  }
  for (const value of campaigns.flatMap(({ fields }) => Object.values(fields ?? {}))) {
    if (typeof value !== 'string' || !/^\S(.{0,62}\S)?$/.test(value))
      throw lacks(`the value ${JSON.stringify(value)} is not a text of 1 to 64 characters`);
  }
  return { name, home, topics, others, referrers, campaigns, ...(spike && { spike }) };
}
