import { createServer, type Server } from 'node:http';
import { listen } from './listen.ts';

/** The pages of the demo blog. The first is its home. */
export const pages = [
  { path: '/', title: 'Small Hours', text: 'Notes on keeping small things small.' },
  {
    path: '/posts/counting-without-cookies',
    title: 'Counting without cookies',
    text: 'A counter needs no memory of you.',
  },
  { path: '/posts/one-table-is-enough', title: 'One table is enough', text: 'A day, a URL, and a number that grows.' },
  {
    path: '/posts/the-bill-was-four-cents',
    title: 'The bill was four cents',
    text: 'And two of them were for the logs.',
  },
  { path: '/posts/un-été-sans-cookies', title: 'Un été sans cookies', text: 'Any alphabet makes a good address.' },
  { path: '/about', title: 'About', text: 'One person, one blog, no banner.' },
];

/** Serves the demo blog; `head` (the snippet) stands in the head of each page. */
export async function startBlog(port: number, head: string, dashboardUrl: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = pages.find(({ path }) => path === decodeURI(pathname));
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page ? html(page, `http://localhost:${port}`, head, dashboardUrl) : 'There is no such page.');
  });
  await listen(server, port);
  return server;
}

function html(page: (typeof pages)[number], origin: string, head: string, dashboardUrl: string): string {
  const links = pages.map(({ path, title }) => `<li><a href="${path}">${title}</a></li>`).join('');
  const shared = ['twitter', 'slack', 'hacker-news']
    .map((source) => `<a href="${page.path}?utm_source=${source}">${source}</a>`)
    .join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="canonical" href="${new URL(page.path, origin)}">
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark }
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 3rem auto; max-width: 36rem; padding: 0 1rem }
</style>
${head}
</head>
<body>
<h1>${page.title}</h1>
<p>${page.text}</p>
<ul>${links}</ul>
<p>Open this page as if it was shared on ${shared}, then look at the <a href="${dashboardUrl}">dashboard</a>.</p>
</body>
</html>`;
}
