import { type Day, isDay } from '../calendar/day.ts';
import { type Counters, isCounter } from './names.ts';

/** What is added to the counters of one (day, url) item. */
export interface Increment {
  day: Day;
  url: string;
  add: Counters;
}

/** Increments of one item in one. */
export interface Sum<Part extends Increment> extends Increment {
  parts: Part[];
}

/** An expression of DynamoDB holds 4 KB and 300 operators: a sum of so many counters stays below both, with its conditions. */
const mostCounters = 100;

/**
 * Adds increments up by item, in as few sums as there are items; only an item with more different counters than one
 * write can hold takes several. An increment is in one sum whole.
 */
export function sumByItem<Part extends Increment>(parts: Part[]): Sum<Part>[] {
  const open = new Map<string, Sum<Part>>();
  const full: Sum<Part>[] = [];
  for (const part of parts) {
    const place = `${part.day} ${part.url}`;
    const sum = open.get(place);
    if (sum && fits(part.add, sum.add)) {
      sum.parts.push(part);
      for (const [name, count] of Object.entries(part.add)) sum.add[name] = (sum.add[name] ?? 0) + count;
    } else {
      if (sum) full.push(sum);
      open.set(place, { day: part.day, url: part.url, add: { ...part.add }, parts: [part] });
    }
  }
  return [...full, ...open.values()];
}

function fits(more: Counters, add: Counters): boolean {
  const unknown = Object.keys(more).filter((name) => !Object.hasOwn(add, name));
  return Object.keys(add).length + unknown.length <= mostCounters;
}

/** An increment as `JSON.stringify` wrote it; undefined for anything else. */
export function parseIncrement(text: string): Increment | undefined {
  try {
    return toIncrement(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The increment that a value is; undefined where it is none. Whatever else the value has is left out. */
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
