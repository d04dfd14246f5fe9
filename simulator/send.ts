import { setTimeout as sleep } from 'node:timers/promises';
import type { DatedHit } from './clickstream.ts';
import { type Answer, dateAt, enter, type Ledger } from './ledger.ts';
import type { SimulatedHit } from './visit.ts';

/** Brings a hit to a /track, as of the instant `at` (ms), and returns its answer. Does not throw. */
export type Transport = (hit: SimulatedHit, at: number) => Promise<Answer>;

interface Sending {
  transport: Transport;
  ledger: Ledger;
  /** How many hits may be under way at once. */
  concurrency: number;
  /** Ends the run early; hits under way are still entered. */
  signal: AbortSignal;
}

/** Sends the history of many visitors: each visitor's hits one after the other, different visitors' at once. */
export async function sendHistory(visitors: Iterable<DatedHit[]>, sending: Sending): Promise<void> {
  const remaining = visitors[Symbol.iterator]();
  const worker = async () => {
    for (let next = remaining.next(); !next.done; next = remaining.next()) {
      for (const { hit, at } of next.value) {
        if (sending.signal.aborted) return;
        await send(hit, at, sending);
      }
    }
  };
  await Promise.all(Array.from({ length: sending.concurrency }, worker));
}

/**
 * Sends hits as they happen, `rate` a second, until the signal ends it or `most` are sent. Where the target is slower
 * than that, it falls behind rather than catch up in a burst of more than a second.
 */
export async function sendLive(
  hits: Iterator<SimulatedHit>,
  rate: number,
  most: number,
  sending: Sending,
): Promise<void> {
  const { signal, concurrency, ledger } = sending;
  const underWay = new Set<Promise<void>>();
  let due = performance.now();
  for (let i = 0; i < most && !signal.aborted; i++) {
    await until(due, signal);
    while (underWay.size >= concurrency) await Promise.race(underWay);
    await awayFromMidnight(ledger.timeZone, signal);
    if (signal.aborted) break;
    const sent = send(hits.next().value, Date.now(), sending).finally(() => underWay.delete(sent));
    underWay.add(sent);
    due = Math.max(due + 1000 / rate, performance.now() - 1000);
  }
  await Promise.all(underWay);
}

async function send(hit: SimulatedHit, at: number, { transport, ledger }: Sending): Promise<void> {
  const start = performance.now();
  const answer = await transport(hit, at);
  enter(ledger, hit, at, answer, performance.now() - start);
}

async function until(moment: number, signal: AbortSignal): Promise<void> {
  const wait = moment - performance.now();
  // Cut short, the wait rejects: then the caller sees the signal.
  if (wait > 1) await sleep(wait, undefined, { signal }).catch(() => {});
}

/** Sends nothing for some seconds about midnight: on which day would the app count it? */
async function awayFromMidnight(timeZone: string, signal: AbortSignal): Promise<void> {
  while (isNearMidnight(Date.now(), timeZone) && !signal.aborted) await until(performance.now() + 200, signal);
}

/** Whether an instant (ms) is within three seconds of a midnight in a time zone. */
export function isNearMidnight(at: number, timeZone: string): boolean {
  return dateAt(at - 3_000, timeZone) !== dateAt(at + 3_000, timeZone);
}
