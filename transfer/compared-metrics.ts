/** The numbers that a receipt compares. */
export const comparedMetrics = ['views', 'visitors', 'visits', 'events'] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];
export type ComparedNumbers = Record<ComparedMetric, number>;

export const noNumbers = (): ComparedNumbers => ({ views: 0, visitors: 0, visits: 0, events: 0 });

/** Returns the compared numbers of counters that are added up over a site. */
export function comparedNumbers(counters: Iterable<readonly [string, number]>): ComparedNumbers {
  const numbers = noNumbers();
  for (const [counter, count] of counters) addCounter(numbers, counter, count);
  return numbers;
}

/** Adds a counter of a page or of a site to the number that it is a part of, if any. */
export function addCounter(numbers: ComparedNumbers, counter: string, count: number): void {
  if (counter === 'views' || counter === 'visits') numbers[counter] += count;
  // Visitors of the site. Those of its pages count one person on each.
  else if (counter === 'site_visitors') numbers.visitors += count;
  else if (counter.startsWith('event_')) numbers.events += count;
}
