import { demoSite } from '../simulator/read-site.ts';
import { postsByRank } from '../simulator/site.ts';

/** A post of the demo blog and the day on which it appeared. */
export interface DatedPost {
  path: string;
  title: string;
  published: Date;
}

/** Returns the posts of the demo blog, newest first, if its history ended at `end` (ms). */
export function datedPosts(end: number): DatedPost[] {
  return postsByRank(demoSite)
    .map(({ path, title, publishedDaysBefore = 0 }) => {
      const published = new Date(end);
      published.setUTCHours(-24 * publishedDaysBefore, 0, 0, 0);
      return { path, title, published };
    })
    .sort((a, b) => Number(b.published) - Number(a.published));
}

/** Returns the posts as an RSS feed of the blog at an origin. */
export function rssFeed(posts: DatedPost[], origin: string): string {
  const items = posts.map(({ path, title, published }) => {
    const url = new URL(path, origin).href;
    return `<item><title>${title}</title><link>${url}</link><guid>${url}</guid><pubDate>${published.toUTCString()}</pubDate></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${demoSite.name}</title><link>${origin}/</link><description>The demo blog of Footfall</description>
${items.join('\n')}
</channel></rss>`;
}
