import { applyCaps, type Caps } from '../../core/counters/caps.ts';
import { addTo } from '../../core/counters/counter-sums.ts';
import { importedPage } from '../../core/counters/imported-page.ts';
import { type Counters, isNotCounted, isUnbounded, other } from '../../core/counters/names.ts';

/** Numbers of a whole site have as many names as a summary. */
const capsOfSite = 2_000;

/**
 * Adds up the counters of a day under the caps of live hits. When the day is full, a page of the day before still has a
 * place.
 */
export function cappedDay(caps: Caps, pagesBefore: ReadonlySet<string>) {
  const rows = new Map<string, Map<string, number>>();
  const places = { new: 0, kept: 0 };

  function rowOf(page: string): [string, Map<string, number>] {
    const url = rows.has(page) || isNotCounted(page) || page === importedPage || takesPlace(page) ? page : other;
    const row = rows.get(url) ?? new Map<string, number>();
    rows.set(url, row);
    return [url, row];
  }

  function takesPlace(page: string): boolean {
    const place = places.new < caps.maxPagesPerDay ? 'new' : pagesBefore.has(page) ? 'kept' : undefined;
    if (place === undefined || places[place] >= caps.maxPagesPerDay) return false;
    places[place]++;
    return true;
  }

  function withCaps(url: string, row: Map<string, number>, counters: Counters): Counters {
    const hasNew = Object.keys(counters).some((name) => !row.has(name) && isUnbounded(name));
    if (!hasNew || isNotCounted(url)) return counters;
    const limits = url === importedPage ? { ...caps, maxNamesPerDimension: capsOfSite } : caps;
    return applyCaps(counters, [...row.keys()], limits).counters;
  }

  return {
    /** Adds counters of a page. */
    add(page: string, counters: Counters): void {
      const [url, row] = rowOf(page);
      for (const [name, count] of Object.entries(withCaps(url, row, counters))) addTo(row, name, count);
    },
    rows: () => rows,
  };
}
