import { setTimeout as sleep } from 'node:timers/promises';
import type { DatedHit } from './clickstream.ts';
import { type Answer, enter, hourAt, type Ledger, type Memories } from './ledger.ts';
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

/** Sends the history of many visitors in the order of time, each visitor's hits one after the other. */
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
  const memories: Memories = new Map();
  const inTurn = turns();
  const underWay = new Set<Promise<void>>();
  let due = performance.now();
  for (let i = 0; i < most && !signal.aborted; i++) {
    await until(due, signal);
    while (underWay.size >= concurrency) await Promise.race(underWay);
    await awayFromFullHour(ledger.timeZone, signal);
    if (signal.aborted) break;
    const hit = hits.next().value;
    const sent = inTurn(hit.visitor, async () => {
      const from = Date.now();
      const { answer, latency } = await send(hit, from, sending);
      enter(ledger, memories, hit, { from, to: Date.now() }, answer, latency);
    }).finally(() => underWay.delete(sent));
    underWay.add(sent);
    due = Math.max(due + 1000 / rate, performance.now() - 1000);
  }
  await Promise.all(underWay);
}

/** Lets everybody's tasks run one after the other. */
function turns() {
  const last = new Map<string, Promise<void>>();
  return (who: string, task: () => Promise<void>): Promise<void> => {
    const mine = (last.get(who) ?? Promise.resolve()).then(task).finally(() => {
      if (last.get(who) === mine) last.delete(who);
    });
    last.set(who, mine);
    return mine;
  };
}

async function send(hit: SimulatedHit, at: number, { transport }: Sending) {
  const start = performance.now();
  const answer = await transport(hit, at);
  return { answer, latency: performance.now() - start };
}

async function until(moment: number, signal: AbortSignal): Promise<void> {
  const wait = moment - performance.now();
  // Cut short, the wait rejects: then the caller sees the signal.
  if (wait > 1) await sleep(wait, undefined, { signal }).catch(() => {});
}

/** Sends nothing for some seconds about a full hour: in which hour, and on which day, would the app count it? */
async function awayFromFullHour(timeZone: string, signal: AbortSignal): Promise<void> {
  while (isNearFullHour(Date.now(), timeZone) && !signal.aborted) await until(performance.now() + 200, signal);
}

/** Whether an instant (ms) is within three seconds of a full hour in a time zone. */
export function isNearFullHour(at: number, timeZone: string): boolean {
  return hourAt(at - 3_000, timeZone) !== hourAt(at + 3_000, timeZone);
}
