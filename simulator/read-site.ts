import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { postsByRank, type Site } from './site.ts';

/** The longest history, in days. */
export const maxDays = 366;

export const demoSite = readSite(fileURLToPath(new URL('demo-site.json', import.meta.url)));

/** Reads a site's description. Throws an Error whose sentence says what is wrong with it. */
export function readSite(file: string): Site {
  const read: Partial<Site> = JSON.parse(readFileSync(file, 'utf8'));
  const lacks = (what: string) => new Error(`${file} does not describe a site: ${what}. See simulator/demo-site.json.`);
  const { name = '', home = '/', topics, others = [], growth = 1, spikes = [], referrers = [], campaigns = [] } = read;
  if (!Array.isArray(topics) || topics.length === 0) throw lacks('"topics" must list at least one topic');
  if (!topics.every(({ posts }) => Array.isArray(posts) && posts.length > 0)) throw lacks('each topic needs "posts"');
  const posts = postsByRank({ topics });
  const pages = [{ path: home }, ...others, ...topics, ...posts];
  // Other characters have several spellings, and the app brings them to one form.
  const wrong = pages.find(({ path }) => typeof path !== 'string' || !/^\/(?!\/)[\p{L}\p{N}._~/-]*$/u.test(path));
  if (wrong)
    throw lacks(`the path ${JSON.stringify(wrong.path)} is not a "/" with letters, digits, ".", "_", "~", "-" and "/"`);
  if (!posts.some(({ publishedDaysBefore = maxDays }) => publishedDaysBefore >= maxDays))
    throw lacks(`one post must be ${maxDays} days old, or without "publishedDaysBefore"`);
  if (!(growth > 0)) throw lacks('"growth" takes a number over 0');
  for (const { path, daysBefore, times, fade = 0, referrer, campaign } of spikes) {
    if (!pages.some((page) => page.path === path)) throw lacks(`the spike ${path} is not one of its pages`);
    if (!(times >= 1 && daysBefore >= 0 && fade >= 0 && fade < 1))
      throw lacks('a spike needs "daysBefore" and "times", and its "fade" is below 1');
    if (!referrer === !campaign) throw lacks('a spike needs a "referrer" or a "campaign"');
  }
  for (const { weight } of [...referrers, ...campaigns]) {
    if (!(weight > 0)) throw lacks('each referrer and campaign needs a "weight" over 0');
  }
  for (const { url } of [...referrers, ...spikes.flatMap(({ referrer }) => referrer ?? [])]) {
    if (!URL.canParse(url)) throw lacks(`the referrer ${JSON.stringify(url)} is not a URL`);
  }
  for (const { fields } of [...campaigns, ...spikes.flatMap(({ campaign }) => campaign ?? [])]) {
    for (const value of Object.values(fields ?? {}))
      if (typeof value !== 'string' || !/^\S(.{0,62}\S)?$/.test(value))
        throw lacks(`the value ${JSON.stringify(value)} is not a text of 1 to 64 characters`);
  }
  return { name, home, topics, others, growth, spikes, referrers, campaigns };
}
