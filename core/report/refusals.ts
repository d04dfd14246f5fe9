import { addTo } from '../counters/counter-sums.ts';
import { botPrefix, unknown } from '../counters/names.ts';

const bot = 'bot';

/** Returns refused hits by reason. All families of bots are one reason. */
export function hitsByReason(counters: Map<string, number>): Map<string, number> {
  const hits = new Map<string, number>();
  for (const [counter, count] of counters) addTo(hits, counter.startsWith(botPrefix) ? bot : counter, count);
  return hits;
}

/** Returns the refused hits of bots by family. Those of before there were families are `(unknown)`. */
export function hitsByBotFamily(counters: Map<string, number>): Map<string, number> {
  const hits = new Map<string, number>();
  for (const [counter, count] of counters) {
    if (counter === bot) addTo(hits, unknown, count);
    else if (counter.startsWith(botPrefix)) addTo(hits, counter.slice(botPrefix.length), count);
  }
  return hits;
}
