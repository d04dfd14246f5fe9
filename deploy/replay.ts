import { createInterface } from 'node:readline';
import { readLimits, readTableNames } from '../config/function-settings.ts';
import { settings } from '../config/settings.ts';
import { type Increment, type Sum, sumByItem, toIncrement } from '../core/counters/increment.ts';
import { cappedCounters } from '../store/capped-counters.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';

/** What a line of the log says was not counted, with whatever a log puts before it; undefined for any other line. */
export function uncountedIn(line: string): Increment | undefined {
  try {
    const { failed, ...rest } = JSON.parse(line.slice(line.indexOf('{')));
    return failed === 'counting' ? toIncrement(rest) : undefined;
  } catch {
    return undefined;
  }
}

/** Adds what lines of the log say was not counted; returns what was added, and what could not be, with why. */
export async function replay(lines: AsyncIterable<string>, count: (sum: Increment) => Promise<void>) {
  const found: Increment[] = [];
  for await (const line of lines) {
    const increment = uncountedIn(line);
    if (increment) found.push(increment);
  }
  const added: Increment[] = [];
  const left: { sum: Sum<Increment>; error: unknown }[] = [];
  for (const sum of sumByItem(found)) {
    try {
      await count(sum);
      added.push(...sum.parts);
    } catch (error) {
      left.push({ sum, error });
    }
  }
  return { added, left };
}

/** Reads the log from standard input, and writes what could not be added to standard output, to be replayed again. */
async function main(): Promise<void> {
  process.env.AWS_REGION ||= settings.AWS_REGION.default;
  const { statisticsTable } = readTableNames(process.env);
  const { count } = cappedCounters(statisticsStore(dynamoClient(), statisticsTable), readLimits(process.env));
  const { added, left } = await replay(createInterface({ input: process.stdin }), count);
  const remaining = left.flatMap(({ sum }) => sum.parts);
  for (const { day, url, add } of remaining) console.log(JSON.stringify({ failed: 'counting', day, url, add }));
  if (added.length + remaining.length === 0)
    console.error('Nothing to add: no line tells of a hit that was not counted.');
  else console.error(`Hits added: ${added.length}. Replay a line once only: it would count again.`);
  if (remaining.length === 0) return;
  console.error(`Hits left, and printed: ${remaining.length}. ${left[0]?.error}`);
  process.exitCode = 1;
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
