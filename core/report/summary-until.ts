import type { TimeOfDay } from '../calendar/day.ts';
import { countsByPage, type Summary } from '../counters/summary.ts';

const minutesPerDay = 1440;
const hourCounters = Array.from({ length: 24 }, (_, hour) => `hour_${String(hour).padStart(2, '0')}`);

/**
 * Returns a day's summary as it would be at a time of that day, in fractions. Views are known by hour, and the hour of
 * `time` counts in part. All else is taken to come when the views of its page do. Without names by page, those of the site.
 */
export function summaryUntil(summary: Summary, time: TimeOfDay): Summary {
  const { pages, numbers, names, totals, refusals } = summary;
  const parts = new Map(hourCounters.map((counter) => [counter, partOfHour(counter, time)]));
  const clock = (60 * Number(time.hour) + Number(time.minute)) / minutesPerDay;
  const ofSite = shareOf((counter) => totals.get(counter), parts) ?? clock;
  const ofPages = sharesByPage(summary, parts)?.map((share) => share ?? ofSite);
  const sums = new Map<string, number>();

  function scalerOf(counter: string) {
    const part = parts.get(counter);
    return (count: number, page: number) => count * (part ?? ofPages?.[page] ?? ofSite);
  }
  function scaledNumbers(counter: string, counts: number[]): number[] {
    const scaled = counts.map(scalerOf(counter));
    sums.set(counter, sum(scaled));
    return scaled;
  }
  function scaledNames(counter: string, counts: number[]): number[] {
    const scale = scalerOf(counter);
    const scaled = counts.map((each, i) => (i % 2 === 0 ? each : scale(each, counts[i - 1] ?? 0)));
    sums.set(counter, sum(scaled.filter((_, i) => i % 2 === 1)));
    return scaled;
  }
  const each = <Value>(map: Map<string, Value>, change: (name: string, value: Value) => Value) =>
    new Map([...map].map(([name, value]) => [name, change(name, value)]));
  return {
    pages,
    numbers: each(numbers, scaledNumbers),
    names: each(names, scaledNames),
    totals: each(totals, (name, count) => (ofPages && sums.get(name)) ?? count * (parts.get(name) ?? ofSite)),
    refusals: each(refusals, (_, hits) => hits * ofSite),
  };
}

/** Returns the share of each page's views, undefined for a page without hours. Returns undefined if no page has any. */
function sharesByPage(summary: Summary, parts: Map<string, number>): (number | undefined)[] | undefined {
  const known = hourCounters.filter((counter) => summary.names.has(counter));
  if (known.length === 0) return undefined;
  const counts = new Map(known.map((counter) => [counter, countsByPage(summary, counter)]));
  return summary.pages.map((_, page) => shareOf((counter) => counts.get(counter)?.[page], parts));
}

/** Returns the share of views in the parts of hours. Returns undefined without hours. */
function shareOf(countOf: (counter: string) => number | undefined, parts: Map<string, number>): number | undefined {
  let [past, all] = [0, 0];
  for (const [counter, part] of parts) {
    const count = countOf(counter) ?? 0;
    all += count;
    past += count * part;
  }
  return all > 0 ? past / all : undefined;
}

/** Returns how much of an hour is over, from 0 to 1. */
function partOfHour(counter: string, { hour, minute }: TimeOfDay): number {
  const counted = counter.slice(-2);
  if (counted === hour) return Number(minute) / 60;
  return counted < hour ? 1 : 0;
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);
