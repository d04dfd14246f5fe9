import { addChannels } from './channels.ts';
import { addAll, addTo, counterSums } from './counter-sums.ts';
import { highest } from './highest.ts';
import { importedPage } from './imported-page.ts';
import { isCapCounter, isNotCounted, other, otherOf, quotaOf } from './names.ts';
import { isNumberCounter, type Summary } from './summary.ts';

/** How much of what strangers make up a summary may hold. What is past it counts in `(other)`, so every sum stays. */
export interface SummaryCaps {
  /** Pages, those with the most views. */
  maxPages: number;
  /** Bytes of the pages' URLs. */
  maxUrlBytes: number;
  /** Names of each dimension, those with the most. The same names stay on pages and in the totals. */
  maxNames: number;
}

type PageCounters = Map<string, number>;

// Past this, pages with the fewest views go to `(other)` until half of the counters are left.
const maxCounters = 1_000_000;
const maxNamesHeld = 200_000;
const pagesAtOnce = 500;

/** Adds up rows and summaries of one site, in any order. A row's map is taken over. */
export function summaryBuilder(maxCountersHeld = maxCounters) {
  const totals = counterSums(maxNamesHeld);
  const refusals = new Map<string, number>();
  const pages = new Map<string, PageCounters>();
  let countersHeld = 0;

  function addPage(url: string, counters: PageCounters): void {
    const known = pages.get(url);
    if (known) {
      countersHeld -= known.size;
      addAll(known, counters);
    }
    pages.set(url, known ?? counters);
    countersHeld += (known ?? counters).size;
    if (countersHeld > maxCountersHeld) mergeRarePages();
  }

  function addCounters(url: string, counters: PageCounters): void {
    if (isNotCounted(url)) addAll(refusals, counters);
    else if (counters.size > 0) {
      totals.add(counters);
      addPage(url, counters);
    }
  }

  function mergeInto(target: string, urls: string[]): void {
    const sum = pages.get(target) ?? new Map<string, number>();
    for (const url of urls) {
      addAll(sum, pages.get(url) ?? new Map());
      pages.delete(url);
    }
    if (urls.length > 0) pages.set(target, sum);
  }

  /** Merges rare pages, and on `(other)` the names that fewer than two of them have. */
  function mergeRarePages(): void {
    const byViews = pagesByViews(pages).filter(isPage);
    do {
      mergeInto(other, byViews.splice(-pagesAtOnce));
      const merged = pages.get(other);
      if (merged) pages.set(other, withNames(merged, topNames(merged, pagesAtOnce)));
      countersHeld = [...pages.values()].reduce((sum, counters) => sum + counters.size, 0);
    } while (countersHeld > maxCountersHeld / 2 && byViews.length > 0);
  }

  return {
    /** Adds a row of the statistics table. */
    addRow(url: string, counters: PageCounters): void {
      for (const name of counters.keys()) if (isCapCounter(name)) counters.delete(name);
      if (!isNotCounted(url)) addChannels(counters);
      addCounters(url, counters);
    },

    /** Adds imported counters of a page. Their visits may have no names: these then stand on another page. */
    addImported: addCounters,

    /** Adds a summary that has the names by page. */
    addSummary(summary: Summary): void {
      totals.add(summary.totals);
      addAll(refusals, summary.refusals);
      const pages = summary.pages.map((): PageCounters => new Map());
      for (const [name, counts] of summary.numbers)
        for (const [page, count] of counts.entries()) if (count !== 0) pages[page]?.set(name, count);
      for (const [name, counts] of summary.names)
        for (let i = 0; i < counts.length; i += 2) pages[counts[i] ?? 0]?.set(name, counts[i + 1] ?? 0);
      for (const [page, url] of summary.pages.entries()) addPage(url, pages[page] ?? new Map());
    },

    /** Returns the sums. Ends the work: the builder gives away its maps. */
    summary(caps?: SummaryCaps): Summary {
      const sums = totals.all();
      if (!caps) return columnsOf(pages, sums, refusals);
      mergeInto(other, pagesPast(caps));
      const kept = topNames(sums, caps.maxNames);
      for (const [url, counters] of pages) pages.set(url, withNames(counters, kept));
      return columnsOf(pages, withNames(sums, kept), refusals);
    },
  };

  function pagesPast({ maxPages, maxUrlBytes }: SummaryCaps): string[] {
    let bytes = 0;
    return pagesByViews(pages)
      .filter(isPage)
      .filter((url, i) => {
        bytes += url.length;
        return i >= maxPages || bytes > maxUrlBytes;
      });
  }
}

/** Returns the names of each quota with the highest counts, as counters. */
function topNames(counters: PageCounters, maxNames: number): Set<string> {
  const byQuota = Map.groupBy(
    [...counters].filter(([name]) => quotaOf(name)),
    ([name]) => quotaOf(name),
  );
  return new Set([...byQuota.values()].flatMap((names) => [...highest(new Map(names), maxNames, Number).keys()]));
}

/** Returns counters with only these names of quotas. The others count as `(other)` of their kind. */
function withNames(counters: PageCounters, kept: Set<string>): PageCounters {
  const sums: PageCounters = new Map();
  counters.forEach((count, name) => {
    addTo(sums, kept.has(name) || !quotaOf(name) ? name : otherOf(name), count);
  });
  return sums;
}

/** Other counts are on no page, and are not merged. */
const isPage = (url: string) => url !== other && url !== importedPage;

const viewsOf = (counters: PageCounters | undefined) => counters?.get('views') ?? 0;

const pagesByViews = (pages: Map<string, PageCounters>): string[] =>
  [...pages.keys()].sort((a, b) => viewsOf(pages.get(b)) - viewsOf(pages.get(a)) || (a < b ? -1 : 1));

function columnsOf(pages: Map<string, PageCounters>, totals: PageCounters, refusals: PageCounters): Summary {
  const urls = pagesByViews(pages);
  const numbers = new Map<string, number[]>();
  const names = new Map<string, number[]>();
  for (const [page, url] of urls.entries())
    pages.get(url)?.forEach((count, name) => {
      if (isNumberCounter(name)) {
        const counts = numbers.get(name) ?? urls.map(() => 0);
        counts[page] = count;
        numbers.set(name, counts);
        return;
      }
      const counts = names.get(name);
      if (counts) counts.push(page, count);
      else names.set(name, [page, count]);
    });
  return { pages: urls, numbers, names, totals, refusals };
}

/** Builders by site. */
export type Builders = Map<string, ReturnType<typeof summaryBuilder>>;

/** Returns the builder of a site. The first time, makes it. */
export function builderOf(builders: Builders, site: string): ReturnType<typeof summaryBuilder> {
  const builder = builders.get(site) ?? summaryBuilder();
  builders.set(site, builder);
  return builder;
}
