import { type Day, isDay } from '../calendar/day.ts';
import { type Counters, isCounter } from './names.ts';

/** An addition to the counters of one (day, url) item. */
export interface Increment {
  day: Day;
  url: string;
  add: Counters;
}

/** Several increments of one item as one. */
export interface Sum<Part extends Increment> extends Increment {
  parts: Part[];
}

// An expression of DynamoDB holds 4 KB and 300 operators. With the conditions of a write, 100 counters stay below both.
const maxCounters = 100;

/** Adds up increments by item. An item has several sums if one write cannot hold them. No increment is split. */
export function sumByItem<Part extends Increment>(parts: Part[]): Sum<Part>[] {
  const open = new Map<string, Sum<Part>>();
  const full: Sum<Part>[] = [];
  for (const part of parts) {
    const key = `${part.day} ${part.url}`;
    const sum = open.get(key);
    if (sum && fits(part.add, sum.add)) {
      sum.parts.push(part);
      for (const [name, count] of Object.entries(part.add)) sum.add[name] = (sum.add[name] ?? 0) + count;
    } else {
      if (sum) full.push(sum);
      open.set(key, { day: part.day, url: part.url, add: { ...part.add }, parts: [part] });
    }
  }
  return [...full, ...open.values()];
}

function fits(more: Counters, add: Counters): boolean {
  const unknown = Object.keys(more).filter((name) => !Object.hasOwn(add, name));
  return Object.keys(add).length + unknown.length <= maxCounters;
}

/** Returns the increment that a JSON text holds, or undefined if it holds none. */
export function parseIncrement(text: string): Increment | undefined {
  try {
    return toIncrement(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns the increment that an untrusted value holds, without other fields, or undefined if it holds none. */
export function toIncrement(value: unknown): Increment | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { day, url, add } = value as Record<string, unknown>;
  if (typeof day !== 'string' || !isDay(day) || typeof url !== 'string' || url === '') return undefined;
  if (typeof add !== 'object' || add === null) return undefined;
  const counts = Object.entries(add);
  if (counts.length === 0 || !counts.every(([name, count]) => isCounter(name) && Number.isSafeInteger(count)))
    return undefined;
  return { day, url, add: Object.fromEntries(counts) };
}
