import { devices } from '../collect/devices.ts';
import { maxUrlBytes } from '../collect/page-url.ts';
import type { Increment } from '../counters/increment.ts';
import { type Counters, unknown } from '../counters/names.ts';

/** What the live view shows of a counted hit. All of it is read from the counters that the hit adds to. */
export interface LiveHit {
  /** The minute, in milliseconds since 1970. */
  time: number;
  /** Its bare host. */
  site: string;
  url: string;
  /** The name of an event. A hit without one is a view. */
  event?: string;
  /** The source, or else the referrer, of a view that begins a visit. `(direct)` if there is neither. */
  from?: string;
  /** ISO 3166-1 or `(unknown)`, of a view that begins a visit. */
  country?: string;
  /** Of a view that begins a visit. */
  device?: (typeof devices)[number];
  /** How many minutes of the clock lie between this minute and that of the same visitor's view before, in the same visit. */
  gap?: number;
  /** Set on a view that begins a known visitor's visit. A view with neither `gap` nor `begins` belongs to no reader. */
  begins?: true;
}

/** Some hits, oldest first. It is an item of the ring, and a message to a browser. */
export interface LiveBatch {
  hits: LiveHit[];
  /** How many more hits there were, by site. */
  more: Record<string, number>;
}

/** A batch of more would grow with a flood. With the longest URLs, so many take half of the 128 KB of a message. */
export const maxBatch = 50;

export const msPerMinute = 60_000;

/** Returns the minute of a time (ms), counted since 1970. The live view tells no seconds apart. */
export const minuteOf = (time: number): number => Math.floor(time / msPerMinute);

/**
 * Returns what to show of a hit at `time` (ms). `isLinked` says that the counters know the visitor's views before. If
 * not, it is a view and nothing more.
 */
export function liveHitOf(time: number, site: string, { url, add }: Increment, isLinked: boolean): LiveHit {
  const hit: LiveHit = { time: msPerMinute * minuteOf(time), site, url };
  const event = nameOf(add, 'event');
  if (event !== undefined) return { ...hit, event };
  if (!isLinked) return hit;
  if (!add.visits) return { ...hit, gap: minuteOf(time) - minuteOf(time - 1000 * (add.seconds ?? 0)) };
  const from = nameOf(add, 'source') ?? nameOf(add, 'referrer');
  const names = { from, country: nameOf(add, 'country'), device: nameOf(add, 'device') };
  return {
    ...hit,
    begins: true,
    ...Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined)),
  };
}

function nameOf(add: Counters, dimension: string): string | undefined {
  const prefix = `${dimension}_`;
  return Object.keys(add)
    .find((counter) => counter.startsWith(prefix))
    ?.slice(prefix.length);
}

/** Returns the part of a batch that belongs to a site, a bare host, or the whole for an empty text. */
export function batchOfSite({ hits, more }: LiveBatch, site: string): LiveBatch {
  if (site === '') return { hits, more };
  return { hits: hits.filter((hit) => hit.site === site), more: site in more ? { [site]: more[site] ?? 0 } : {} };
}

/** Returns a batch as text, for `parseLiveBatch`. */
export const packLiveBatch = ({ hits, more }: LiveBatch): string => JSON.stringify({ hits, more });

/** Returns the batch that a text holds, or undefined if any part of it is not as this module writes it. */
export function parseLiveBatch(text: string): LiveBatch | undefined {
  try {
    const { hits, more, ...rest } = JSON.parse(text);
    const isBatch = Array.isArray(hits) && hits.length <= maxBatch && hits.every(isLiveHit);
    return isBatch && isMore(more) && Object.keys(rest).length === 0 ? { hits, more } : undefined;
  } catch {
    return undefined;
  }
}

const isName = (value: unknown) => typeof value === 'string' && value !== '' && value.length <= 64;
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isHost = (value: unknown) => typeof value === 'string' && /^[\w.-]{1,253}(:\d+)?$/.test(value);

const fields: Record<keyof LiveHit, (value: unknown) => boolean> = {
  time: isCount,
  site: isHost,
  url: (value) => typeof value === 'string' && value.length <= maxUrlBytes && /^https?:\/\//.test(value),
  event: isName,
  from: isName,
  country: (value) => value === unknown || (typeof value === 'string' && /^[A-Z]{2}$/.test(value)),
  device: (value) => devices.some((device) => device === value),
  gap: isCount,
  begins: (value) => value === true,
};

function isLiveHit(value: unknown): value is LiveHit {
  if (typeof value !== 'object' || value === null) return false;
  const isKnown = ([name, field]: [string, unknown]) =>
    Object.hasOwn(fields, name) && fields[name as keyof LiveHit](field);
  return ['time', 'site', 'url'].every((name) => name in value) && Object.entries(value).every(isKnown);
}

const isMore = (value: unknown): value is LiveBatch['more'] =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([site, count]) => isHost(site) && isCount(count));
