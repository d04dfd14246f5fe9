import { addAll } from '../counters/counter-sums.ts';
import type { Metrics, Page } from './report.ts';

/** The end of a folder's address: `https://blog.example.com/posts/*`. */
const ending = '/*';

/** Returns whether a filter by page means a folder. */
export const isFolder = (page: string): boolean => page.endsWith(ending);

/** Returns a function that tells which URLs a filter by page shows: one page, or a folder with the page of its own name. */
export function isShownBy(page: string): (url: string) => boolean {
  if (!isFolder(page)) return (url) => url === page;
  const path = page.slice(0, -ending.length);
  return (url) => url === path || url.startsWith(`${path}/`);
}

/**
 * Returns pages with those of one folder added up into one entry. They are folders of the site, or of the folder `within`. A
 * visitor of several pages of a folder counts several times. Pages in no folder stay.
 */
export function addUpFolders(pages: Page[], within?: string): Page[] {
  const folders = new Map<string, Page>();
  const others: Page[] = [];
  for (const page of pages) {
    const folder = folderOf(page.url, within);
    if (folder === undefined) others.push(page);
    else folders.set(folder, sumOf(folder, folders.get(folder), page));
  }
  const singles = others.filter((page) => {
    const folder = page.url + ending;
    const known = folders.get(folder);
    if (known) folders.set(folder, sumOf(folder, known, page));
    return !known;
  });
  return [...folders.values(), ...singles];
}

/** Returns the folder right below the site, or below `within`, that has a page. Returns undefined if none does. */
function folderOf(url: string, within?: string): string | undefined {
  const root = within ? within.slice(0, -ending.length) : /^https?:\/\/[^/]+/.exec(url)?.[0];
  if (root === undefined || !url.startsWith(`${root}/`)) return undefined;
  const [path = ''] = url.slice(root.length + 1).split('?');
  const end = path.indexOf('/');
  return end > 0 ? `${root}/${path.slice(0, end)}${ending}` : undefined;
}

function sumOf(url: string, sum: Page | undefined, page: Page): Page {
  const sources = new Map(sum?.sources);
  addAll(sources, page.sources);
  return {
    url,
    totals: addedUp(sum?.totals ?? {}, page.totals),
    series: page.series.map((count, i) => count + (sum?.series[i] ?? 0)),
    sources,
  };
}

function addedUp(a: Metrics, b: Metrics): Metrics {
  const sums = { ...a };
  for (const [metric, count] of Object.entries(b) as [keyof Metrics, number][])
    sums[metric] = (sums[metric] ?? 0) + count;
  return sums;
}
