import type { Month } from '../calendar/month.ts';
import type { Row, StoredRow } from '../report/report.ts';
import { applyCaps, type Caps } from './caps.ts';
import { addChannels } from './channels.ts';
import { type Counters, isCapCounter, isNotCounted, other } from './names.ts';

/** A month's item takes as many names as ten days may add. By default it stays below 220 KB. DynamoDB's limit is 400 KB. */
export const daysOfNames = 10;

// Past this, pages with the fewest views go to `(other)` until half of the counters are left.
const maxCounters = 1_000_000;
// After so many, the names of `(other)` are capped. Made-up names would else take its room from pages that people read.
const pagesAtOnce = 500;

/**
 * Adds up the rows of a month's days into one row for each page. Past a day's cap of pages, those with the fewest views
 * go to `(other)`. Past ten days' cap of names, a page's names with the lowest counts do. So every sum stays.
 */
export function monthRollup(
  month: Month,
  caps: Caps,
  maxCountersHeld = maxCounters,
): { add(rows: Row[]): void; rows(): StoredRow[] } {
  const sums = new Map<string, Map<string, number>>();
  let countersHeld = 0;

  function addTo(url: string, counters: Iterable<[string, number]>): void {
    const sum = sums.get(url) ?? new Map<string, number>();
    const sizeBefore = sum.size;
    for (const [name, count] of counters) if (!isCapCounter(name)) sum.set(name, (sum.get(name) ?? 0) + count);
    if (sum.size > 0) sums.set(url, sum);
    countersHeld += sum.size - sizeBefore;
  }

  function remove(url: string): [string, number][] {
    const sum = [...(sums.get(url) ?? [])];
    sums.delete(url);
    countersHeld -= sum.length;
    return sum;
  }

  function pagesByViews(): string[] {
    const views = (url: string) => sums.get(url)?.get('views') ?? 0;
    const pages = [...sums.keys()].filter((url) => !isNotCounted(url) && url !== other);
    return pages.sort((a, b) => views(b) - views(a) || (a < b ? -1 : 1));
  }

  function mergeRarePages(): void {
    const pages = pagesByViews();
    do {
      for (const url of pages.splice(-pagesAtOnce)) addTo(other, remove(url));
      addTo(other, Object.entries(capNames(remove(other), caps)));
    } while (countersHeld > maxCountersHeld / 2 && pages.length > 0);
  }

  return {
    add(rows) {
      for (const { url, counters } of rows) {
        addChannels(counters);
        addTo(url, counters);
        if (countersHeld > maxCountersHeld) mergeRarePages();
      }
    },
    rows() {
      for (const url of pagesByViews().slice(caps.maxPagesPerDay)) addTo(other, remove(url));
      return [...sums].map(([url, sum]) => ({ partition: month, url, counters: capNames([...sum], caps) }));
    },
  };
}

function capNames(counters: [string, number][], { maxPagesPerDay, maxNamesPerDimension }: Caps): Counters {
  const highestFirst = counters.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const caps = { maxPagesPerDay, maxNamesPerDimension: daysOfNames * maxNamesPerDimension };
  return applyCaps(Object.fromEntries(highestFirst), [], caps).counters;
}
