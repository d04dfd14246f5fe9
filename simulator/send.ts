import { setTimeout as sleep } from 'node:timers/promises';
import type { DatedHit } from './clickstream.ts';
import { type Answer, enter, hourAt, type Ledger, type Memories } from './ledger.ts';
import type { SimulatedHit } from './simulated-visit.ts';

/** Sends a hit to a /track as of the instant `at` (ms), and returns its answer. Does not throw. */
export type Transport = (hit: SimulatedHit, at: number) => Promise<Answer>;

interface Sending {
  transport: Transport;
  ledger: Ledger;
  /** How many hits may be in flight at once. */
  concurrency: number;
  /** Ends the run early. Hits in flight are still entered. */
  signal: AbortSignal;
}

/** Sends the history of many visitors, sorted by time. Sends the hits of each visitor one after the other. */
export async function sendHistory(visitors: Iterable<DatedHit[]>, sending: Sending): Promise<void> {
  const { ledger, concurrency, signal } = sending;
  const hits = [...visitors].flat().sort((a, b) => a.at - b.at);
  const memories: Memories = new Map();
  const inTurn = turns();
  let next = 0;
  const worker = async () => {
    for (let dated = hits[next++]; dated && !signal.aborted; dated = hits[next++]) {
      const { hit, at } = dated;
      await inTurn(hit.visitor, async () => {
        const { answer, latency } = await send(hit, at, sending);
        enter(ledger, memories, hit, { from: at, to: at }, answer, latency);
      });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/**
 * Sends `rate` hits a second, until the signal aborts or `most` hits are sent. If the target is slower, it falls behind. It
 * catches up at most one second, to avoid a burst.
 */
export async function sendLive(
  hits: Iterator<SimulatedHit>,
  rate: number,
  most: number,
  sending: Sending,
): Promise<void> {
  const { signal, concurrency, ledger } = sending;
  const memories: Memories = new Map();
  const inTurn = turns();
  const inFlight = new Set<Promise<void>>();
  let due = performance.now();
  for (let i = 0; i < most && !signal.aborted; i++) {
    await until(due, signal);
    while (inFlight.size >= concurrency) await Promise.race(inFlight);
    await awayFromFullHour(ledger.timeZone, signal);
    if (signal.aborted) break;
    const hit = hits.next().value;
    const sent = inTurn(hit.visitor, async () => {
      const from = Date.now();
      const { answer, latency } = await send(hit, from, sending);
      enter(ledger, memories, hit, { from, to: Date.now() }, answer, latency);
    }).finally(() => inFlight.delete(sent));
    inFlight.add(sent);
    due = Math.max(due + 1000 / rate, performance.now() - 1000);
  }
  await Promise.all(inFlight);
}

/** Returns a function that runs the tasks of each visitor one after the other. */
function turns() {
  const last = new Map<string, Promise<void>>();
  return (visitor: string, task: () => Promise<void>): Promise<void> => {
    const turn = (last.get(visitor) ?? Promise.resolve()).then(task).finally(() => {
      if (last.get(visitor) === turn) last.delete(visitor);
    });
    last.set(visitor, turn);
    return turn;
  };
}

async function send(hit: SimulatedHit, at: number, { transport }: Sending) {
  const start = performance.now();
  const answer = await transport(hit, at);
  return { answer, latency: performance.now() - start };
}

async function until(moment: number, signal: AbortSignal): Promise<void> {
  const wait = moment - performance.now();
  // An aborted wait rejects. The caller then checks the signal.
  if (wait > 1) await sleep(wait, undefined, { signal }).catch(() => {});
}

/** Waits for some seconds about a full hour, because the hour and day of such a hit would be uncertain. */
async function awayFromFullHour(timeZone: string, signal: AbortSignal): Promise<void> {
  while (isNearFullHour(Date.now(), timeZone) && !signal.aborted) await until(performance.now() + 200, signal);
}

/** Returns whether an instant (ms) is within three seconds of a full hour in a time zone. */
export function isNearFullHour(at: number, timeZone: string): boolean {
  return hourAt(at - 3_000, timeZone) !== hourAt(at + 3_000, timeZone);
}
