import { addTo } from '../../core/counters/counter-sums.ts';
import { isCounter, notCountedOf } from '../../core/counters/names.ts';
import { isNumberCounter, type Summary } from '../../core/counters/summary.ts';
import type { Part } from './export-parts.ts';

/** A count of a page on a date. */
export type CountRow = [url: string, counter: string, count: number];

/** What the totals of a site have beyond its pages. Only a flood parts them. No page's URL begins with a bracket. */
export const allPages = '(all pages)';

/**
 * Yields all counts of a summary: page by page, then what the totals have beyond the pages, then refused hits. `slice`
 * chooses a part of the pages. The first has what belongs to no page.
 */
export function* countRows(summary: Summary, { number, of }: Part = { number: 1, of: 1 }): Generator<CountRow> {
  const { pages, numbers, names, totals, refusals } = summary;
  const rows = pages.map((): (string | number)[] => []);
  const beyond = new Map(totals);
  const add = (page: number, counter: string, count: number) => {
    if (count === 0) return;
    rows[page]?.push(counter, count);
    addTo(beyond, counter, -count);
  };
  for (const counter of [...numbers.keys(), ...names.keys()].sort()) {
    for (const [page, count] of numbers.get(counter)?.entries() ?? []) add(page, counter, count);
    const pairs = names.get(counter) ?? [];
    for (let i = 0; i < pairs.length; i += 2) add(pairs[i] ?? 0, counter, pairs[i + 1] ?? 0);
  }
  for (const [page, url] of pages.entries()) {
    const counts = rows[page] ?? [];
    if (page % of === number - 1)
      for (let i = 0; i < counts.length; i += 2) yield [url, String(counts[i]), Number(counts[i + 1])];
  }
  if (number > 1) return;
  for (const [counter, count] of sorted(beyond)) if (count !== 0) yield [allPages, counter, count];
  for (const [reason, hits] of sorted(refusals)) yield [notCountedOf(), reason, hits];
}

/** Adds up rows of one site and date into a summary, in any order. */
export function summaryOfRows() {
  const pages = new Map<string, Map<string, number>>();
  const totals = new Map<string, number>();
  const refusals = new Map<string, number>();

  return {
    add([url, counter, count]: CountRow): void {
      if (url === notCountedOf()) return void addTo(refusals, counter, count);
      addTo(totals, counter, count);
      if (url === allPages) return;
      const counts = pages.get(url) ?? new Map<string, number>();
      addTo(counts, counter, count);
      pages.set(url, counts);
    },

    summary(): Summary {
      const numbers = new Map<string, number[]>();
      const names = new Map<string, number[]>();
      for (const [page, counts] of [...pages.values()].entries())
        for (const [counter, count] of counts) {
          const column = isNumberCounter(counter) ? numbers : names;
          const values = column.get(counter) ?? [];
          if (column === numbers) values[page] = count;
          else values.push(page, count);
          column.set(counter, values);
        }
      for (const [counter, counts] of numbers) numbers.set(counter, filled(counts, pages.size));
      for (const [counter, count] of totals) if (count === 0) totals.delete(counter);
      return { pages: [...pages.keys()], numbers, names, totals, refusals };
    },
  };
}

/** Returns counts by page, with 0 for the pages that lack one. */
const filled = (counts: number[], length: number) => Array.from({ length }, (_, page) => counts[page] ?? 0);

const sorted = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

const numberDigits = /^(0|-?[1-9]\d{0,15})$/;

/**
 * Returns the row of cells, or what is wrong with them. Only what the totals have beyond the pages can be negative.
 */
export function parseCountRow(url: string, counter: string, count: string): CountRow | string {
  const number = numberDigits.test(count) ? Number(count) : Number.NaN;
  if (!Number.isSafeInteger(number) || (number < 0 && url !== allPages)) return `"${count}" is not a count.`;
  if (!isCounter(counter)) return `"${counter}" is not a counter.`;
  return [url, counter, number];
}
