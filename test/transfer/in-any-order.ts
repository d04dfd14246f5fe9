import fc from 'fast-check';

/** Runs a check several times. `random` returns other numbers from 0 to 1 each time. */
export const inAnyOrder = (check: (random: () => number) => Promise<void>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) =>
      check(() => stream.next().value),
    ),
    { numRuns: 20 },
  );

/** Returns a CSV with its columns and its lines in another order. `random` returns numbers from 0 to 1. */
export function shuffledCsv(csv: string, random: () => number): string {
  const [header = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const columns = shuffled(
    header.map((_, i) => i),
    random,
  );
  return [header, ...shuffled(rows, random)].map((row) => columns.map((i) => row[i]).join(',')).join('\n');
}

/** Returns a list in another order. */
export const shuffled = <Item>(items: Item[], random: () => number): Item[] =>
  items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
