import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { demoSite } from '../simulator/read-site.ts';
import type { SitePage } from '../simulator/site.ts';
import { type DatedPost, rssFeed } from './dated-posts.ts';
import { listen } from './listen.ts';

const { name, home, topics, others } = demoSite;
const pages = new Map<string, SitePage>(
  [{ path: home, title: name }, ...topics, ...topics.flatMap(({ posts }) => posts), ...others].map((page) => [
    new URL(page.path, 'http://localhost').pathname,
    page,
  ]),
);

const notFound = { path: '/404', title: 'Page not found' };

/** The parts of a page of the demo blog that are not its own. */
interface Surroundings {
  /** The snippets, for each head. */
  head: string;
  dashboardUrl: string;
  /** The posts, newest first. */
  posts: DatedPost[];
}

/** Serves the demo blog, the site of the simulator. `other` may answer a request first. */
export async function startBlog(
  port: number,
  surroundings: Surroundings,
  other: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>,
): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (await other(request, response)) return;
    const path = (request.url ?? '/').replace(/[?#].*/, '');
    if (path === '/feed.xml') {
      const feed = rssFeed(surroundings.posts, `http://localhost:${port}`);
      response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' }).end(feed);
      return;
    }
    const page = pages.get(path);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    const own = page
      ? `<link rel="canonical" href="${new URL(page.path, `http://localhost:${port}`)}">`
      : '<meta name="footfall" content="404">';
    response.end(html(page ?? notFound, { ...surroundings, head: `${own}\n${surroundings.head}` }));
  });
  await listen(server, port);
  return server;
}

function html({ path, title }: SitePage, { head, dashboardUrl, posts }: Surroundings): string {
  const topic = topics.find((each) => each.path === path || each.posts.some((post) => post.path === path));
  const listed = topic ? posts.filter((post) => topic.posts.some((each) => each.path === post.path)) : posts;
  const links = listed.map((post) => `<li><a href="${post.path}">${post.title}</a> ${dateOf(post)}</li>`).join('');
  const post = posts.find((each) => each.path === path);
  const shared = ['twitter', 'slack', 'hacker-news']
    .map((source) => `<a href="${path}?utm_source=${source}">${source}</a>`)
    .join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<style>
:root { color-scheme: light dark }
time { font-size: 0.875em; opacity: 0.7 }
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 3rem auto; max-width: 36rem; padding: 0 1rem }
</style>
${head}
</head>
<body>
<h1>${title}</h1>
${post ? `<p>${dateOf(post)}</p>` : ''}
<ul>${links}</ul>
<p><a href="${home}">${name}</a> · ${[...topics, ...others].map((page) => `<a href="${page.path}">${page.title}</a>`).join(' · ')}</p>
<p><button data-footfall="newsletter">Count an event</button></p>
<p>Open this page as from a link on ${shared}. Then open the <a href="${dashboardUrl}">dashboard</a>.</p>
</body>
</html>`;
}

function dateOf({ published }: DatedPost): string {
  const text = published.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `<time datetime="${published.toISOString().slice(0, 10)}">${text}</time>`;
}
