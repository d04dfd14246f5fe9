import type { Month } from '../calendar/month.ts';
import type { Row } from '../report/report.ts';
import { applyCaps, type Caps, maxBytesOfNames } from './caps.ts';
import { type Counters, capCounters, notCounted, other } from './names.ts';

/** An item has room for ten days' worth of names: it stays below 150 KB, whatever the settings; DynamoDB takes 400. */
const daysOfNames = 10;

// Past so many counters, pages go to `(other)`, those with the least views first, until half of them are left.
const mostHeld = 1_000_000;

/**
 * Adds the rows of a month's days up, as they come, into one row for each page. Past a day's cap of pages those with the
 * least views, and past ten days' cap of names those of a page with the least, are added to `(other)`: every sum stays.
 */
export function monthRollup(month: Month, caps: Caps): { add(rows: Row[]): void; rows(): Row[] } {
  const sums = new Map<string, Map<string, number>>();
  let held = 0;

  function addTo(url: string, counters: Iterable<[string, number]>): void {
    const sum = sums.get(url) ?? new Map<string, number>();
    const before = sum.size;
    for (const [name, count] of counters) if (!capCounters.has(name)) sum.set(name, (sum.get(name) ?? 0) + count);
    if (sum.size > 0) sums.set(url, sum);
    held += sum.size - before;
  }

  function takeAway(url: string): [string, number][] {
    const sum = [...(sums.get(url) ?? [])];
    sums.delete(url);
    held -= sum.length;
    return sum;
  }

  /** The pages, those with the most views first. */
  function ranked(): string[] {
    const views = (url: string) => sums.get(url)?.get('views') ?? 0;
    const pages = [...sums.keys()].filter((url) => url !== notCounted && url !== other);
    return pages.sort((a, b) => views(b) - views(a) || (a < b ? -1 : 1));
  }

  function makeRoom(): void {
    const pages = ranked();
    while (held > mostHeld / 2 && pages.length > 0) addTo(other, takeAway(pages.pop() ?? ''));
    addTo(other, Object.entries(narrowed(takeAway(other), caps)));
  }

  return {
    add(rows) {
      for (const { url, counters } of rows) {
        addTo(url, Object.entries(counters));
        if (held > mostHeld) makeRoom();
      }
    },
    rows() {
      for (const url of ranked().slice(caps.maxPagesPerDay)) addTo(other, takeAway(url));
      return [...sums].map(([url, sum]) => ({ partition: month, url, counters: narrowed([...sum], caps) }));
    },
  };
}

/** The counters as a month's item takes them. */
function narrowed(counters: [string, number][], { maxPagesPerDay, maxNamesPerPage }: Caps): Counters {
  const mostFirst = counters.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const caps = { maxPagesPerDay, maxNamesPerPage: daysOfNames * maxNamesPerPage };
  return applyCaps(Object.fromEntries(mostFirst), [], caps, daysOfNames * maxBytesOfNames).counters;
}
