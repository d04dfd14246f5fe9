import { addTo } from '../counters/counter-sums.ts';
import { highest } from '../counters/highest.ts';
import { sourcePrefix } from '../counters/names.ts';
import type { Summary } from '../counters/summary.ts';

/** Counts of a summary's pages in the order of its pages, and the column that they belong to. */
export type ColumnOfPages = [column: number, counts: number[]];

/** What a summary counts on its pages. */
export interface CountsOfPages {
  inMetric: number[];
  totals: ColumnOfPages[];
  series: ColumnOfPages[];
  /** Other names than views by source are left out. */
  sources: Summary['names'];
}

interface PageSum {
  id: number;
  url: string;
  totals: number[];
  series: number[];
  /** The page's sum in the metric of the report. */
  rank: [number];
}

/** The pages of a summary, without those that are left out. */
type Held = (PageSum | undefined)[];

/**
 * Adds up pages: some columns of totals, and some points of a series. Past `maxPages`, drops the half that has the least in
 * the metric of the report.
 */
export function pageSums(columns: number, points: number, maxPages: number) {
  let pages = new Map<string, PageSum>();
  let nextId = 0;
  // By source and by a page's id: numbers as keys take a fifth of the time of texts.
  const bySource = new Map<string, Map<number, number>>();
  let isTruncated = false;

  function pageOf(url: string): PageSum {
    const known = pages.get(url);
    if (known) return known;
    const page = { id: nextId++, url, totals: zeros(columns), series: zeros(points), rank: [0] as [number] };
    pages.set(url, page);
    return page;
  }

  function addSource(source: string, counts: number[], held: Held): void {
    const byPage = bySource.get(source) ?? new Map<number, number>();
    bySource.set(source, byPage);
    for (let i = 0; i < counts.length; i += 2) {
      const page = held[counts[i] ?? 0];
      if (page) byPage.set(page.id, (byPage.get(page.id) ?? 0) + (counts[i + 1] ?? 0));
    }
  }

  return {
    /** Adds the pages of a summary. Those that have no count of any kind are left out, and those that `isShown` does not take. */
    add(
      { pages: urls }: Pick<Summary, 'pages'>,
      { inMetric, totals, series, sources }: CountsOfPages,
      isShown: (url: string) => boolean = () => true,
    ): void {
      const isCounted = (i: number) => inMetric[i] || totals.some(([, counts]) => counts[i]);
      const held = urls.map((url, i) => (isShown(url) && isCounted(i) ? pageOf(url) : undefined));
      for (const [column, counts] of totals) addColumn(held, counts, (page) => page.totals, column);
      for (const [point, counts] of series) addColumn(held, counts, (page) => page.series, point);
      addColumn(held, inMetric, (page) => page.rank, 0);
      for (const [name, counts] of sources)
        if (name.startsWith(sourcePrefix)) addSource(name.slice(sourcePrefix.length), counts, held);
      if (pages.size > maxPages) {
        pages = highest(pages, maxPages / 2, ({ rank }) => rank[0]);
        isTruncated = true;
      }
    },
    isTruncated: () => isTruncated,
    /** Returns the pages that have a count in the metric of the report or in `column`, with their sums and their views by source. */
    pages(column = -1): (PageSum & { sources: Map<string, number> })[] {
      const byId = new Map<number, Map<string, number>>();
      const ranked = [...pages.values()].filter(({ rank, totals }) => rank[0] > 0 || (totals[column] ?? 0) > 0);
      const all = ranked.map((page) => {
        const ofPage = new Map<string, number>();
        byId.set(page.id, ofPage);
        return { ...page, sources: ofPage };
      });
      for (const [source, byPage] of bySource)
        for (const [id, count] of byPage) {
          const ofPage = byId.get(id);
          if (ofPage) addTo(ofPage, source, count);
        }
      return all;
    },
  };
}

/** Adds the counts of pages to a number of each. An index takes a third of an iterator's time. */
function addColumn(pages: Held, counts: number[], numbersOf: (page: PageSum) => number[], which: number): void {
  for (let i = 0; i < pages.length; i++) {
    const page = pages[i];
    const count = counts[i] ?? 0;
    if (!page) continue;
    const numbers = numbersOf(page);
    numbers[which] = (numbers[which] ?? 0) + count;
  }
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
