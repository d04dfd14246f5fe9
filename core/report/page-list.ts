import { maxUrlBytes } from '../collect/page-url.ts';
import type { Metric } from './filter.ts';
import { addUpFolders, isFolder } from './folders.ts';
import { quoted } from './quoted.ts';
import type { Page, Report } from './report.ts';

/** What a table of pages can be sorted by: their URLs, a metric, or their change in the metric of the report. */
export const pageOrders = ['page', 'views', 'visitors', 'visits', 'events', 'change'] as const;
export type PageOrder = (typeof pageOrders)[number];

export const directions = ['asc', 'desc'] as const;
export type Direction = (typeof directions)[number];

/** Which pages a table lists, and in which order. */
export interface PageList {
  /** Undefined means the metric of the report. */
  sort: PageOrder | undefined;
  /** Undefined means the usual: URLs ascend, numbers descend. */
  order: Direction | undefined;
  /** A part of the URLs that are listed. Empty for all. */
  search: string;
  /** Whether the pages of a folder are added up. */
  folders: boolean;
  /** How many entries come before the first. */
  skip: number;
}

/** All pages in their usual order. */
export const wholeList: PageList = { sort: undefined, order: undefined, search: '', folders: false, skip: 0 };

/** The part of a query about the table of pages. */
export type PageListQuery = { [Name in 'sort' | 'order' | 'q' | 'folders' | 'skip']?: string | undefined };

/** Returns which pages a query lists. For a wrong part, returns its default and says why in `problem`. */
export function parsePageList({ sort, order, q = '', folders, skip = '0' }: PageListQuery): {
  list: PageList;
  problem: string;
} {
  const list = {
    sort: pageOrders.find((each) => each === sort),
    order: directions.find((each) => each === order),
    search: q.length > maxUrlBytes ? '' : q.trim(),
    folders: folders === 'on',
    skip: /^\d{1,6}$/.test(skip) ? Number(skip) : 0,
  };
  const problems = [
    sort !== undefined &&
      !list.sort &&
      `There is no column ${quoted(sort)} to sort by: choose one of ${pageOrders.join(', ')}.`,
    order !== undefined && !list.order && `There is no order ${quoted(order)}: choose asc or desc.`,
    q.length > maxUrlBytes && `The search is too long: it has at most ${maxUrlBytes} letters.`,
    folders !== undefined && folders !== 'on' && `folders=${quoted(folders)} is not known: write folders=on.`,
    list.skip !== Number(skip) && `skip=${quoted(skip)} is not a number of pages: write it like skip=100.`,
  ];
  return { list, problem: problems.filter(Boolean).join(' ') };
}

/** Returns the pages of a report that a list shows, in folders if it asks for them, in the order of the report. */
export function listedPages(
  { pages, metric }: Report,
  { search, folders }: PageList,
  page: string | undefined,
): Page[] {
  const wanted = search.toLowerCase();
  const found = wanted ? pages.filter(({ url }) => isFound(url, wanted)) : pages;
  if (!folders) return found;
  const added = addUpFolders(found, page !== undefined && isFolder(page) ? page : undefined);
  return added.sort((a, b) => (b.totals[metric] ?? 0) - (a.totals[metric] ?? 0) || byText(a.url, b.url));
}

/** Returns the order of a column that nobody chose: URLs ascend, numbers descend. */
export const usualDirection = (by: PageOrder | Metric): Direction => (by === 'page' ? 'asc' : 'desc');

/** Returns the pages of a report in the order of a list. Their earlier counts are known. */
export function sortedPages({ pages, metric }: Pick<Report, 'pages' | 'metric'>, { sort, order }: PageList): Page[] {
  const isKnown = sort === 'page' || sort === 'change' || (sort && pages.some(({ totals }) => totals[sort]));
  const by = isKnown ? sort : metric;
  if (by === metric && order !== 'asc') return pages;
  const sign = (order ?? usualDirection(by)) === 'asc' ? 1 : -1;
  if (by === 'page') return pages.toSorted((a, b) => sign * byText(a.url, b.url));
  const numberOf =
    by === 'change'
      ? ({ totals, previous }: Page) => (totals[metric] ?? 0) - (previous?.[metric] ?? 0)
      : ({ totals }: Page) => totals[by] ?? 0;
  return pages.toSorted((a, b) => sign * (numberOf(a) - numberOf(b)) || byText(a.url, b.url));
}

function isFound(url: string, wanted: string): boolean {
  return url.toLowerCase().includes(wanted) || decoded(url).toLowerCase().includes(wanted);
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
